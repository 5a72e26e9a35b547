package io.interlock.stress.kill;

import io.interlock.core.Segment;
import io.interlock.memory.Capacity;
import io.interlock.memory.Claim;
import io.interlock.memory.Codec;
import io.interlock.memory.Connection;
import io.interlock.memory.ExclusiveConsumer;
import io.interlock.memory.ExclusiveProducer;
import io.interlock.memory.IpcPipe;
import io.interlock.memory.IpcQueue;
import io.interlock.sync.IpcLock;
import io.interlock.sync.IpcRLock;
import io.interlock.sync.IpcSemaphore;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;

/**
 * Gives what a survivor sleeps for. If it dies between the store that gives and the wake-up, the survivor has to find
 * it by itself; nobody touches the object meanwhile.
 */
final class WakeDeed extends ObjectDeed {

    private final Operation operation;
    private Segment segment;
    private Survivor<Boolean> survivor;
    private boolean given;

    /** What is given. */
    enum Operation {
        UNLOCK("lock-releasing"), RUNLOCK("rlock-releasing"), RELEASE("semaphore-releasing"), PUT("queue-putting"),
        CLAIM("queue-claim-open"), PRODUCER_ROLE("queue-producer-role-held"), TAKE("queue-taking"),
        CONSUMER_ROLE("queue-consumer-role-held"), SEND("pipe-sending");

        final String row;

        Operation(String row) {
            this.row = row;
        }

        boolean isLock() {
            return compareTo(RUNLOCK) <= 0;
        }

        boolean takes() {
            return this == TAKE || this == CONSUMER_ROLE;
        }
    }

    WakeDeed(Operation operation) {
        this.operation = operation;
    }

    @Override
    void prepare(Segment made) throws Exception {
        segment = made;
        switch (operation) {
            case UNLOCK -> IpcLock.create(made, "lock");
            case RUNLOCK -> IpcRLock.create(made, "lock");
            case RELEASE -> IpcSemaphore.create(made, "semaphore", 0);
            case SEND -> IpcPipe.duplex(made, "pipe", Codec.int64());
            default -> {
                IpcQueue<Long> queue = IpcQueue.create(made, "queue", Codec.int64(), Capacity.items(1));
                if (operation.takes()) {
                    queue.put(0L);
                }
            }
        }
        if (!operation.isLock()) {
            survivor = Survivor.asleep(waiting(made));
        }
    }

    /** What the survivor does. */
    private Callable<Boolean> waiting(Segment made) {
        return switch (operation) {
            case UNLOCK, RUNLOCK -> () -> {
                Lock lock = lock(made);
                lock.lock();
                lock.unlock();
                return true;
            };
            case RELEASE -> () -> {
                IpcSemaphore.open(made, "semaphore").acquire();
                return true;
            };
            case SEND -> () -> IpcPipe.duplex(made, "pipe", Codec.int64()).first().receive() == 1L;
            default -> () -> {
                IpcQueue<Long> queue = queue(made);
                if (operation.takes()) {
                    queue.put(2L);
                    return true;
                }
                return queue.take() == 1L;
            };
        };
    }

    private Lock lock(Segment opened) {
        return operation == Operation.UNLOCK ? IpcLock.open(opened, "lock") : IpcRLock.open(opened, "lock");
    }

    private static IpcQueue<Long> queue(Segment opened) {
        return IpcQueue.open(opened, "queue", Codec.int64());
    }

    @Override
    void act(Segment opened, Stage stage) throws InterruptedException {
        switch (operation) {
            case UNLOCK, RUNLOCK -> unlock(opened, stage);
            case RELEASE -> {
                IpcSemaphore semaphore = IpcSemaphore.open(opened, "semaphore");
                stage.is(operation.row);
                semaphore.release();
            }
            case SEND -> {
                Connection<Long> end = IpcPipe.duplex(opened, "pipe", Codec.int64()).second();
                end.poll(0, TimeUnit.NANOSECONDS); // the end is this process's from now on
                stage.is(operation.row);
                end.send(1L);
            }
            default -> {
                IpcQueue<Long> queue = queue(opened);
                stage.is(operation.row);
                use(queue);
            }
        }
    }

    /** The survivor can only sleep once this process has the lock. */
    private void unlock(Segment opened, Stage stage) {
        Lock lock = lock(opened);
        lock.lock();
        stage.is("lock-held");
        stage.pause();
        stage.is(operation.row);
        lock.unlock();
    }

    private void use(IpcQueue<Long> queue) throws InterruptedException {
        switch (operation) {
            case PUT -> queue.put(1L);
            case CLAIM -> {
                Claim claim = queue.claim(Long.BYTES);
                claim.buffer().putLong(1L);
                claim.commit();
            }
            case PRODUCER_ROLE -> {
                try (ExclusiveProducer<Long> producer = queue.exclusiveProducer()) {
                    producer.put(1L);
                }
            }
            case TAKE -> queue.take();
            default -> {
                try (ExclusiveConsumer<Long> consumer = queue.exclusiveConsumer()) {
                    consumer.take();
                }
            }
        }
    }

    /** The process has the lock: somebody may begin to wait for it. */
    @Override
    void meanwhile() throws Exception {
        if (survivor == null) {
            survivor = Survivor.asleep(waiting(segment));
        }
    }

    @Override
    void look(Where where) {
        given = switch (operation) {
            case UNLOCK, RUNLOCK -> true; // death gives it, too
            case RELEASE -> IpcSemaphore.open(segment, "semaphore").availablePermits() > 0;
            case SEND -> false; // nobody else can look into a pipe
            default -> queue(segment).isEmpty() == operation.takes();
        };
    }

    @Override
    Finding after(Fate fate) throws Exception {
        boolean came = given || fate == Fate.FINISHED || isDoneAfterASlice(survivor);
        if (operation == Operation.SEND && fate == Fate.DIED) {
            return afterDeadSender();
        }
        if (!came) {
            give();
        }
        check(survivor.result(), "something else came");
        return new Finding(came ? "who slept for it has it" : "it gave nothing; others do", survivor);
    }

    /** The end of the stream if it had sent nothing. */
    private Finding afterDeadSender() throws Exception {
        try {
            check(survivor.result(), "something else came");
            return new Finding("the other end receives what was sent, then the end of the stream", survivor);
        } catch (AssertionError e) {
            check(e.getMessage().contains("EndOfStreamException"), e.getMessage());
            return new Finding("the other end receives what was sent, then the end of the stream", null);
        }
    }

    private void give() throws InterruptedException {
        if (operation == Operation.RELEASE) {
            IpcSemaphore.open(segment, "semaphore").release();
        } else if (operation.takes()) {
            queue(segment).take();
        } else {
            queue(segment).put(1L);
        }
    }
}
