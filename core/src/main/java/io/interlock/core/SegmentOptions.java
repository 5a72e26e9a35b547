package io.interlock.core;

import io.interlock.core.attach.Header;
import io.interlock.core.robust.RobustWord;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * How a new segment is to be made. Immutable; start from {@link #defaults()}.
 *
 * @param sizeBytes       size of the file in bytes, header and tables included; at most 2 GiB - 4096
 * @param maxParticipants how many processes can be attached at once, 1 to 4095
 * @param permissions     mode of the file, set in spite of the umask
 */
public record SegmentOptions(long sizeBytes, int maxParticipants, Set<PosixFilePermission> permissions) {

    /** Size of a segment unless another is given: 4 MiB. */
    public static final long DEFAULT_SIZE_BYTES = 4L << 20;
    /** Largest size of a segment. */
    public static final long MAX_SIZE_BYTES = (2L << 30) - 4096;
    /** Number of participants unless another is given. */
    public static final int DEFAULT_PARTICIPANTS = 256;

    /** Checks the values. */
    public SegmentOptions {
        if (maxParticipants < 1 || maxParticipants > RobustWord.MAX_PARTICIPANTS) {
            throw new IllegalArgumentException("maxParticipants must be in [1, " + RobustWord.MAX_PARTICIPANTS
                    + "], maxParticipants=" + maxParticipants);
        }
        long smallest = Header.smallestSize(maxParticipants);
        if (sizeBytes < smallest || sizeBytes > MAX_SIZE_BYTES) {
            throw new IllegalArgumentException("sizeBytes must be in [" + smallest + ", " + MAX_SIZE_BYTES + "] for "
                    + maxParticipants + " participants, sizeBytes=" + sizeBytes);
        }
        permissions = Set.copyOf(permissions);
    }

    /** 4 MiB, 256 participants, readable and writable by this user alone. */
    public static SegmentOptions defaults() {
        return new SegmentOptions(
                DEFAULT_SIZE_BYTES, DEFAULT_PARTICIPANTS, PosixFilePermissions.fromString("rw-------"));
    }

    /** Size in bytes of a segment that has room for blocks of so many bytes, for the default number of processes. */
    public static long sizeFor(long blockBytes) {
        return Header.sizeFor(DEFAULT_PARTICIPANTS, blockBytes);
    }

    /** The same with another size in bytes. */
    public SegmentOptions withSizeBytes(long bytes) {
        return new SegmentOptions(bytes, maxParticipants, permissions);
    }

    /** The same for another number of processes. */
    public SegmentOptions withMaxParticipants(int participants) {
        return new SegmentOptions(sizeBytes, participants, permissions);
    }

    /** The same with another mode, such as {@code "rw-rw----"}; whoever is to use the segment needs both rights. */
    public SegmentOptions withPermissions(String mode) {
        return new SegmentOptions(sizeBytes, maxParticipants, PosixFilePermissions.fromString(mode));
    }
}
