package io.interlock.stress.kill;

import io.interlock.stress.Proc;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A thread of the watching process that waits for something, by a call that has no end of its own: who hangs must not
 * be saved by a timeout.
 */
final class Survivor<T> {

    /** The library promises a second; this is for a machine that has other things to do. */
    static final long SOON_SECONDS = 10;

    private final FutureTask<T> task;
    private final Thread thread;
    private final long begunNanos = System.nanoTime();
    private volatile String number;
    private volatile long doneNanos;

    private Survivor(Callable<T> call) {
        task = new FutureTask<>(() -> {
            number = thread();
            T result = call.call();
            doneNanos = System.nanoTime();
            return result;
        });
        thread = new Thread(task, "survivor");
        thread.setDaemon(true);
    }

    /** Set in any case: somebody waits for it. */
    private static String thread() {
        try {
            return Proc.thread();
        } catch (IOException e) {
            return "unknown";
        }
    }

    /** Begins. */
    static <T> Survivor<T> begin(Callable<T> call) {
        Survivor<T> survivor = new Survivor<>(call);
        survivor.thread.start();
        return survivor;
    }

    /** Begins, and waits until it sleeps. */
    static <T> Survivor<T> asleep(Callable<T> call) throws IOException {
        Survivor<T> survivor = begin(call);
        while (survivor.number == null) {
            Thread.onSpinWait();
        }
        Asleep.await(ProcessHandle.current().pid(), survivor.number, survivor::isDone);
        return survivor;
    }

    boolean isDone() {
        return task.isDone();
    }

    /** How long it waited after this moment; 0 if it did not wait since before. */
    long waitedNanos(long since) {
        return begunNanos - since < 0 && doneNanos - since > 0 ? doneNanos - since : 0;
    }

    /** What it got, as soon as it has it; whoever has not by then hangs. */
    T result() throws Exception {
        try {
            return task.get(SOON_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError("a survivor failed: " + e.getCause(), e.getCause());
        } catch (TimeoutException e) {
            throw new AssertionError("a survivor hangs: " + Arrays.toString(thread.getStackTrace()), e);
        }
    }

    /** Whether it is done within this time. */
    boolean isDoneWithin(long time, TimeUnit unit) throws InterruptedException {
        try {
            task.get(time, unit);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            return true; // result() tells why
        }
    }
}
