package io.interlock.core.attach;

import io.interlock.core.error.LayoutMismatchException;
import io.interlock.core.error.SegmentFormatException;
import io.interlock.core.format.EntryLayout;
import io.interlock.core.format.HeaderLayout;
import io.interlock.core.format.ParticipantLayout;
import io.interlock.core.layout.Layout;
import io.interlock.core.platform.MappedFile;
import io.interlock.core.port.Mem;
import io.interlock.core.robust.RobustWord;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/** Writing the header of a new segment, and checking that of an existing one before anything else of it is used. */
public final class Header {

    private Header() {
    }

    /** Lays out a zeroed mapping; the magic comes last. */
    static void format(Mem mem, int maxParticipants, boolean temporary) {
        int size = mem.capacity();
        int participants = HeaderLayout.LENGTH;
        int directory = participants + maxParticipants * ParticipantLayout.LAYOUT.lengthBytes();
        int directoryCapacity = directoryCapacity(size, maxParticipants);
        UUID id = UUID.randomUUID();
        UUID boot = bootId();
        mem.putInt(HeaderLayout.VERSION_OFFSET, HeaderLayout.VERSION);
        mem.putInt(HeaderLayout.BYTE_ORDER_OFFSET, HeaderLayout.BYTE_ORDER_MARK);
        mem.putLong(HeaderLayout.SIZE_OFFSET, size);
        mem.putLong(HeaderLayout.UUID_OFFSET, id.getMostSignificantBits());
        mem.putLong(HeaderLayout.UUID_OFFSET + 8, id.getLeastSignificantBits());
        mem.putLong(HeaderLayout.BOOT_ID_OFFSET, boot.getMostSignificantBits());
        mem.putLong(HeaderLayout.BOOT_ID_OFFSET + 8, boot.getLeastSignificantBits());
        mem.putLong(HeaderLayout.CREATED_OFFSET, System.currentTimeMillis());
        mem.putLong(HeaderLayout.CREATOR_PID_OFFSET, ProcessHandle.current().pid());
        mem.putInt(HeaderLayout.PARTICIPANTS_OFFSET, participants);
        mem.putInt(HeaderLayout.MAX_PARTICIPANTS_OFFSET, maxParticipants);
        mem.putInt(HeaderLayout.DIRECTORY_OFFSET, directory);
        mem.putInt(HeaderLayout.DIRECTORY_CAPACITY_OFFSET, directoryCapacity);
        mem.putInt(HeaderLayout.HEAP_OFFSET, directory + directoryCapacity * EntryLayout.LAYOUT.lengthBytes());
        mem.putInt(HeaderLayout.TEMPORARY_OFFSET, temporary ? 1 : 0);
        mem.putLongRelease(HeaderLayout.MAGIC_OFFSET, HeaderLayout.MAGIC);
    }

    /** Smallest segment with this many participants: it has room for its tables and a few objects. */
    public static long smallestSize(int maxParticipants) {
        return HeaderLayout.LENGTH + (long) maxParticipants * ParticipantLayout.LAYOUT.lengthBytes()
                + (long) SMALLEST_DIRECTORY * EntryLayout.LAYOUT.lengthBytes() + SMALLEST_HEAP;
    }

    /** Size of a segment whose heap has at least so many bytes; its directory grows with it. */
    public static long sizeFor(int maxParticipants, long heapBytes) {
        long entries = heapBytes / (BYTES_PER_ENTRY - EntryLayout.LAYOUT.lengthBytes()) + 1;
        return smallestSize(maxParticipants) + heapBytes + entries * EntryLayout.LAYOUT.lengthBytes() + 4095 & -4096;
    }

    private static final int SMALLEST_DIRECTORY = 16;
    private static final int LARGEST_DIRECTORY = 16_384;
    private static final int SMALLEST_HEAP = 4096;
    private static final int BYTES_PER_ENTRY = 4096;

    private static int directoryCapacity(int size, int maxParticipants) {
        long room = (size - HeaderLayout.LENGTH - (long) maxParticipants * ParticipantLayout.LAYOUT.lengthBytes()
                - SMALLEST_HEAP) / EntryLayout.LAYOUT.lengthBytes();
        return (int) Math.min(room, Math.max(SMALLEST_DIRECTORY, Math.min(size / BYTES_PER_ENTRY, LARGEST_DIRECTORY)));
    }

    /**
     * Checks that a file is a segment which this library can use.
     *
     * @return its size in bytes
     */
    public static int check(MappedFile file) {
        return check(file.path(), file.head(HeaderLayout.LENGTH), file.length());
    }

