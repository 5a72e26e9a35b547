package io.interlock.journal;

import io.interlock.core.layout.Layout;
import io.interlock.core.object.Inspection;
import io.interlock.core.object.ObjectRequest;
import io.interlock.core.object.ObjectType;
import java.util.List;

/** The block of a queue whose messages are moved to the journal. */
final class SourceLayout {

    /** Nothing was moved yet. */
    static final long NOTHING = -1;

    private static final Layout.Builder B = Layout.builder();

    /** Where the newest batch is, if it is there: index of its first message; -1: none. */
    static final int INTENT_OFFSET =
            B.int64("intent", "holder of the queue's consuming side and of the appendLock", "volatile");

    static final Layout LAYOUT = B.build("Source", 1);
    static final ObjectType TYPE = new ObjectType(TypeCodes.SOURCE, LAYOUT, List.of(), SourceLayout::describe);

    private SourceLayout() {
    }

    static ObjectRequest request(String name, int journal) {
        return ObjectRequest.of(TYPE, name, (mem, offset) -> mem.putLong(offset + INTENT_OFFSET, NOTHING))
                .partOf(journal);
    }

    private static void describe(Inspection object) {
        object.put("newestBatchAt", object.int64(INTENT_OFFSET));
    }
}
