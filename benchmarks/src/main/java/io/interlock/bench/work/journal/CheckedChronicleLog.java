package io.interlock.bench.work.journal;

import java.nio.file.Path;
import java.util.zip.CRC32C;
import net.openhft.chronicle.bytes.Bytes;

/** Chronicle Queue with a checksum of each message, of the kind that a journal has. */
final class CheckedChronicleLog extends ChronicleLog {

    private final CRC32C crc = new CRC32C();

    CheckedChronicleLog(Path directory) {
        super(directory, 1);
    }

    private int crcOf(byte[] bytes) {
        crc.reset();
        crc.update(bytes, 0, bytes.length);
        return (int) crc.getValue();
    }

    @Override
    void put(Bytes<?> out, byte[] bytes) {
        out.writeInt(crcOf(bytes));
        out.write(bytes);
    }

    @Override
    void get(Bytes<?> in, byte[] bytes) {
        int expected = in.readInt();
        in.read(bytes);
        if (crcOf(bytes) != expected) {
            throw new IllegalStateException("a message is damaged");
        }
    }
}
