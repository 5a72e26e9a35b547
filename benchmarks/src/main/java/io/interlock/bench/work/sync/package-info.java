/**
 * Processes that meet: they fight for a lock, or wait for each other. A {@link io.interlock.bench.work.sync.Wire} is
 * whatever leads a number, or only a wake-up, from one process to another one and back; all wires are measured by the
 * same parts. Last come two whole programs. Start at {@link io.interlock.bench.work.sync.SyncRows}.
 */
package io.interlock.bench.work.sync;
