/**
 * What it is to measure side by side. A {@linkplain io.interlock.bench.measure.Row row} is one work with the
 * {@linkplain io.interlock.bench.measure.Peer peers} who do it; each of them is made ready once, as an
 * {@linkplain io.interlock.bench.measure.Entrant entrant}, and then does the work in turns with the others
 * ({@link io.interlock.bench.measure.Contest}). What comes of it is a {@linkplain io.interlock.bench.measure.Result
 * result}: figures, one for each round, and their medians and ratios, which {@linkplain io.interlock.bench.measure.Goal
 * goals} are about. The peers of a row may also be points of lines, which show how the cost
 * {@linkplain io.interlock.bench.measure.Growth grows} with something.
 */
package io.interlock.bench.measure;
