package io.interlock.sync;

import io.interlock.core.layout.Layout;
import io.interlock.core.object.Inspection;
import io.interlock.core.object.ObjectRequest;
import io.interlock.core.object.ObjectType;
import io.interlock.core.robust.EventCount;
import java.util.List;

/** The block of an event. */
final class EventLayout {

    private static final Layout.Builder B = Layout.builder();

    /** {@code times set:63 | SET:1}. */
    static final int STATE_OFFSET = B.int64("state", "any process", "CAS  [SYNC event.state]");
    static final int WAITERS_OFFSET = B.int64("waiters", "any process", "see EventCount  [SYNC eventcount.sequence]");
    static final Layout LAYOUT = B.build("Event", 1);

    static final ObjectType TYPE = new ObjectType(TypeCodes.EVENT, LAYOUT, List.of(), EventLayout::describe);

    private EventLayout() {
    }

    static ObjectRequest request(String name) {
        return ObjectRequest.of(TYPE, name, (mem, offset) -> {
        });
    }

    private static void describe(Inspection object) {
        long state = object.int64(STATE_OFFSET);
        object.put("set", EventState.isSet(state));
        object.put("waiters", EventCount.waitersOf(object.int64(WAITERS_OFFSET)));
        object.put("timesSet", EventState.timesSet(state));
    }
}
