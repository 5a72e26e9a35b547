package io.interlock.core.format;

import io.interlock.core.layout.Layout;

/** The first 4096 bytes of every segment: what the file is, and where its parts are. */
public final class HeaderLayout {

    private static final Layout.Builder B = Layout.builder();

    /** {@link #MAGIC}. */
    public static final int MAGIC_OFFSET = B.int64("magic", "creator, last", "plain; published by link(2)");
    public static final int VERSION_OFFSET = B.int32("layoutVersion", "creator", "plain");
    /** {@link #BYTE_ORDER_MARK} as the creator's machine writes it. */
    public static final int BYTE_ORDER_OFFSET = B.int32("byteOrderMark", "creator", "plain");
    /** A reader that does not know one of these bits must not use the segment. */
    public static final int INCOMPATIBLE_OFFSET = B.int64("incompatibleFeatures", "creator", "plain");
    public static final int COMPATIBLE_OFFSET = B.int64("compatibleFeatures", "creator", "plain");
    public static final int SIZE_OFFSET = B.int64("sizeBytes", "creator", "plain");
    public static final int UUID_OFFSET = B.int64Array("uuid", 2, "creator", "plain");
    public static final int BOOT_ID_OFFSET = B.int64Array("bootId", 2, "creator", "plain");
    public static final int CREATED_OFFSET = B.int64("createdEpochMillis", "creator", "plain");
    public static final int CREATOR_PID_OFFSET = B.int64("creatorPid", "creator", "plain");
    public static final int PARTICIPANTS_OFFSET = B.int32("participantsOffset", "creator", "plain");
    public static final int MAX_PARTICIPANTS_OFFSET = B.int32("maxParticipants", "creator", "plain");
    public static final int DIRECTORY_OFFSET = B.int32("directoryOffset", "creator", "plain");
    public static final int DIRECTORY_CAPACITY_OFFSET = B.int32("directoryCapacity", "creator", "plain");
    public static final int HEAP_OFFSET = B.int32("heapOffset", "creator", "plain");
    /** 1 if the last to detach removes the file. */
    public static final int TEMPORARY_OFFSET = B.int32("temporary", "creator", "plain");

    /** 1 while somebody under the birth lock considers removing or replacing the file. */
    public static final int RETIRING_OFFSET =
            isolated().int32("retiring", "holder of the birth lock", "volatile, against slot lock bytes");
    /** 1 once a participant attached that cannot wake sleepers of other processes. */
    public static final int DEAF_OFFSET = B.int32("pollersPresent", "any participant", "volatile, set once");
    /** Where the next search for a participant slot begins. */
    public static final int NEXT_SLOT_OFFSET = B.int64("nextSlot", "any participant", "getAndAdd, a hint");

    public static final int RECOVERIES_OFFSET =
            isolated().int64("recoveries", "any participant", "getAndAdd, statistics");
    public static final int WAITS_OFFSET = B.int64("waits", "any participant", "getAndAdd, statistics");

    /** The robust lock under which objects are created: a {@link RobustLockLayout}. */
    public static final int DIRECTORY_LOCK_OFFSET =
            isolated().int64Array("directoryLock", RobustLockLayout.LAYOUT.lengthBytes() / 8, "its holder",
                    "see RobustLock");
    /** How many directory entries exist: the one store that makes an object exist. */
    public static final int ENTRY_COUNT_OFFSET =
            isolated().int64("entryCount", "holder of directoryLock", "release/acquire  [SYNC directory.entry]");

    public static final Layout LAYOUT = B.build("SegmentHeader", 1);

    /** "INTRLOCK" in ASCII, read as a big-endian number. */
    public static final long MAGIC = 0x494E_5452_4C4F_434BL;
    /** The layout version that this library writes and reads. */
    public static final int VERSION = 1;
    public static final int BYTE_ORDER_MARK = 0x01020304;
    /** The incompatible features that this library knows: none so far. */
    public static final long KNOWN_INCOMPATIBLE = 0;
    /** Bytes reserved for the header. */
    public static final int LENGTH = 4096;

    private HeaderLayout() {
    }

    private static Layout.Builder isolated() {
        return B.isolate();
    }
}
