/**
 * What is told of a run. On standard output: a {@linkplain io.interlock.bench.report.Table table} for each row, and a
 * {@linkplain io.interlock.bench.report.Summary line} for the whole. In a directory, by
 * {@link io.interlock.bench.report.Report}: a {@linkplain io.interlock.bench.report.Page page} with
 * {@linkplain io.interlock.bench.report.Charts charts}, which begins with the
 * {@linkplain io.interlock.bench.report.Machine machine}, and {@linkplain io.interlock.bench.report.Csv all figures}
 * for programs. {@linkplain io.interlock.bench.report.Why Why} a row came out as it did can be written by hand.
 */
package io.interlock.bench.report;
