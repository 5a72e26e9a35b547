package io.interlock.stress.fuzz;

import io.interlock.core.format.EntryLayout;
import io.interlock.core.format.HeaderLayout;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.agrona.concurrent.UnsafeBuffer;

/** Readers that believe what a file says: what the fuzzer must catch. */
final class WeakVictim {

    private WeakVictim() {
    }

    /** Reads a name after its length without looking at the length. */
    static final class Unchecked {

        private Unchecked() {
        }

        public static void main(String[] args) throws IOException {
            Victim.serve((path, number, calls) -> calls.run("names", () -> names(path)));
        }

        private static void names(Path path) throws IOException {
            try (FileChannel channel = FileChannel.open(path)) {
                ByteBuffer bytes = mapped(channel, channel.size());
                int directory = bytes.getInt(HeaderLayout.DIRECTORY_OFFSET);
                for (int index = 0; index < bytes.getLong(HeaderLayout.ENTRY_COUNT_OFFSET); index++) {
                    int entry = directory + index * EntryLayout.LAYOUT.lengthBytes();
                    byte[] name = new byte[bytes.getInt(entry + EntryLayout.NAME_LENGTH_OFFSET)];
                    bytes.get(entry + EntryLayout.NAME_OFFSET, name);
                }
            }
        }
    }

    /** Believes that a word of the file is an address. */
    static final class Crash {

        private Crash() {
        }

        public static void main(String[] args) throws IOException {
            Victim.serve((path, number, calls) -> calls.run("address", () -> address(path, number)));
        }

        private static void address(Path path, long number) throws IOException {
            try (FileChannel channel = FileChannel.open(path)) {
                long word = mapped(channel, channel.size()).getLong(HeaderLayout.VERSION_OFFSET);
                if (number >= 0) {
                    new UnsafeBuffer(word, Long.BYTES).getLong(0);
                }
            }
        }
    }

    /** Counts as far as the file says. */
    static final class Endless {

        private Endless() {
        }

        public static void main(String[] args) throws IOException {
            Victim.serve((path, number, calls) -> calls.run("count", () -> count(path)));
        }

        private static void count(Path path) throws IOException {
            try (FileChannel channel = FileChannel.open(path)) {
                ByteBuffer bytes = mapped(channel, channel.size());
                long objects = bytes.getLong(HeaderLayout.ENTRY_COUNT_OFFSET);
                while (objects != 0) {
                    objects--;
                    Thread.onSpinWait();
                }
            }
        }
    }

    private static ByteBuffer mapped(FileChannel channel, long length) throws IOException {
        MappedByteBuffer mapped = channel.map(FileChannel.MapMode.READ_ONLY, 0, length);
        return mapped.order(ByteOrder.nativeOrder());
    }
}
