package io.interlock.stress.kill;

import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A thread of the watching process that waits for something since before the kill. */
final class Survivor<T> {

    private static final long HANG_SECONDS = ObjectDeed.PATIENCE_SECONDS + 10;

    private final FutureTask<T> task;
    private final Thread thread;
    private volatile long doneNanos;

    private Survivor(Callable<T> call) {
        task = new FutureTask<>(() -> {
            T result = call.call();
            doneNanos = System.nanoTime();
            return result;
        });
        thread = new Thread(task, "survivor");
        thread.setDaemon(true);
    }

    /** Begins. */
    static <T> Survivor<T> begin(Callable<T> call) {
        Survivor<T> survivor = new Survivor<>(call);
        survivor.thread.start();
        return survivor;
    }

    boolean isDone() {
        return task.isDone();
    }

    /** When it had what it waited for. */
    long doneNanos() {
        return doneNanos;
    }

    /** What it got, as soon as it has it. */
    T result() throws Exception {
        return result(HANG_SECONDS, TimeUnit.SECONDS);
    }

    /** The same, for at most so long: whoever is still waiting then hangs. */
    T result(long time, TimeUnit unit) throws Exception {
        try {
            return task.get(time, unit);
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
