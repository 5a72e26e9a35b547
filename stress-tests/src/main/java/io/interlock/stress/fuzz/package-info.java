/**
 * Fuzzing of segment files: a good one is made, copies of it are damaged at random, and one process opens and uses each
 * copy. It must find a clear exception or correct work; never a crash of the JVM, a hang, an exception that nobody
 * documented, or an allocation beyond the file's own size.
 *
 * <dl>
 * <dt>specimen</dt><dd>the good segment: every type of object, some in states that the dead left behind</dd>
 * <dt>mutation</dt><dd>one damaged copy, made from a number and the seed of the run</dd>
 * <dt>victim</dt><dd>the process that opens and uses one copy after the other</dd>
 * </dl>
 *
 * <p>Start with {@link io.interlock.stress.fuzz.Fuzzer}.
 */
package io.interlock.stress.fuzz;
