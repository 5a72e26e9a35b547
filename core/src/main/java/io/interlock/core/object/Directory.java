package io.interlock.core.object;

import io.interlock.core.error.InterlockException;
import io.interlock.core.error.LayoutMismatchException;
import io.interlock.core.error.ObjectExistsException;
import io.interlock.core.error.ObjectMismatchException;
import io.interlock.core.error.ObjectNotFoundException;
import io.interlock.core.error.SegmentFormatException;
import io.interlock.core.error.SegmentFullException;
import io.interlock.core.format.EntryLayout;
import io.interlock.core.format.HeaderLayout;
import io.interlock.core.format.NameLimits;
import io.interlock.core.layout.Layout;
import io.interlock.core.port.Context;
import io.interlock.core.port.Mem;
import io.interlock.core.port.ThreadRecord;
import io.interlock.core.robust.RobustLock;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Supplier;

/** The objects of a segment: found by name or number, created under one robust lock, never removed. */
public final class Directory {

    /* Design.
     *
     * Entries are an array that only grows, and blocks are cut off the heap in the same order, so the number of entries
     * is the whole truth: one release store of it makes the new object exist, entry, block, space and all.
     * Killed before: the next creator overwrites what was half written. Killed after: done. Nothing to repair, and a
     * reader needs no lock.                                                              SYNC directory.entry
     *
     * Looking up compares a hash first; a thousand entries are a few microseconds. Objects are opened once and used
     * for long.
     */

    private static final long LOCK_TIMEOUT_NANOS = 10_000_000_000L;
    private static final int ENTRY_LENGTH = EntryLayout.LAYOUT.lengthBytes();

    private final Context context;
    private final Mem mem;
    private final RobustLock lock;
    private final int entries;
    private final int capacity;
    private final int heap;

    /** The directory of the segment behind this handle. */
    public Directory(Context context) {
        this.context = context;
        this.mem = context.mem;
        this.lock = new RobustLock(context, HeaderLayout.DIRECTORY_LOCK_OFFSET, true);
        this.entries = mem.getInt(HeaderLayout.DIRECTORY_OFFSET);
        this.capacity = mem.getInt(HeaderLayout.DIRECTORY_CAPACITY_OFFSET);
        this.heap = mem.getInt(HeaderLayout.HEAP_OFFSET);
    }

    /** How many objects there are. */
    public int size() {
        long count = mem.getLongAcquire(HeaderLayout.ENTRY_COUNT_OFFSET); // SYNC directory.entry: acquire
        if (count < 0 || count > capacity) {
            throw new SegmentFormatException(
                    "segment is damaged: " + count + " directory entries, expected 0 to " + capacity);
        }
        return (int) count;
    }

    /** How many objects there can be. */
    public int capacity() {
        return capacity;
    }

    /** Bytes of the heap that no object has. */
    public int freeBytes() {
        return mem.capacity() - heapTop(size());
    }

    /**
     * The object with this id.
     *
     * @throws ObjectNotFoundException if there is none
     */
    public SharedBlock byId(int id) {
        if (id < 1 || id > size()) {
            throw new ObjectNotFoundException("no object #" + id + ": the segment has " + size() + " objects");
        }
        return entry(id - 1);
    }

    /** The object of this name, or null. */
    public SharedBlock find(int parent, String name) {
        return find(parent, NameLimits.encode("object", name), 0, size());
    }

    /**
     * The object that is asked for, which must exist.
     *
     * @throws ObjectNotFoundException if it does not
     * @throws ObjectMismatchException if it is of another kind
     */
    public SharedBlock open(ObjectType type, int parent, String name) {
        SharedBlock found = find(parent, name);
        context.checkOpen();
        if (found == null) {
            throw new ObjectNotFoundException(
                    "the segment has no object \"" + name + "\"; create it, or call openOrCreate");
        }
        return checked(found, type);
    }

    /** The same by id. */
    public SharedBlock open(ObjectType type, int id) {
        return checked(byId(id), type);
    }

    /**
     * Makes an object.
     *
     * @throws ObjectExistsException if the name is taken
     * @throws SegmentFullException  if there is no room
     */
    public SharedBlock create(ObjectRequest request) {
        return create(request, false);
    }

    /**
     * Opens or makes an object.
     *
     * @throws ObjectMismatchException if the name is taken by an object of another kind or with other parameters
     * @throws SegmentFullException    if there is no room
     */
    public SharedBlock openOrCreate(ObjectRequest request) {
        SharedBlock found = find(request.parent(), request.name());
        return found != null ? checked(found, request) : create(request, true);
    }

    /**
     * Opens an object, whatever its parameters, or makes one; for those who can say better than the directory what is
     * wrong with a parameter.
     *
     * @param request what to make, asked for only if there is none
     * @throws ObjectMismatchException if the name is taken by an object of another kind
     * @throws SegmentFullException    if there is no room
     */
    public SharedBlock openOrCreate(ObjectType type, int parent, String name, Supplier<ObjectRequest> request) {
        if (find(parent, name) == null) {
            try {
                return create(request.get());
            } catch (ObjectExistsException faster) {
                // Somebody made one in the meantime; objects are never removed.
            }
        }
        return open(type, parent, name);
    }

