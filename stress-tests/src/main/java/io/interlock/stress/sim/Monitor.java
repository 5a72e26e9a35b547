package io.interlock.stress.sim;

import io.interlock.sync.IpcCondition;
import io.interlock.sync.IpcMutex;
import java.util.concurrent.TimeUnit;

/** A lock and its condition as one process sees them: the shipped ones, or a weakened copy. */
interface Monitor {

    void lock();

    void unlock();

    void await() throws InterruptedException;

    boolean await(long time, TimeUnit unit) throws InterruptedException;

    void signal(int count);

    void signalAll();

    /** The shipped ones. */
    record Shipped(IpcMutex mutex, IpcCondition condition) implements Monitor {

        @Override
        public void lock() {
            mutex.lock();
        }

        @Override
        public void unlock() {
            mutex.unlock();
        }

        @Override
        public void await() throws InterruptedException {
            condition.await();
        }

        @Override
        public boolean await(long time, TimeUnit unit) throws InterruptedException {
            return condition.await(time, unit);
        }

        @Override
        public void signal(int count) {
            condition.signal(count);
        }

        @Override
        public void signalAll() {
            condition.signalAll();
        }
    }
}
