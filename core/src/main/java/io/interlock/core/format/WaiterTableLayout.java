package io.interlock.core.format;

import io.interlock.core.layout.Layout;

/** The block of a condition: a cell for each waiter. */
public final class WaiterTableLayout {

    /** How many threads of all processes can wait at once. */
    public static final int CELLS = 256;

    private static final Layout.Builder B = Layout.builder();

    /** Numbers the waiters in the order of their coming; the low 32 bits stand in the cell. */
    public static final int TICKET_OFFSET = B.int64("nextTicket", "any waiter", "getAndAdd");
    /** Never lower than the number of cells in use; too high after a death. */
    public static final int WAITERS_OFFSET = B.int64("waiters", "any waiter", "getAndAdd, a bound");
    /** {@code ticket:32 | state:2 | generation:18 | slot+1:12} each; 0 is a free cell. */
    public static final int CELLS_OFFSET =
            B.isolate().int64Array("cells", CELLS, "waiter and signaller", "CAS  [SYNC condition.cell]");

    public static final Layout LAYOUT = B.build("WaiterTable", 1);

    private WaiterTableLayout() {
    }
}
