package io.interlock.core.layout;

import java.util.ArrayList;
import java.util.List;

/**
 * The declared layout of one kind of shared block. It is the single source of the offsets: code takes them from the
 * builder, the inspector reads through it, and {@link #describe()} prints the table that a test compares with the one
 * in {@code docs/layout}.
 *
 * <pre>{@code
 * private static final Layout.Builder B = Layout.builder();
 * static final int PERMITS_OFFSET = B.int64("permits", "any process", "CAS  [SYNC semaphore.permit]");
 * static final Layout LAYOUT = B.build("Semaphore", 1);
 * }</pre>
 *
 * <p>A changed table is a new version.
 */
public final class Layout {

    /** Distance in bytes that keeps two hot words from disturbing each other: two cache lines, for prefetchers. */
    public static final int ISOLATION = 128;

    /** One declared field; {@code count} is 1 but for arrays, {@code stride} then tells the distance of elements. */
    public record Field(String name, String type, int offset, int length, int count, int stride, String writer,
            String ordering) {

        /** Offset of element {@code index}. */
        public int at(int index) {
            return offset + index * stride;
        }
    }

    private final String name;
    private final int version;
    private final int lengthBytes;
    private final List<Field> fields;

    private Layout(String name, int version, int lengthBytes, List<Field> fields) {
        this.name = name;
        this.version = version;
        this.lengthBytes = lengthBytes;
        this.fields = List.copyOf(fields);
    }

    /** Starts a declaration. */
    public static Builder builder() {
        return new Builder();
    }

    /** Name of the kind of block. */
    public String name() {
        return name;
    }

    /** Version of the layout; it is stored with every object. */
    public int version() {
        return version;
    }

    /** Length of the fixed part in bytes, a multiple of {@link #ISOLATION}. */
    public int lengthBytes() {
        return lengthBytes;
    }

    /** The fields in the order of their offsets. */
    public List<Field> fields() {
        return fields;
    }

    /** The table of the layout, as Markdown. */
    public String describe() {
        StringBuilder table = new StringBuilder();
        table.append("# ").append(name).append(", version ").append(version).append(", ").append(lengthBytes)
                .append(" bytes\n\n| offset | type | name | written by | ordering |\n|---:|---|---|---|---|\n");
        for (Field f : fields) {
            String type = f.count == 1 ? f.type : f.type + "[" + f.count + "] every " + f.stride;
            table.append("| ").append(f.offset).append(" | ").append(type).append(" | ").append(f.name).append(" | ")
                    .append(f.writer).append(" | ").append(f.ordering).append(" |\n");
        }
        return table.toString();
    }

    @Override
    public String toString() {
        return name + " v" + version;
    }

    /** Declares fields from offset 0 upwards. */
    public static final class Builder {

        private final List<Field> fields = new ArrayList<>();
        private int next;

        private Builder() {
        }

        /** Moves the next field to a cache line pair of its own. */
        public Builder isolate() {
            next = align(next, ISOLATION);
            return this;
        }

        /** Declares a 32-bit word and returns its offset. */
        public int int32(String name, String writer, String ordering) {
            return add(name, "int32", 4, 4, 1, writer, ordering);
        }

        /** Declares a 64-bit word and returns its offset. */
        public int int64(String name, String writer, String ordering) {
            return add(name, "int64", 8, 8, 1, writer, ordering);
        }

        /** Declares {@code count} 64-bit words in a row and returns the offset of the first. */
        public int int64Array(String name, int count, String writer, String ordering) {
            return add(name, "int64", 8, 8, count, writer, ordering);
        }

        /** Declares text of at most {@code length} bytes of UTF-8, ended by a zero byte if shorter. */
        public int text(String name, int length, String writer, String ordering) {
            return add(name, "utf8(" + length + ")", length, 1, 1, writer, ordering);
        }

        /** Ends the declaration. */
        public Layout build(String name, int version) {
            return new Layout(name, version, align(next, ISOLATION), fields);
        }

        private int add(String name, String type, int size, int alignment, int count, String writer, String ordering) {
            if (next % alignment != 0) {
                throw new IllegalStateException(
                        "field " + name + " would start at offset " + next + ", it needs a multiple of " + alignment);
            }
            int offset = next;
            fields.add(new Field(name, type, offset, size * count, count, size, writer, ordering));
            next += size * count;
            return offset;
        }
    }

    /** The next multiple of a power of two. */
    public static int align(int value, int alignment) {
        return (value + alignment - 1) & -alignment;
    }
}
