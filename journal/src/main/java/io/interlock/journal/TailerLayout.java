package io.interlock.journal;

import io.interlock.core.format.RobustLockLayout;
import io.interlock.core.layout.Layout;
import io.interlock.core.object.Inspection;
import io.interlock.core.object.ObjectRequest;
import io.interlock.core.object.ObjectType;
import io.interlock.core.object.OwnerRegion;
import io.interlock.core.robust.RobustLock;
import java.util.List;

/** The block of a named tailer: who has it, and where it stands. */
final class TailerLayout {

    /** Position of a tailer that was forgotten, or was never placed. */
    static final long NOWHERE = -1;

    private static final Layout.Builder B = Layout.builder();

    /** Held by the process that has the tailer, from its opening to its closing. */
    static final int LOCK_OFFSET =
            B.int64Array("owner", RobustLockLayout.LAYOUT.lengthBytes() / 8, "process that has it", "see RobustLock");
    /** Index of the oldest message that was not handled yet; -1: nowhere. */
    static final int POSITION_OFFSET =
            B.isolate().int64("position", "process that has it", "volatile  [SYNC journal.position]");

    static final Layout LAYOUT = B.build("Tailer", 1);
    static final ObjectType TYPE = new ObjectType(TypeCodes.TAILER, LAYOUT,
            List.of(OwnerRegion.robustLock(LOCK_OFFSET)), TailerLayout::describe);

    private TailerLayout() {
    }

    static ObjectRequest request(String name, int journal) {
        return ObjectRequest.of(TYPE, name, (mem, offset) -> {
            mem.putInt(offset + LOCK_OFFSET + RobustLockLayout.FLAGS_OFFSET, RobustLock.RECURSIVE);
            mem.putLong(offset + POSITION_OFFSET, NOWHERE);
        }).partOf(journal);
    }

    private static void describe(Inspection object) {
        object.put("position", object.int64(POSITION_OFFSET));
        object.put("owner", object.owner(object.int64(LOCK_OFFSET + RobustLockLayout.WORD_OFFSET)));
        object.put("ownerDeaths", object.int64(LOCK_OFFSET + RobustLockLayout.DEATHS_OFFSET));
    }
}
