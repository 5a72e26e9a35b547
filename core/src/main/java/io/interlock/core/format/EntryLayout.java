package io.interlock.core.format;

import io.interlock.core.layout.Layout;

/** One entry of the directory: one object, named or anonymous. Written once, before the entry count admits it. */
public final class EntryLayout {

    private static final Layout.Builder B = Layout.builder();

    /** Hash of parent and name; only to skip other entries quickly. */
    public static final int HASH_OFFSET = B.int32("hash", "creator", "plain before entryCount");
    /** Index of the entry to which this one belongs, plus 1; 0 for none. */
    public static final int PARENT_OFFSET = B.int32("parent", "creator", "plain before entryCount");
    /** Code of the {@code ObjectType}. */
    public static final int TYPE_OFFSET = B.int32("type", "creator", "plain before entryCount");
    public static final int TYPE_VERSION_OFFSET = B.int32("typeVersion", "creator", "plain before entryCount");
    public static final int BLOCK_OFFSET = B.int32("blockOffset", "creator", "plain before entryCount");
    public static final int BLOCK_LENGTH_OFFSET = B.int32("blockLength", "creator", "plain before entryCount");
    /** What the object was created with; an opener's must be equal. */
    public static final int PARAMETERS_OFFSET = B.int64Array("parameters", 2, "creator", "plain before entryCount");
    /** Words that carry an owner: offset, stride, count and kind of each region as four 32-bit numbers. */
    public static final int REGIONS_OFFSET = B.int64Array("ownerRegions", 4, "creator", "plain before entryCount");
    /** Bytes of the name; 0 for an anonymous object. */
    public static final int NAME_LENGTH_OFFSET = B.int32("nameLength", "creator", "plain before entryCount");
    public static final int RESERVED_OFFSET = B.int32("reserved", "nobody", "zero");
    public static final int NAME_OFFSET = B.text("name", NameLimits.MAX_BYTES, "creator", "plain before entryCount");

    public static final Layout LAYOUT = B.build("DirectoryEntry", 1);

    /** How many owner regions an entry can list. */
    public static final int MAX_REGIONS = 2;

    private EntryLayout() {
    }
}
