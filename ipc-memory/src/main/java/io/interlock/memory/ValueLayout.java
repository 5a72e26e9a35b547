package io.interlock.memory;

import io.interlock.core.format.NameLimits;
import io.interlock.core.layout.Layout;
import io.interlock.core.object.Inspection;
import io.interlock.core.object.ObjectRequest;
import io.interlock.core.object.ObjectType;
import java.util.List;
import java.util.function.Function;

/**
 * The blocks of values: one word, alone on its cache line pair, since blocks begin and end at multiples of
 * {@link Layout#ISOLATION}.
 */
final class ValueLayout {

    private static final String WRITER = "any process";
    private static final String ORDERING = "the caller's choice: plain, acquire/release, volatile, atomic";

    static final int VALUE_OFFSET = 0;

    static final ObjectType INT =
            type(TypeCodes.INT, int32("Int", "value"), object -> object.int32(VALUE_OFFSET));
    static final ObjectType LONG =
            type(TypeCodes.LONG, int64("Long", "value"), object -> object.int64(VALUE_OFFSET));
    static final ObjectType DOUBLE = type(TypeCodes.DOUBLE, int64("Double", "value, IEEE 754 binary64"),
            object -> Double.longBitsToDouble(object.int64(VALUE_OFFSET)));
    static final ObjectType BOOLEAN = type(TypeCodes.BOOLEAN, int32("Boolean", "value, 1 for true, 0 for false"),
            object -> object.int32(VALUE_OFFSET) != 0);

    private ValueLayout() {
    }

    /** A new named value. */
    static ObjectRequest named(ObjectType type, String name, ObjectRequest.Initializer initializer) {
        NameLimits.encode("object", name);
        return ObjectRequest.of(type, name, initializer);
    }

    /** A new anonymous value. */
    static ObjectRequest anonymous(ObjectType type, ObjectRequest.Initializer initializer) {
        return ObjectRequest.of(type, "", initializer);
    }

    private static Layout int32(String name, String field) {
        Layout.Builder b = Layout.builder();
        b.isolate().int32(field, WRITER, ORDERING);
        return b.build(name, 1);
    }

    private static Layout int64(String name, String field) {
        Layout.Builder b = Layout.builder();
        b.isolate().int64(field, WRITER, ORDERING);
        return b.build(name, 1);
    }

    private static ObjectType type(int code, Layout layout, Function<Inspection, Object> reader) {
        return new ObjectType(code, layout, List.of(), object -> object.put("value", reader.apply(object)));
    }
}
