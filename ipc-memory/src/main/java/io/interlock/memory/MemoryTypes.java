package io.interlock.memory;

import io.interlock.core.object.ObjectType;
import io.interlock.core.object.ObjectTypes;
import io.interlock.memory.ring.RingLayout;
import java.util.List;

/** The kinds of object of this module, for the inspector. */
public final class MemoryTypes implements ObjectTypes {

    @Override
    public List<ObjectType> types() {
        return List.of(ValueLayout.INT, ValueLayout.LONG, ValueLayout.DOUBLE, ValueLayout.BOOLEAN,
                ArrayLayout.BYTE.type, ArrayLayout.SHORT.type, ArrayLayout.INT.type, ArrayLayout.LONG.type,
                ArrayLayout.FLOAT.type, ArrayLayout.DOUBLE.type, RingLayout.TYPE, PipeLayout.TYPE);
    }
}
