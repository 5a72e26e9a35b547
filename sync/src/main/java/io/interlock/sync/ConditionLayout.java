package io.interlock.sync;

import io.interlock.core.format.WaiterTableLayout;
import io.interlock.core.layout.Layout;
import io.interlock.core.object.Inspection;
import io.interlock.core.object.ObjectRequest;
import io.interlock.core.object.ObjectType;
import io.interlock.core.object.OwnerRegion;
import java.util.List;

/** The block of a condition: a table of waiters and nothing else. */
final class ConditionLayout {

    static final int TABLE_OFFSET = 0;
    static final Layout LAYOUT = layout();
    static final ObjectType TYPE = new ObjectType(TypeCodes.CONDITION, LAYOUT,
            List.of(OwnerRegion.waiterTable(TABLE_OFFSET)), ConditionLayout::describe);

    private ConditionLayout() {
    }

    private static Layout layout() {
        Layout.Builder b = Layout.builder();
        b.int64Array("waiterTable", WaiterTableLayout.LAYOUT.lengthBytes() / 8, "see WaiterTable", "see WaiterTable");
        return b.build("Condition", 1);
    }

    static ObjectRequest request(String name) {
        return ObjectRequest.of(TYPE, Names.checked(name), (mem, offset) -> {
        });
    }

    private static void describe(Inspection object) {
        int waiting = 0;
        for (int cell = 0; cell < WaiterTableLayout.CELLS; cell++) {
            if (object.int64(TABLE_OFFSET + WaiterTableLayout.CELLS_OFFSET + 8 * cell) != 0) {
                waiting++;
            }
        }
        object.put("waiting", waiting);
        object.put("waitsSoFar", object.int64(TABLE_OFFSET + WaiterTableLayout.TICKET_OFFSET));
    }
}
