package io.interlock.memory;

import io.interlock.core.Segment;
import io.interlock.core.SegmentOptions;
import io.interlock.core.error.ObjectMismatchException;
import io.interlock.core.error.SegmentFormatException;
import io.interlock.core.error.SegmentFullException;
import io.interlock.core.format.NameLimits;
import io.interlock.core.layout.Layout;
import io.interlock.core.object.Inspection;
import io.interlock.core.object.ObjectRequest;
import io.interlock.core.object.ObjectType;
import io.interlock.core.object.SharedBlock;
import io.interlock.core.port.Mem;
import java.util.List;
import java.util.StringJoiner;

/**
 * The blocks of arrays: the elements in a row and nothing else. The length is the object's first parameter and stands
 * in the directory, where it never changes. One instance for each kind of element.
 *
 * <p>The declared layout shows the first word only, what follows is more of the same; an array of length 0 has that
 * word as well, unused.
 */
final class ArrayLayout {

    private static final String WRITER = "any process";
    private static final String PLAIN = "plain";
    private static final String ORDERED = "the caller's choice: plain, acquire/release, volatile, atomic";

    static final int ELEMENTS_OFFSET = 0;
    /** How many elements the inspector shows. */
    static final int SHOWN = 8;

    static final ArrayLayout BYTE = new ArrayLayout(TypeCodes.BYTE_ARRAY, Byte.BYTES,
            int64("ByteArray", "elements 0 to 7, int8 each; more follow", PLAIN), Inspection::int8);
    static final ArrayLayout SHORT = new ArrayLayout(TypeCodes.SHORT_ARRAY, Short.BYTES,
            int64("ShortArray", "elements 0 to 3, int16 each; more follow", PLAIN), Inspection::int16);
    static final ArrayLayout INT = new ArrayLayout(TypeCodes.INT_ARRAY, Integer.BYTES,
            int32("IntArray", "element 0; more follow"), Inspection::int32);
    static final ArrayLayout LONG = new ArrayLayout(TypeCodes.LONG_ARRAY, Long.BYTES,
            int64("LongArray", "element 0; more follow", ORDERED), Inspection::int64);
    static final ArrayLayout FLOAT = new ArrayLayout(TypeCodes.FLOAT_ARRAY, Float.BYTES,
            int32("FloatArray", "element 0, IEEE 754 binary32; more follow"),
            (object, offset) -> Float.intBitsToFloat(object.int32(offset)));
    static final ArrayLayout DOUBLE = new ArrayLayout(TypeCodes.DOUBLE_ARRAY, Double.BYTES,
            int64("DoubleArray", "element 0, IEEE 754 binary64; more follow", ORDERED),
            (object, offset) -> Double.longBitsToDouble(object.int64(offset)));

    final ObjectType type;
    private final int widthBytes;
    private final Reader reader;

    private ArrayLayout(int code, int widthBytes, Layout layout, Reader reader) {
        this.type = new ObjectType(code, layout, List.of(), this::describe);
        this.widthBytes = widthBytes;
        this.reader = reader;
    }

    /** Reads one element for the inspector. */
    @FunctionalInterface
    private interface Reader {

        Object read(Inspection object, int offset);
    }

    private static Layout int32(String name, String field) {
        Layout.Builder b = Layout.builder();
        b.int32(field, WRITER, ORDERED);
        return b.build(name, 1);
    }

    private static Layout int64(String name, String field, String ordering) {
        Layout.Builder b = Layout.builder();
        b.int64(field, WRITER, ordering);
        return b.build(name, 1);
    }

    /** Makes an anonymous array. */
    SharedBlock create(Segment segment, int length, ObjectRequest.Initializer initializer) {
        return segment.directory().create(request(segment, "", length, initializer));
    }

    /** Makes a named array. */
    SharedBlock create(Segment segment, String name, int length, ObjectRequest.Initializer initializer) {
        NameLimits.encode("object", name);
        return segment.directory().create(request(segment, name, length, initializer));
    }

    SharedBlock open(Segment segment, String name) {
        return whole(segment.directory().open(type, 0, name));
    }

    SharedBlock open(Segment segment, int id) {
        return whole(segment.directory().open(type, id));
    }

    /** Opens or makes an array. */
    SharedBlock openOrCreate(Segment segment, String name, int length) {
        requireLength(length);
        return ofLength(whole(segment.directory().openOrCreate(type, 0, name,
                () -> request(segment, name, length, ArrayLayout::leaveZero))), length);
    }

    /** Told here and not by the directory, which knows of parameters and not of lengths. */
    private SharedBlock ofLength(SharedBlock found, int length) {
        if (found.parameter0() != length) {
            throw new ObjectMismatchException("array \"" + found.label() + "\" of type " + type.name() + " has length "
                    + found.parameter0() + ", expected " + length
                    + "; ask for that length, or call open, which takes the array as it is");
        }
        return found;
    }

    /** The start value of elements that nobody gave. */
    static void leaveZero(Mem mem, int offset) {
        // The directory hands out zeroed blocks.
    }

    private ObjectRequest request(Segment segment, String name, int length, ObjectRequest.Initializer initializer) {
        requireLength(length);
        long needed = (long) length * widthBytes;
        if (needed > SegmentOptions.MAX_SIZE_BYTES) {
            throw new SegmentFullException("the segment is full: an array of " + length + " elements needs " + needed
                    + " bytes, " + segment.directory().freeBytes() + " are free, and no segment has more than "
                    + SegmentOptions.MAX_SIZE_BYTES + "; use several arrays in several segments");
        }
        int lengthBytes = Math.max((int) needed, type.layout().lengthBytes());
        return ObjectRequest.of(type, name, initializer).ofLength(lengthBytes).with(length, 0);
    }

    private static void requireLength(int length) {
        if (length < 0) {
            throw new IllegalArgumentException("length must not be negative, length=" + length);
        }
    }

    /** A block that has room for its elements: accesses rely on it. */
    private SharedBlock whole(SharedBlock found) {
        long length = found.parameter0();
        if (length < 0 || length > found.length() / widthBytes) {
            throw new SegmentFormatException("segment is damaged: array \"" + found.label() + "\" has length " + length
                    + " and a block of " + found.length() + " bytes, expected at least " + widthBytes
                    + " bytes for each element");
        }
        return found;
    }

    private void describe(Inspection object) {
        long length = object.parameter(0);
        StringJoiner shown = new StringJoiner(", ", "[", length > SHOWN ? ", ...]" : "]");
        for (int i = 0; i < Math.min(length, SHOWN); i++) {
            shown.add(String.valueOf(reader.read(object, ELEMENTS_OFFSET + i * widthBytes)));
        }
        object.put("length", length);
        object.put("elements", shown.toString());
    }
}