    private SharedBlock create(ObjectRequest request, boolean orOpen) {
        byte[] name = request.name().isEmpty() ? new byte[0] : NameLimits.encode("object", request.name());
        ThreadRecord me = context.self.current();
        acquire(me);
        try {
            lock.clearInconsistent();
            SharedBlock found = name.length == 0 ? null : find(request.parent(), name, 0, size());
            context.checkOpen();
            if (found == null) {
                return append(request, name);
            }
            if (!orOpen) {
                throw new ObjectExistsException("the segment already has an object \"" + request.name()
                        + "\" of type " + TypeRegistry.nameOf(found.type()) + "; open it, or call openOrCreate");
            }
            return checked(found, request);
        } finally {
            lock.release();
        }
    }

    private void acquire(ThreadRecord me) {
        try {
            if (!lock.acquire(me, context.deadline(LOCK_TIMEOUT_NANOS), false)) {
                throw new InterlockException("the directory of the segment has been locked for 10 seconds: "
                        + lock + "; is that process stopped?");
            }
        } catch (InterruptedException e) {
            throw new AssertionError("not interruptible", e);
        }
    }

    /** Under the lock: writes the next entry and its block, then admits it. */
    private SharedBlock append(ObjectRequest request, byte[] name) {
        int index = size();
        int block = heapTop(index);
        int free = mem.capacity() - block;
        if (index == capacity) {
            throw new SegmentFullException("the directory of the segment is full: it has " + capacity
                    + " entries; create the segment with a larger size, or use fewer objects");
        }
        // The second comparison keeps the rounding in the third from overflowing.
        if (request.lengthBytes() < 0 || request.lengthBytes() > free
                || Layout.align(request.lengthBytes(), Layout.ISOLATION) > free) {
            throw new SegmentFullException("the segment is full: \"" + request.name() + "\" needs "
                    + request.lengthBytes() + " bytes, " + free
                    + " are free; create the segment with a larger size (Segment.create(name, sizeBytes))");
        }
        int length = Layout.align(request.lengthBytes(), Layout.ISOLATION);
        mem.zero(block, length);
        request.initializer().fill(mem, block);
        write(entryOffset(index), request, name, block, length);
        mem.putLongRelease(HeaderLayout.ENTRY_COUNT_OFFSET, index + 1L); // SYNC directory.entry: release
        return entry(index);
    }

    private void write(int at, ObjectRequest request, byte[] name, int block, int length) {
        mem.zero(at, ENTRY_LENGTH);
        mem.putInt(at + EntryLayout.HASH_OFFSET, hash(request.parent(), name));
        mem.putInt(at + EntryLayout.PARENT_OFFSET, request.parent());
        mem.putInt(at + EntryLayout.TYPE_OFFSET, request.type().code());
        mem.putInt(at + EntryLayout.TYPE_VERSION_OFFSET, request.type().layout().version());
        mem.putInt(at + EntryLayout.BLOCK_OFFSET, block);
        mem.putInt(at + EntryLayout.BLOCK_LENGTH_OFFSET, length);
        mem.putLong(at + EntryLayout.PARAMETERS_OFFSET, request.parameter0());
        mem.putLong(at + EntryLayout.PARAMETERS_OFFSET + 8, request.parameter1());
        int region = at + EntryLayout.REGIONS_OFFSET;
        for (OwnerRegion r : request.type().regions()) {
            mem.putInt(region, r.offset());
            mem.putInt(region + 4, r.stride());
            mem.putInt(region + 8, r.count());
            mem.putInt(region + 12, r.kind().code);
            region += 16;
        }
        mem.putInt(at + EntryLayout.NAME_LENGTH_OFFSET, name.length);
        mem.putBytes(at + EntryLayout.NAME_OFFSET, name, 0, name.length);
    }

    /** Calls the visitor for every owner region of every object: offset of its first block, stride, count, kind. */
    public void forEachOwnerRegion(RegionVisitor visitor) {
        for (int index = 0, count = size(); index < count; index++) {
            SharedBlock object = entry(index);
            for (int r = 0; r < EntryLayout.MAX_REGIONS; r++) {
                int region = entryOffset(index) + EntryLayout.REGIONS_OFFSET + 16 * r;
                int offset = mem.getInt(region);
                int stride = mem.getInt(region + 4);
                int blocks = mem.getInt(region + 8);
                int kind = mem.getInt(region + 12);
                if (blocks != 0) {
                    checkRegion(object, offset, stride, blocks, kind);
                    visitor.visit(object.offset() + offset, stride, blocks, kind);
                }
            }
        }
    }

