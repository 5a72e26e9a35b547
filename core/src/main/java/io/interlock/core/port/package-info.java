/**
 * The five small types under every algorithm: {@link io.interlock.core.port.Mem} (the shared words),
 * {@link io.interlock.core.port.Futex} (sleeping), {@link io.interlock.core.port.Liveness} (is that participant dead?),
 * {@link io.interlock.core.port.Clock} and {@link io.interlock.core.port.Self} (what is bound to the calling thread).
 * {@link io.interlock.core.port.Context} holds them together for one handle of one segment.
 *
 * <p>No algorithm knows anything else of the machine. That is what lets the shipped classes run on a simulated one,
 * where every access to shared memory is a step at which a test may switch to another process, or kill it.
 *
 * <p>Start with {@code Mem}, then read {@code io.interlock.core.robust.RobustLock}.
 */
package io.interlock.core.port;
