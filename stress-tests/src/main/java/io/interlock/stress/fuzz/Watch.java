package io.interlock.stress.fuzz;

import io.interlock.stress.Failures;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Watches over the calls of one thread: one that does not end, or a file that does not, is a hang. */
final class Watch {

    private static final long LOOK_MILLIS = 50;
    /** A file may take this many times the patience with one call. */
    private static final int CALLS = 10;

    private final Thread worker = Thread.currentThread();
    private final Consumer<String> onHang;
    private volatile long patienceNanos;
    private volatile long fileBegin;
    private volatile long callBegin;
    private volatile String call;

    /**
     * Watches over the calling thread.
     *
     * @param onHang is told the call and where it is; it ends the process
     */
    Watch(Consumer<String> onHang) {
        this.onHang = onHang;
        Thread thread = new Thread(this::run, "watch");
        thread.setDaemon(true);
        thread.start();
    }

    /** A new file. */
    void beginFile(long patienceMillis) {
        patienceNanos = TimeUnit.MILLISECONDS.toNanos(patienceMillis);
        fileBegin = System.nanoTime();
    }

    /** The thread is about to call this. */
    void begin(String name) {
        callBegin = System.nanoTime();
        call = name;
    }

    /** The call is over. */
    void end() {
        call = null;
    }

    private void run() {
        try {
            while (true) {
                Thread.sleep(LOOK_MILLIS);
                look();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody ends the watch", e);
        }
    }

    private void look() {
        String now = call;
        long time = System.nanoTime();
        if (now != null && (time - callBegin > patienceNanos || time - fileBegin > CALLS * patienceNanos)) {
            String where = Failures.frames(worker.getStackTrace());
            if (now.equals(call)) {
                onHang.accept(now + " did not end in " + TimeUnit.NANOSECONDS.toMillis(time - callBegin)
                        + " ms, the file took " + TimeUnit.NANOSECONDS.toMillis(time - fileBegin) + " ms," + where);
            }
        }
    }
}
