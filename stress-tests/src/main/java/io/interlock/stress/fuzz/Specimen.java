package io.interlock.stress.fuzz;

import io.interlock.core.Segment;
import io.interlock.core.SegmentOptions;
import io.interlock.memory.Capacity;
import io.interlock.memory.Claim;
import io.interlock.memory.Codec;
import io.interlock.memory.IpcBoolean;
import io.interlock.memory.IpcByteArray;
import io.interlock.memory.IpcDouble;
import io.interlock.memory.IpcDoubleArray;
import io.interlock.memory.IpcFloatArray;
import io.interlock.memory.IpcInt;
import io.interlock.memory.IpcIntArray;
import io.interlock.memory.IpcLong;
import io.interlock.memory.IpcLongArray;
import io.interlock.memory.IpcPipe;
import io.interlock.memory.IpcQueue;
import io.interlock.memory.IpcShortArray;
import io.interlock.sync.IpcCondition;
import io.interlock.sync.IpcEvent;
import io.interlock.sync.IpcLock;
import io.interlock.sync.IpcRLock;
import io.interlock.sync.IpcSemaphore;
import io.interlock.sync.OwnerDeath;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * Makes the good segment and dies in the middle of everything: holding locks, with waiters asleep, a claim open and a
 * handler running. Run it as a process of its own.
 */
public final class Specimen {

    /** How many processes can be attached: few, so that slots are used again. */
    static final int PARTICIPANTS = 4;
    /** The slot of the process that made it, which is dead; its generation is 1. */
    static final int MAKERS_SLOT = 0;
    static final Capacity SMALL_RING = Capacity.bytes(1024);
    static final Capacity FEW_ITEMS = Capacity.items(8).bytesEach(16);
    static final int ARRAY_LENGTH = 10;

    private static final int SIZE_BYTES = 256 << 10;
    /** What is left for the objects that the victim makes. */
    private static final int SPARE_BYTES = 12 << 10;
    private static final int LAPS = 30;
    private static final int MESSAGES = 14;

    private final Segment segment;
    private int waiters;

    private Specimen(Segment segment) {
        this.segment = segment;
    }

    /**
     * Makes it.
     *
     * @param args the path of its file
     */
    public static void main(String[] args) throws InterruptedException {
        SegmentOptions options = SegmentOptions.defaults().withSizeBytes(SIZE_BYTES).withMaxParticipants(PARTICIPANTS);
        Specimen specimen = new Specimen(Segment.create(Path.of(args[0]), options));
        specimen.makeValues();
        specimen.makeQueues();
        specimen.makePipes();
        specimen.leaveWaiters();
        specimen.fillUp();
        specimen.dieHolding();
    }

    private void makeValues() {
        IpcInt.create(segment, "int", 1);
        IpcLong.create(segment, "long", 2);
        IpcDouble.create(segment, "double", 3.5);
        IpcBoolean.create(segment, "boolean", true);
        IpcByteArray.create(segment, "bytes", ARRAY_LENGTH);
        IpcShortArray.create(segment, "shorts", ARRAY_LENGTH);
        IpcIntArray.create(segment, "ints", ARRAY_LENGTH);
        IpcLongArray.create(segment, "longs", ARRAY_LENGTH).fill(7);
        IpcFloatArray.create(segment, "floats", ARRAY_LENGTH);
        IpcDoubleArray.create(segment, "doubles", ARRAY_LENGTH).getLock();
        IpcInt.create(segment, 4);
    }

