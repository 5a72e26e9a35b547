package io.interlock.memory;

import io.interlock.core.format.RobustLockLayout;
import io.interlock.core.layout.Layout;
import io.interlock.core.object.Inspection;
import io.interlock.core.object.ObjectRequest;
import io.interlock.core.object.ObjectType;
import io.interlock.core.object.OwnerRegion;
import io.interlock.core.robust.RobustLock;
import io.interlock.core.robust.RobustWord;
import java.util.List;

/** The block of a pipe: who has its ends. The messages are in queues that belong to it. */
final class PipeLayout {

    /** Names of the queues, by the end that sends. */
    static final List<String> QUEUES = List.of("from-first", "from-second");

    private static final Layout.Builder B = Layout.builder();
    private static final String OWNER = "process that has the end";

    /** Held by the process that has the first end, from its first use to its close. */
    static final int FIRST_LOCK_OFFSET =
            B.int64Array("firstEnd", RobustLockLayout.LAYOUT.lengthBytes() / 8, OWNER, "see RobustLock");
    static final int SECOND_LOCK_OFFSET = B.isolate()
            .int64Array("secondEnd", RobustLockLayout.LAYOUT.lengthBytes() / 8, OWNER, "see RobustLock");
    /** 1 once the end was closed. */
    static final int FIRST_CLOSED_OFFSET = B.isolate().int32("firstClosed", OWNER, "volatile, set once");
    static final int SECOND_CLOSED_OFFSET = B.int32("secondClosed", OWNER, "volatile, set once");

    static final Layout LAYOUT = B.build("Pipe", 1);
    static final ObjectType TYPE = new ObjectType(TypeCodes.PIPE, LAYOUT,
            List.of(new OwnerRegion(FIRST_LOCK_OFFSET, SECOND_LOCK_OFFSET - FIRST_LOCK_OFFSET, 2,
                    OwnerRegion.Kind.ROBUST_LOCK)),
            PipeLayout::describe);

    private PipeLayout() {
    }

    static ObjectRequest request(String name, boolean duplex) {
        return ObjectRequest.of(TYPE, name, (mem, offset) -> {
            mem.putInt(offset + FIRST_LOCK_OFFSET + RobustLockLayout.FLAGS_OFFSET, RobustLock.RECURSIVE);
            mem.putInt(offset + SECOND_LOCK_OFFSET + RobustLockLayout.FLAGS_OFFSET, RobustLock.RECURSIVE);
        }).with(duplex ? 1 : 0, 0);
    }

    private static void describe(Inspection object) {
        object.put("duplex", object.parameter(0) == 1);
        describeEnd(object, "first", FIRST_LOCK_OFFSET, FIRST_CLOSED_OFFSET);
        describeEnd(object, "second", SECOND_LOCK_OFFSET, SECOND_CLOSED_OFFSET);
    }

    private static void describeEnd(Inspection object, String end, int lock, int closed) {
        long word = object.int64(lock + RobustLockLayout.WORD_OFFSET);
        object.put(end + "End", object.owner(word));
        object.put(end + "Closed", object.int32(closed) != 0);
        object.put(end + "Died", RobustWord.isFree(word) && RobustWord.isInconsistent(word));
    }
}
