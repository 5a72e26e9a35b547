package io.interlock.core.testing;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Something that runs in a thread of its own; the time limit of its end is a hang guard and no claim. */
public final class Async<T> {

    private static final long HANG_GUARD_SECONDS = 30;

    private final FutureTask<T> task;
    private final Thread thread;

    private Async(Callable<T> body) {
        task = new FutureTask<>(body);
        thread = new Thread(null, task, "async", 256 << 10);
        thread.setDaemon(true);
        thread.start();
    }

    /** Runs it. */
    public static <T> Async<T> of(Callable<T> body) {
        return new Async<>(body);
    }

    /** Something without a result. */
    public static Async<Void> run(Action body) {
        return new Async<>(() -> {
            body.run();
            return null;
        });
    }

    /** What may throw. */
    @FunctionalInterface
    public interface Action {

        /** Does it. */
        void run() throws Exception;
    }

    /** The thread. */
    public Thread thread() {
        return thread;
    }

    /** Whether it has ended. */
    public boolean isDone() {
        return task.isDone();
    }

    /** Its result; fails if it threw. */
    public T get() {
        try {
            return await();
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        }
    }

    /** What it threw; fails if it ended well. */
    public Throwable failure() {
        T result;
        try {
            result = await();
        } catch (ExecutionException e) {
            return e.getCause();
        }
        throw new AssertionError("it returned " + result);
    }

    private T await() throws ExecutionException {
        try {
            return task.get(HANG_GUARD_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            AssertionError hangs = new AssertionError("hangs in");
            hangs.setStackTrace(thread.getStackTrace());
            throw hangs;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
