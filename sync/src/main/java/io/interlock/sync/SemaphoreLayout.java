package io.interlock.sync;

import io.interlock.core.layout.Layout;
import io.interlock.core.object.Inspection;
import io.interlock.core.object.ObjectRequest;
import io.interlock.core.object.ObjectType;
import io.interlock.core.robust.EventCount;
import java.util.List;

/** The block of a semaphore. Parameters: initial permits, bound. */
final class SemaphoreLayout {

    private static final Layout.Builder B = Layout.builder();

    /** Free permits, 0 to the bound. */
    static final int PERMITS_OFFSET = B.int64("permits", "any process", "CAS  [SYNC semaphore.permit]");
    /** Those who wait for one permit. */
    static final int SINGLES_OFFSET = B.int64("singles", "any process", "see EventCount  [SYNC eventcount.sequence]");
    /** Those who wait for several at once. */
    static final int MULTIPLES_OFFSET = B.int64("multiples", "any process",
            "see EventCount  [SYNC eventcount.sequence]");
    static final Layout LAYOUT = B.build("Semaphore", 1);

    static final ObjectType TYPE =
            new ObjectType(TypeCodes.SEMAPHORE, LAYOUT, List.of(), SemaphoreLayout::describe);

    private SemaphoreLayout() {
    }

    static ObjectRequest request(String name, int permits, int bound) {
        return ObjectRequest.of(TYPE, name, (mem, offset) -> mem.putLong(offset + PERMITS_OFFSET, permits))
                .with(permits, bound);
    }

    private static void describe(Inspection object) {
        object.put("permits", object.int64(PERMITS_OFFSET));
        object.put("waiters", EventCount.waitersOf(object.int64(SINGLES_OFFSET))
                + EventCount.waitersOf(object.int64(MULTIPLES_OFFSET)));
        object.put("bound", object.parameter(1) == Integer.MAX_VALUE ? "none" : object.parameter(1));
    }
}
