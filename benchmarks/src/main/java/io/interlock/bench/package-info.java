/**
 * Interlock and its peers, measured side by side. Start at {@link io.interlock.bench.measure}, which tells what that
 * means; {@link io.interlock.bench.work} has the rows of the table, {@link io.interlock.bench.peer} the ways to run
 * peers, {@link io.interlock.bench.report} what is told of it.
 */
package io.interlock.bench;