    private void makeQueues() {
        IpcQueue<String> texts = IpcQueue.create(segment, "texts", Codec.utf8(), SMALL_RING);
        for (int i = 0; i < LAPS; i++) {
            texts.add("text-" + i);
            texts.remove();
        }
        for (int i = 0; i < MESSAGES; i++) {
            texts.add("text-" + "x".repeat(i) + i);
        }
        texts.remove("text-xx2");
        texts.remove("text-xxxxx5");
        IpcQueue<Long> words = IpcQueue.create(segment, "words", Codec.int64(), FEW_ITEMS);
        for (long i = 0; i < LAPS; i++) {
            words.add(i);
            words.remove();
        }
        words.addAll(List.of(1L, 2L, 3L, 4L));
        IpcQueue<byte[]> ended = IpcQueue.create(segment, "ended", Codec.bytes(), SMALL_RING);
        ended.add(new byte[100]);
        ended.add(new byte[0]);
        ended.shutdown();
        IpcQueue.create(segment, "full", Codec.int32(), Capacity.items(2)).addAll(List.of(1, 2));
        IpcQueue.create(segment, "empty", Codec.float64(), SMALL_RING);
        IpcQueue.create(segment, "roles", Codec.serializable(String.class), SMALL_RING).add("item");
        IpcQueue.create(segment, "inside", Codec.utf8(), SMALL_RING).addAll(List.of("one", "two", "three"));
    }

    private void makePipes() throws InterruptedException {
        IpcPipe.simplex(segment, "tube", Codec.int64(), SMALL_RING);
        IpcPipe<String> pipe = IpcPipe.duplex(segment, "pipe", Codec.utf8(), SMALL_RING);
        pipe.first().send("forth");
        pipe.first().sendBytes(new byte[20]);
    }

    private void leaveWaiters() throws InterruptedException {
        IpcLock.create(segment, "lock");
        IpcRLock.create(segment, "rlock").condition("condition");
        IpcLock.create(segment, "dead-lock");
        IpcLock.create(segment, "repair-lock", OwnerDeath.REPAIR_REQUIRED);
        IpcSemaphore.createBounded(segment, "semaphore", 5, 10);
        IpcSemaphore none = IpcSemaphore.create(segment, "no-permits", 0);
        waiting(none::acquire);
        waiting(() -> none.acquire(3));
        IpcEvent.create(segment, "set-event").set();
        waiting(IpcEvent.create(segment, "event")::await);
        waiting(IpcQueue.open(segment, "empty", Codec.float64())::take);
        IpcQueue<Integer> full = IpcQueue.open(segment, "full", Codec.int32());
        waiting(() -> full.put(3));
        waiting(() -> full.putAll(List.of(4, 5)));
        IpcRLock lock = IpcRLock.create(segment, "dead-rlock");
        IpcCondition condition = lock.condition("condition");
        waiting(() -> lock.call(() -> condition.awaitNanos(Long.MAX_VALUE)));
        waiting(() -> lock.call(() -> condition.awaitNanos(Long.MAX_VALUE)));
    }

    /** Behind the last block lies the end of the file, and nothing into which an access could stray. */
    private void fillUp() {
        IpcByteArray.create(segment, "filler", segment.directory().freeBytes() - SPARE_BYTES);
    }

    private void dieHolding() throws InterruptedException {
        IpcLock.open(segment, "dead-lock").lock();
        IpcLock.open(segment, "repair-lock").lock();
        IpcInt.open(segment, "int").getLock().lock();
        IpcRLock lock = IpcRLock.open(segment, "dead-rlock");
        lock.lock();
        lock.lock();
        lock.condition("condition").signal();
        IpcQueue<String> roles = IpcQueue.open(segment, "roles", Codec.serializable(String.class));
        roles.exclusiveProducer();
        roles.exclusiveConsumer();
        IpcQueue<String> inside = IpcQueue.open(segment, "inside", Codec.utf8());
        Claim claim = inside.claim(16);
        claim.buffer().putLong(0, -1);
        inside.read(message -> Runtime.getRuntime().halt(0), 1);
        throw new IllegalStateException("the handler was not called, " + inside.size() + " messages");
    }

    /** Something that waits in a thread of its own, asleep when this returns. */
    private void waiting(Waiting action) throws InterruptedException {
        long before = segment.stats().waits();
        CountDownLatch running = new CountDownLatch(1);
        Thread thread = new Thread(() -> {
            running.countDown();
            try {
                action.await();
            } catch (Exception e) {
                throw new IllegalStateException("a wait has ended", e);
            }
        }, "waiter-" + waiters++);
        thread.setDaemon(true);
        thread.start();
        running.await();
        while (segment.stats().waits() == before) {
            Thread.sleep(1);
        }
    }

    /** What never ends. */
    @FunctionalInterface
    private interface Waiting {

        void await() throws Exception;
    }
}
