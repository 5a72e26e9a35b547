package io.interlock.stress.fuzz;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Interrupts a thread once it has waited for some time: what gives an untimed call its end. */
final class Alarm {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition set = lock.newCondition();
    private Thread client;
    private long deadline;

    Alarm() {
        Thread thread = new Thread(this::run, "alarm");
        thread.setDaemon(true);
        thread.start();
    }

    /** Interrupts the calling thread after this time. */
    void set(long nanos) {
        lock.lock();
        try {
            deadline = System.nanoTime() + nanos;
            client = Thread.currentThread();
            set.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Does not; an interrupt that came just now is taken back. */
    void cancel() {
        lock.lock();
        try {
            client = null;
            Thread.interrupted();
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        lock.lock();
        try {
            while (true) {
                ring();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody ends the alarm", e);
        } finally {
            lock.unlock();
        }
    }

    private void ring() throws InterruptedException {
        long left = deadline - System.nanoTime();
        if (client == null) {
            set.await();
        } else if (left > 0) {
            set.awaitNanos(left);
        } else {
            client.interrupt();
            client = null;
        }
    }
}