    /** The same for bytes that were read already; {@code head} is in native byte order. */
    public static int check(Path path, ByteBuffer head, long fileLength) {
        checkMagic(path, head, fileLength);
        return checkRest(path, head, fileLength);
    }

    /** Checks only that a file begins like a segment of this machine's byte order. */
    public static void checkMagic(Path path, ByteBuffer head, long fileLength) {
        if (fileLength == 0) {
            throw new SegmentFormatException(path + " is empty, expected an Interlock segment");
        }
        if (head.remaining() < 8 || head.getLong(HeaderLayout.MAGIC_OFFSET) != HeaderLayout.MAGIC) {
            checkForeignOrder(path, head);
            throw new SegmentFormatException(path + " is not an Interlock segment: it begins with " + begin(head)
                    + ", expected " + Long.toHexString(HeaderLayout.MAGIC));
        }
    }

    private static int checkRest(Path path, ByteBuffer head, long fileLength) {
        if (head.remaining() < HeaderLayout.LENGTH) {
            throw new SegmentFormatException(path + " is cut short: it has " + fileLength
                    + " bytes, its header alone needs " + HeaderLayout.LENGTH);
        }
        checkVersion(path, head);
        long size = head.getLong(HeaderLayout.SIZE_OFFSET);
        if (size > fileLength) {
            throw new SegmentFormatException(
                    path + " is cut short: it has " + fileLength + " bytes, its header says " + size);
        }
        checkParts(path, head, size);
        return (int) size;
    }

    private static void checkForeignOrder(Path path, ByteBuffer head) {
        if (head.remaining() >= 8
                && Long.reverseBytes(head.getLong(HeaderLayout.MAGIC_OFFSET)) == HeaderLayout.MAGIC) {
            throw new LayoutMismatchException(
                    path + " was made on a machine with the other byte order; this one is " + head.order());
        }
    }

    private static void checkVersion(Path path, ByteBuffer head) {
        int version = head.getInt(HeaderLayout.VERSION_OFFSET);
        if (head.getInt(HeaderLayout.BYTE_ORDER_OFFSET) != HeaderLayout.BYTE_ORDER_MARK) {
            throw new LayoutMismatchException(
                    path + " was made on a machine with the other byte order; this one is " + head.order());
        }
        if (version != HeaderLayout.VERSION) {
            throw new LayoutMismatchException(
                    path + " has segment layout " + version + ", this library reads " + HeaderLayout.VERSION);
        }
        long unknown = head.getLong(HeaderLayout.INCOMPATIBLE_OFFSET) & ~HeaderLayout.KNOWN_INCOMPATIBLE;
        if (unknown != 0) {
            throw new LayoutMismatchException(path + " uses features that this library does not know: bits 0x"
                    + Long.toHexString(unknown) + ", it knows 0x" + Long.toHexString(HeaderLayout.KNOWN_INCOMPATIBLE));
        }
    }

    private static void checkParts(Path path, ByteBuffer head, long size) {
        long participants = head.getInt(HeaderLayout.PARTICIPANTS_OFFSET);
        long slots = head.getInt(HeaderLayout.MAX_PARTICIPANTS_OFFSET);
        long directory = head.getInt(HeaderLayout.DIRECTORY_OFFSET);
        long entries = head.getInt(HeaderLayout.DIRECTORY_CAPACITY_OFFSET);
        long heap = head.getInt(HeaderLayout.HEAP_OFFSET);
        boolean sane = participants == HeaderLayout.LENGTH && slots >= 1 && slots <= RobustWord.MAX_PARTICIPANTS
                && directory == participants + slots * ParticipantLayout.LAYOUT.lengthBytes() && entries >= 1
                && heap == directory + entries * EntryLayout.LAYOUT.lengthBytes() && heap <= size
                && size <= Integer.MAX_VALUE - 4095 && heap % Layout.ISOLATION == 0;
        if (!sane) {
            throw new SegmentFormatException(path + " has a damaged header: " + slots + " participants at "
                    + participants + ", " + entries + " directory entries at " + directory + ", heap at " + heap
                    + ", size "
                    + size);
        }
    }

    private static String begin(ByteBuffer head) {
        StringBuilder hex = new StringBuilder();
        for (int i = 0; i < Math.min(8, head.remaining()); i++) {
            hex.append(String.format("%02x", head.get(i)));
        }
        return hex.toString();
    }

    private static UUID bootId() {
        try {
            return UUID.fromString(Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip());
        } catch (IOException | IllegalArgumentException e) {
            return new UUID(0, 0);
        }
    }
}
