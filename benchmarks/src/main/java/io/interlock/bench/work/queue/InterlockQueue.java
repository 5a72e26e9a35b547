package io.interlock.bench.work.queue;

import io.interlock.bench.peer.Part.Setting;
import io.interlock.core.Segment;
import io.interlock.core.SegmentOptions;
import io.interlock.memory.Capacity;
import io.interlock.memory.Codec;
import io.interlock.memory.ExclusiveConsumer;
import io.interlock.memory.ExclusiveProducer;
import io.interlock.memory.IpcQueue;

/** Ours, with numbers: message by message, by any number of processes; or by the only one on its side. */
final class InterlockQueue {

    private InterlockQueue() {
    }

    static <E> IpcQueue<E> open(Setting setting, Codec<E> codec) {
        Capacity capacity = Capacity.bytes(QueueShape.of(setting).ringBytes());
        Segment segment = Segment.openOrCreate(setting.directory().resolve("segment"),
                SegmentOptions.defaults().withSizeBytes(IpcQueue.bytesFor(capacity)));
        return IpcQueue.openOrCreate(segment, "queue", codec, capacity);
    }

    /** One of many that send. */
    public static final class SharedSender extends NumberSender {

        /** Opens or makes the queue. */
        public SharedSender(Setting setting) {
            super(setting, open(setting, Codec.int64()));
        }
    }

    /** One of many that receive. */
    public static final class SharedReceiver extends NumberReceiver {

        /** Opens or makes the queue. */
        public SharedReceiver(Setting setting) {
            super(setting, open(setting, Codec.int64()));
        }
    }

    /** The only one that sends. */
    public static final class OnlySender extends Sender {

        private final ExclusiveProducer<Long> role;

        /** Opens or makes the queue. */
        public OnlySender(Setting setting) throws InterruptedException {
            super(setting);
            role = open(setting, Codec.int64()).exclusiveProducer();
        }

        @Override
        boolean offer(long number) {
            return role.offer(number);
        }
    }

    /** The only one that receives; it reads numbers where they lie. */
    public static final class OnlyReceiver extends Receiver {

        private final ExclusiveConsumer<Long> role;

        /** Opens or makes the queue. */
        public OnlyReceiver(Setting setting) throws InterruptedException {
            super(setting);
            role = open(setting, Codec.int64()).exclusiveConsumer();
        }

        @Override
        boolean poll() {
            return role.readDirect((buffer, offset, length) -> accept(buffer.getLong(offset)), atOnce) > 0;
        }
    }
}
