package io.interlock.journal;

import io.interlock.journal.store.Excerpt;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** What stands in a journal's file, and how to spoil it while processes have it open. */
final class RollFileBytes {

    /** Stands where the next header would be, if there will never be one. */
    static final int END_OF_FILE = 0xC000_0000;
    private static final int LOOK_BYTES = 1 << 20;
    /** Of the excerpts that are looked for. */
    private static final int LARGEST_BYTES = 256;

    private final Path file;

    RollFileBytes(Path file) {
        this.file = file;
    }

    /** Its first bytes. */
    byte[] first(int length) {
        try (var in = Files.newInputStream(file)) {
            return in.readNBytes(length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes over what is there; the file is not cut. */
    void write(long at, byte... bytes) {
        try (RandomAccessFile opened = new RandomAccessFile(file.toFile(), "rw")) {
            opened.seek(at);
            opened.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes a header. */
    void writeInt(long at, int word) {
        write(at, ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.nativeOrder()).putInt(word).array());
    }

    /** A header. */
    int intAt(int at) {
        return ByteBuffer.wrap(first(at + Integer.BYTES)).order(ByteOrder.nativeOrder()).getInt(at);
    }

    /** Where the header of the excerpt is that begins with this message. */
    int headerOf(long index) {
        ByteBuffer bytes = ByteBuffer.wrap(first(LOOK_BYTES)).order(ByteOrder.nativeOrder());
        for (int at = 0; at < bytes.capacity() - Integer.BYTES; at += Integer.BYTES) {
            int length = bytes.getInt(at);
            if (length > Excerpt.HEADER_LENGTH && length < LARGEST_BYTES
                    && length < bytes.capacity() - at - Integer.BYTES) {
                byte[] excerpt = Arrays.copyOfRange(bytes.array(), at + Integer.BYTES, at + Integer.BYTES + length);
                if (Excerpt.isWhole(excerpt, length) && Excerpt.firstOf(excerpt) == index) {
                    return at;
                }
            }
        }
        throw new AssertionError("message " + index + " is not in " + file);
    }

    /** Where the next header is, behind the excerpt that begins with this message. */
    int behind(long index) {
        int at = headerOf(index);
        int end = at + Integer.BYTES + intAt(at);
        return end + (-end & Integer.BYTES - 1);
    }

    /** Behind a name in the header. */
    int behind(String name) {
        String header = new String(first(1024), StandardCharsets.ISO_8859_1);
        int at = header.indexOf(name);
        if (at < 0) {
            throw new AssertionError(name + " is not in the header of " + file);
        }
        return at + name.length();
    }

    /** Spoils a byte of a message. */
    void spoil(long index) {
        int at = headerOf(index) + Integer.BYTES + Excerpt.HEADER_LENGTH + Excerpt.LENGTH_LENGTH;
        write(at, (byte) 'x');
    }

    @Override
    public String toString() {
        return "RollFileBytes[" + file + "]";
    }
}
