package io.interlock.journal;

import io.interlock.core.layout.Layout;
import io.interlock.core.object.Inspection;
import io.interlock.core.object.ObjectRequest;
import io.interlock.core.object.ObjectType;
import java.util.List;

/** The block of a queue whose messages are moved to the journal. */
final class SourceLayout {

    /** No batch is on its way. */
    static final long NOTHING = -1;
    /** What was found at the intent has been noted, since its file may be deleted. */
    static final long NOTED = -2;

    private static final Layout.Builder B = Layout.builder();

    /** Where the newest batch is, if it is there: index of its first message; -1: none; -2: see the next two. */
    static final int INTENT_OFFSET =
            B.int64("intent", "holder of the appendLock; who was the holder may take his own back", "volatile");
    /** Where in the queue the newest batch began. */
    static final int ORIGIN_OFFSET = B.int64("notedOrigin", "holder of the appendLock", "plain, before intent");
    /** How many messages it had. */
    static final int COUNT_OFFSET = B.int64("notedCount", "holder of the appendLock", "plain, before intent");

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
