package io.interlock.examples;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Counter and bounded buffer, told for people. */
@Command(name = "demo", description = "Counter and bounded buffer, with explanations. Takes some seconds.")
final class Demo implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        long start = System.nanoTime();
        int failed = counter() == 0 ? 0 : 1;
        failed += boundedBuffer() == 0 ? 0 : 1;
        out().println();
        out().println(failed == 0 ? "Everything was as it should be." : "Something was wrong, see above.");
        long elapsed = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        out().println("demo examples=2 failed=" + failed + " elapsed_ms=" + elapsed);
        return failed == 0 ? 0 : 1;
    }

    private int counter() throws InterruptedException {
        Counter counter = new Counter();
        counter.spec = spec;
        counter.progress = Progress::of;
        out().printf("""
                1. One number, %d processes
                ---------------------------
                %d Java processes, each a JVM of its own, add 1 to the same number, %,d times each.
                First without a lock: two processes read the same number, both add 1, both write the same result, and
                one addition is lost. Then under a lock, under the number's own recursive lock, and by one atomic
                operation: nothing is lost.

                """, counter.processes, counter.processes, counter.increments);
        return counter.call();
    }

    private int boundedBuffer() throws InterruptedException {
        BoundedBuffer buffer = new BoundedBuffer();
        buffer.spec = spec;
        buffer.progress = Progress::of;
        out().printf("""

                2. A buffer of %d places
                -----------------------
                A producer puts the numbers 0 to %d into a shared array of %d places, a consumer takes them out; two
                processes again. One semaphore counts the free places, so that nothing is overwritten; another counts
                the numbers in the array, so that nothing is taken twice; a lock guards the array.

                """, buffer.capacity, buffer.items - 1, buffer.capacity);
        return buffer.call();
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
