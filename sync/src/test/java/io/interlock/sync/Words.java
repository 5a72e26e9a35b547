package io.interlock.sync;

import io.interlock.core.Segment;
import io.interlock.core.layout.Layout;
import io.interlock.core.object.ObjectRequest;
import io.interlock.core.object.ObjectType;
import io.interlock.core.object.SharedBlock;
import java.util.List;

/** A plain word in a segment, without any ordering of its own: what the locks have to guard. */
final class Words {

    private static final Layout.Builder B = Layout.builder();
    private static final int VALUE_OFFSET = B.int64("value", "holder", "plain, under a lock");
    private static final ObjectType TYPE = new ObjectType(9_001, B.build("TestWord", 1), List.of(), object -> {
    });

    private final SharedBlock block;

    private Words(SharedBlock block) {
        this.block = block;
    }

    static Words of(Segment segment, String name) {
        return new Words(segment.directory().openOrCreate(ObjectRequest.of(TYPE, name, (mem, offset) -> {
        })));
    }

    long get() {
        return block.context().mem.getLong(block.offset() + VALUE_OFFSET);
    }

    void set(long value) {
        block.context().mem.putLong(block.offset() + VALUE_OFFSET, value);
    }
}
