package io.interlock.bench.work.sync;

import io.interlock.bench.peer.Part.Setting;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;

/** Two of Agrona's rings in mapped files; the reader spins, and reads numbers where they lie. */
final class AgronaWire implements Wire {

    private static final int TYPE = 1;

    private final OneToOneRingBuffer out;
    private final OneToOneRingBuffer in;
    private final UnsafeBuffer message = new UnsafeBuffer(new byte[Long.BYTES]);
    private final MessageHandler reading;
    private long received;

    AgronaWire(Setting setting) throws IOException {
        out = open(setting.directory().resolve(WireKind.way(setting, true)));
        in = open(setting.directory().resolve(WireKind.way(setting, false)));
        reading = (type, buffer, offset, length) -> received = buffer.getLong(offset);
    }

    private static OneToOneRingBuffer open(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ,
                StandardOpenOption.WRITE)) {
            return new OneToOneRingBuffer(new UnsafeBuffer(channel.map(MapMode.READ_WRITE, 0,
                    QueueWires.BYTES + RingBufferDescriptor.TRAILER_LENGTH)));
        }
    }

    @Override
    public void send(long number) {
        message.putLong(0, number);
        while (!out.write(TYPE, message, 0, Long.BYTES)) {
            Thread.onSpinWait();
        }
    }

    @Override
    public void receive(long number) {
        while (in.read(reading, 1) == 0) {
            Thread.onSpinWait();
        }
        Wire.check(number, received);
    }
}
