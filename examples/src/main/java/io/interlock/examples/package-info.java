/**
 * Small programs on the library, run as real operating-system processes.
 *
 * <p>An example is a class with two halves. {@code call()} is the parent: it makes a temporary segment and the shared
 * objects, starts JVMs, and judges what they did. The static methods that take a segment are the workers, one JVM each:
 * they open the same objects by name and use them. {@link io.interlock.examples.Workers} starts the JVMs and watches
 * them; {@link io.interlock.examples.WorkerProcess} is where such a JVM begins.
 *
 * <p>Start reading with {@link io.interlock.examples.Counter}, then {@link io.interlock.examples.BoundedBuffer}.
 */
package io.interlock.examples;
