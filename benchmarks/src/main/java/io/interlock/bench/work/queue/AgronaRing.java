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

    /** The kind with one sender. */
    static final String ONE = "one";
    /** The kind with any number of them. */
    static final String MANY = "many";

    private static final int TYPE = 1;

    private AgronaRing() {
    }

    private static RingBuffer open(Setting setting) throws IOException {
        int bytes = QueueShape.of(setting).ringBytes() + RingBufferDescriptor.TRAILER_LENGTH;
        try (FileChannel channel = FileChannel.open(setting.directory().resolve("ring"), StandardOpenOption.CREATE,
                StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            UnsafeBuffer buffer = new UnsafeBuffer(channel.map(MapMode.READ_WRITE, 0, bytes));
            return QueueShape.kind(setting).equals(MANY) ? new ManyToOneRingBuffer(buffer)
                    : new OneToOneRingBuffer(buffer);
        }
    }

    /** Writes into the ring itself. */
    public static final class RingSender extends Sender {

        private final RingBuffer ring;

        /** Maps the ring. */
        public RingSender(Setting setting) throws IOException {
            super(setting);
            ring = open(setting);
        }

        @Override
        boolean offer(long number) {
            int index = ring.tryClaim(TYPE, message.length);
            if (index < 0) {
                return false;
            }
            write(ring.buffer(), index, number);
            ring.commit(index);
            return true;
        }
    }

    /** Reads in the ring. */
    public static final class RingReceiver extends Receiver {

        private final RingBuffer ring;

        /** Maps the ring. */
        public RingReceiver(Setting setting) throws IOException {
            super(setting);
            ring = open(setting);
        }

        @Override
        boolean poll() {
            return ring.read((type, buffer, offset, length) -> accept(buffer, offset), atOnce) > 0;
        }
    }
}
