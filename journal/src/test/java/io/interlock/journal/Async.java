package io.interlock.journal;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Something that runs in a thread of its own; the time limit of its end is a hang guard and no claim. */
final class Async<T> {

    private static final long HANG_GUARD_SECONDS = 30;

    private final FutureTask<T> task;
    private final Thread thread;

    private Async(Callable<T> body) {
        task = new FutureTask<>(body);
        thread = new Thread(null, task, "async", 256 << 10);
        thread.setDaemon(true);
        thread.start();
    }

    static <T> Async<T> of(Callable<T> body) {
        return new Async<>(body);
    }

    /** Something without a result. */
    static Async<Void> run(Action body) {
        return new Async<>(() -> {
            body.run();
            return null;
        });
    }

    /** What may throw. */
    @FunctionalInterface
    interface Action {

        void run() throws Exception;
    }

    Thread thread() {
        return thread;
    }

    boolean isDone() {
        return task.isDone();
    }

    /** Its result; fails if it threw. */
    T get() {
        try {
            return await();
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        }
    }

    /** What it threw; fails if it ended well. */
    Throwable failure() {
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