    /** Whoever visits changes words there: they must be words, and this object's. */
    private static void checkRegion(SharedBlock object, int offset, int stride, int blocks, int kind) {
        if (offset < 0 || blocks < 0 || ((offset | stride) & Long.BYTES - 1) != 0
                || stride < Math.max(Long.BYTES, OwnerRegion.Kind.usedBytes(kind))
                || offset + (long) stride * blocks > object.length()) {
            throw new SegmentFormatException("segment is damaged: object " + object.label() + " says " + blocks
                    + " blocks with owners of kind " + kind + " every " + stride + " bytes from offset " + offset
                    + ", expected words inside of its block of " + object.length() + " bytes");
        }
    }

    /** Sees one owner region. */
    @FunctionalInterface
    public interface RegionVisitor {

        /** One region; {@code kind} is an {@link OwnerRegion.Kind#code}. */
        void visit(int offset, int stride, int count, int kind);
    }

    private SharedBlock find(int parent, byte[] name, int from, int to) {
        int hash = hash(parent, name);
        for (int index = from; index < to; index++) {
            int at = entryOffset(index);
            if (mem.getInt(at + EntryLayout.HASH_OFFSET) == hash
                    && mem.getInt(at + EntryLayout.PARENT_OFFSET) == parent
                    && mem.getInt(at + EntryLayout.NAME_LENGTH_OFFSET) == name.length
                    && Arrays.equals(name, bytes(at + EntryLayout.NAME_OFFSET, name.length))) {
                return entry(index);
            }
        }
        return null;
    }

    private SharedBlock entry(int index) {
        int at = entryOffset(index);
        int block = mem.getInt(at + EntryLayout.BLOCK_OFFSET);
        int length = mem.getInt(at + EntryLayout.BLOCK_LENGTH_OFFSET);
        int nameLength = mem.getInt(at + EntryLayout.NAME_LENGTH_OFFSET);
        context.checkOpen();
        if (!isInHeap(block, length) || nameLength < 0 || nameLength > NameLimits.MAX_BYTES) {
            throw new SegmentFormatException("segment is damaged: directory entry " + index + " says block "
                    + block + " of " + length + " bytes and a name of " + nameLength + " bytes");
        }
        String name = new String(bytes(at + EntryLayout.NAME_OFFSET, nameLength), StandardCharsets.UTF_8);
        int parameters = at + EntryLayout.PARAMETERS_OFFSET;
        return new SharedBlock(context, index + 1, mem.getInt(at + EntryLayout.TYPE_OFFSET),
                mem.getInt(at + EntryLayout.TYPE_VERSION_OFFSET), mem.getInt(at + EntryLayout.PARENT_OFFSET), name,
                block, length, mem.getLong(parameters), mem.getLong(parameters + 8));
    }

    /** Whether a block can be there: aligned, and between the start of the heap and the end of the segment. */
    private boolean isInHeap(int block, int length) {
        boolean aligned = ((block | length) & Layout.ISOLATION - 1) == 0;
        return aligned && block >= heap && length >= 0 && block + (long) length <= mem.capacity();
    }

    private static SharedBlock checked(SharedBlock found, ObjectType type) {
        if (found.type() != type.code()) {
            throw new ObjectMismatchException("object \"" + found.label() + "\" is of type "
                    + TypeRegistry.nameOf(found.type()) + ", expected " + type.name());
        }
        if (found.typeVersion() != type.layout().version()) {
            throw new LayoutMismatchException("object \"" + found.label() + "\" has layout " + found.typeVersion()
                    + " of " + type.name() + ", this library uses " + type.layout().version());
        }
        if (found.length() < type.layout().lengthBytes()) {
            throw new SegmentFormatException("segment is damaged: object \"" + found.label() + "\" has a block of "
                    + found.length() + " bytes, its type " + type.name() + " needs " + type.layout().lengthBytes());
        }
        return found;
    }

    private static SharedBlock checked(SharedBlock found, ObjectRequest request) {
        checked(found, request.type());
        if (found.parameter0() != request.parameter0() || found.parameter1() != request.parameter1()) {
            throw new ObjectMismatchException("object \"" + found.label() + "\" was created with parameters "
                    + found.parameter0() + ", " + found.parameter1() + ", expected " + request.parameter0() + ", "
                    + request.parameter1());
        }
        if (found.length() < request.lengthBytes()) {
            throw new SegmentFormatException("segment is damaged: object \"" + found.label() + "\" has a block of "
                    + found.length() + " bytes, its type needs " + request.lengthBytes());
        }
        return found;
    }

    /** The next free offset of the heap when there are {@code count} entries. */
    private int heapTop(int count) {
        if (count == 0) {
            return heap;
        }
        SharedBlock last = entry(count - 1);
        return last.offset() + last.length();
    }

    private int entryOffset(int index) {
        return entries + index * ENTRY_LENGTH;
    }

    private byte[] bytes(int offset, int length) {
        byte[] bytes = new byte[length];
        mem.getBytes(offset, bytes, 0, length);
        return bytes;
    }

    private static int hash(int parent, byte[] name) {
        return 31 * Arrays.hashCode(name) + parent;
    }
}
