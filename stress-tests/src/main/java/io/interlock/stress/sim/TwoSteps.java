package io.interlock.stress.sim;

import io.interlock.core.format.HeaderLayout;

/**
 * A machine on which an atomic instruction on the first word of the first object is a load and a store, between which
 * others may come.
 */
final class TwoSteps implements World.Tweaks {

    @Override
    public SimMem mem(Machine machine) {
        return new SimMem(machine) {

            private boolean isTorn(int offset) {
                return offset == machine.memory.get(HeaderLayout.HEAP_OFFSET, Integer.BYTES);
            }

            @Override
            public boolean casLong(int offset, long expected, long update) {
                if (!isTorn(offset)) {
                    return super.casLong(offset, expected, update);
                }
                boolean equal = getLong(offset) == expected;
                if (equal) {
                    putLongVolatile(offset, update);
                }
                return equal;
            }

            @Override
            public long getAndSetLong(int offset, long value) {
                if (!isTorn(offset)) {
                    return super.getAndSetLong(offset, value);
                }
                long was = getLong(offset);
                putLongVolatile(offset, value);
                return was;
            }
        };
    }
}
