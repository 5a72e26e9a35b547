/**
 * The shipped classes on a simulated machine: virtual processes that can be switched and killed at every access to
 * shared memory, so that every order of steps can be tried, and tried again.
 *
 * <h2>Reading order</h2>
 * {@link io.interlock.stress.sim.Machine} is the machine and says how it works; {@code SimMem}, {@code SimFutex},
 * {@code SimLockBytes} and {@code SimSelf} are the library's ports on it. {@code Exploration} runs schedules that
 * {@code DepthFirst} or {@code RandomWalk} choose. A {@code Scenario} is a few processes and what must hold;
 * {@code Catalogue} lists them, and a new type joins with a scenario and a line there. {@code PlantedBugs} are weakened
 * copies that must be found.
 *
 * <h2>Words</h2>
 * <dl>
 * <dt>step</dt><dd>one access to shared memory, or one system call: happens at once</dd>
 * <dt>schedule</dt><dd>one run of a scenario, told by the decisions of its scheduler</dd>
 * <dt>turn</dt><dd>steps of one process in a row</dd>
 * <dt>preemption</dt><dd>the end of a turn of a process that could have gone on</dd>
 * <dt>ghost</dt><dd>a number that only the judge knows</dd>
 * </dl>
 */
package io.interlock.stress.sim;
