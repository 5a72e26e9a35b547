package io.interlock.bench.work.queue;

import io.interlock.bench.peer.Part.Setting;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.StandardOpenOption;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;

/** Agrona's rings in a mapped file. */
final class AgronaRing {

    private static final int TYPE = 1;
    private static final String MANY = "many";

    private AgronaRing() {
    }

    /** The third word tells which one. */
    private static RingBuffer open(Setting setting) throws IOException {
        int bytes = QueueShape.BYTES + RingBufferDescriptor.TRAILER_LENGTH;
        try (FileChannel channel = FileChannel.open(setting.directory().resolve("ring"), StandardOpenOption.CREATE,
                StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            UnsafeBuffer buffer = new UnsafeBuffer(channel.map(MapMode.READ_WRITE, 0, bytes));
            return setting.words().get(2).equals(MANY) ? new ManyToOneRingBuffer(buffer)
                    : new OneToOneRingBuffer(buffer);
        }
    }

    /** Writes. */
    public static final class RingSender extends Sender {

        private final RingBuffer ring;
        private final UnsafeBuffer message = new UnsafeBuffer(new byte[Long.BYTES]);

        /** Maps the ring. */
        public RingSender(Setting setting) throws IOException {
            super(setting, QueueShape.of(setting).senders());
            ring = open(setting);
        }

        @Override
        boolean offer(long number) {
            message.putLong(0, number);
            return ring.write(TYPE, message, 0, Long.BYTES);
        }
    }

    /** Reads. */
    public static final class RingReceiver extends Receiver {

        private static final int MOST = 64;

        private final RingBuffer ring;

        /** Maps the ring. */
        public RingReceiver(Setting setting) throws IOException {
            super(setting, QueueShape.of(setting).senders(), 1);
            ring = open(setting);
        }

        @Override
        boolean poll() {
            return ring.read((type, buffer, offset, length) -> accept(buffer.getLong(offset)), MOST) > 0;
        }
    }
}
