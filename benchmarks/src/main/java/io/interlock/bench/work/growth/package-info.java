/**
 * How cost grows with the number of processes, of waiters and of named objects, and with the size of a segment. Each
 * row has {@linkplain io.interlock.bench.measure.Growth lines}; a point of a line is a peer of its own. Start at
 * {@link io.interlock.bench.work.growth.GrowthRows}.
 */
package io.interlock.bench.work.growth;
