package io.interlock.memory;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.locks.AbstractQueuedSynchronizer.ConditionObject;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;

/** Runs the contract on the JDK's own queue, which shows that it is the JDK's. */
@Tag("proof")
class ArrayBlockingQueueContractTest extends BlockingQueueContract {

    @Override
    BlockingQueue<Integer> newQueue(int capacity) {
        return new ArrayBlockingQueue<>(capacity);
    }

    @Override
    boolean isWaiting(Thread thread) {
        return LockSupport.getBlocker(thread) instanceof ConditionObject
                && (thread.getState() == Thread.State.WAITING || thread.getState() == Thread.State.TIMED_WAITING);
    }
}
