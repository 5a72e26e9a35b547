package io.interlock.bench.work.queue;

import io.interlock.bench.peer.Part.Setting;
import io.interlock.memory.Claim;
import io.interlock.memory.Codec;
import io.interlock.memory.DirectMessageHandler;
import io.interlock.memory.ExclusiveConsumer;
import io.interlock.memory.ExclusiveProducer;
import io.interlock.memory.IpcQueue;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Ours, with arrays of bytes. Copied: the queue takes an array and gives one back, as with any {@code BlockingQueue}.
 * In place: the sender copies its array into the ring itself, and the receiver from the ring into its own, so that each
 * byte is copied twice and not four times.
 */
final class InterlockBlocks {

    /** The kind with exclusive roles. */
    static final String EXCLUSIVE = "exclusive";

    private InterlockBlocks() {
    }

    private static boolean isExclusive(Setting setting) {
        return QueueShape.kind(setting).equals(EXCLUSIVE);
    }

    private static IpcQueue<byte[]> open(Setting setting) {
        return InterlockQueue.open(setting, Codec.bytes());
    }

    /** Gives arrays to the queue. */
    public static final class CopyingSender extends Sender {

        private final Predicate<byte[]> way;

        /** Opens or makes the queue. */
        public CopyingSender(Setting setting) throws InterruptedException {
            super(setting);
            IpcQueue<byte[]> queue = open(setting);
            if (isExclusive(setting)) {
                ExclusiveProducer<byte[]> role = queue.exclusiveProducer();
                way = role::offer;
            } else {
                way = queue::offer;
            }
        }

        @Override
        boolean offer(long number) {
            Message.number(message, number);
            return way.test(message);
        }
    }

    /** Gets arrays from the queue. */
    public static final class CopyingReceiver extends Receiver {

        private final Supplier<byte[]> way;

        /** Opens or makes the queue. */
        public CopyingReceiver(Setting setting) throws InterruptedException {
            super(setting);
            IpcQueue<byte[]> queue = open(setting);
            if (isExclusive(setting)) {
                ExclusiveConsumer<byte[]> role = queue.exclusiveConsumer();
                way = role::poll;
            } else {
                way = queue::poll;
            }
        }

        @Override
        boolean poll() {
            byte[] got = way.get();
            if (got == null) {
                return false;
            }
            accept(Message.numberOf(got));
            return true;
        }
    }

    /** Writes into the ring. */
    public static final class InPlaceSender extends Sender {

        private final IntFunction<Claim> way;

        /** Opens or makes the queue. */
        public InPlaceSender(Setting setting) throws InterruptedException {
            super(setting);
            IpcQueue<byte[]> queue = open(setting);
            if (isExclusive(setting)) {
                ExclusiveProducer<byte[]> role = queue.exclusiveProducer();
                way = role::tryClaim;
            } else {
                way = queue::tryClaim;
            }
        }

        @Override
        boolean offer(long number) {
            try (Claim claim = way.apply(message.length)) {
                if (claim == null) {
                    return false;
                }
                write(claim.directBuffer(), 0, number);
                claim.commit();
                return true;
            }
        }
    }

    /** Reads in the ring. */
    public static final class InPlaceReceiver extends Receiver {

        private final Reads way;

        /** Opens or makes the queue. */
        public InPlaceReceiver(Setting setting) throws InterruptedException {
            super(setting);
            IpcQueue<byte[]> queue = open(setting);
            if (isExclusive(setting)) {
                ExclusiveConsumer<byte[]> role = queue.exclusiveConsumer();
                way = role::readDirect;
            } else {
                way = queue::readDirect;
            }
        }

        @Override
        boolean poll() {
            return way.read((buffer, offset, length) -> accept(buffer, offset), atOnce) > 0;
        }

        /** A way to look at messages where they lie. */
        private interface Reads {

            int read(DirectMessageHandler handler, int limit);
        }
    }
}
