package io.interlock.sync;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Something that runs in a thread of its own. */
final class Async<T> {

    private static final long HANG_GUARD_SECONDS = 20;

    private final FutureTask<T> task;
    private final Thread thread;

    private Async(Callable<T> body) {
        task = new FutureTask<>(body);
        thread = new Thread(null, task, "async", 128 << 10);
        thread.setDaemon(true);
        thread.start();
    }

    static <T> Async<T> of(Callable<T> body) {
        return new Async<>(body);
    }

    /** Runs it to its end. */
    static <T> T run(Callable<T> body) {
        return of(body).get();
    }

    Thread thread() {
        return thread;
    }

    boolean isDone() {
        return task.isDone();
    }

    T get() {
        Throwable failure = null;
        try {
            return task.get(HANG_GUARD_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            failure = e.getCause();
        } catch (TimeoutException e) {
            failure = new AssertionError("hangs in");
            failure.setStackTrace(thread.getStackTrace());
        } catch (InterruptedException e) {
            failure = e;
        }
        throw new AssertionError(failure);
    }

    /** What it threw; fails if it ended well. */
    Throwable failure() {
        try {
            T result = get();
            throw new AssertionError("it returned " + result, new IllegalStateException("no failure"));
        } catch (AssertionError e) {
            if (e.getCause() instanceof AssertionError || e.getCause() instanceof IllegalStateException
                    && "no failure".equals(e.getCause().getMessage())) {
                throw e;
            }
            return e.getCause();
        }
    }
}
