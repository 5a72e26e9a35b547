/**
 * Random kills under load: worker processes use one segment, are killed at random times and replaced, and are judged by
 * the {@linkplain io.interlock.stress.history histories} that they leave.
 *
 * <dl>
 * <dt>workload</dt><dd>what the workers of a round do with their segment, and how it is judged</dd>
 * <dt>seat</dt><dd>the place of one worker in a round; when its process is killed another one takes it</dd>
 * <dt>turn</dt><dd>one step of a worker; it got on, or it ran out of time</dd>
 * <dt>spare</dt><dd>a started process that waits for a seat</dd>
 * <dt>recovery time</dt><dd>from a kill until each survivor has ended a turn that began after it and got on</dd>
 * </dl>
 *
 * <p>A new type joins with a {@link io.interlock.stress.load.Workload} in {@link io.interlock.stress.load.Workloads}.
 * Start with {@link io.interlock.stress.load.Load}.
 */
package io.interlock.stress.load;
