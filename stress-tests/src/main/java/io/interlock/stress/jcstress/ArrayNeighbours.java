package io.interlock.stress.jcstress;

import io.interlock.core.port.Mem;
import io.interlock.memory.IpcByteArray;
import java.nio.ByteOrder;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * Claim: who writes an element of an array, here an {@link io.interlock.memory.IpcByteArray}, does not touch its
 * neighbours, though others write to them at the same time.
 *
 * <pre>{@code ./interlock stress jcstress --only ArrayNeighbours}</pre>
 *
 * <table class="striped">
 * <caption>Outcomes</caption>
 * <thead><tr><th>element, neighbour</th><th>shipped</th><th>twin</th><th>meaning</th></tr></thead>
 * <tbody>
 * <tr><td>1, 2</td><td>always</td><td>mostly</td><td>both are there</td></tr>
 * <tr><td>1, 0; 0, 2</td><td>never</td><td>sometimes</td><td>one was written over</td></tr>
 * </tbody>
 * </table>
 */
public final class ArrayNeighbours {

    private static final TwoMappings FILE = TwoMappings.withPlacesOf(TwoMappings.LINE);
    private static final boolean LITTLE_ENDIAN = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
    private static final int FIRST_BYTE_1 = LITTLE_ENDIAN ? 1 : 1 << 24;
    private static final int SECOND_BYTE_2 = LITTLE_ENDIAN ? 2 << 8 : 2 << 16;

    private ArrayNeighbours() {
    }

    /** The shipped array. */
    @JCStressTest
    @Outcome(id = "1, 2", expect = Expect.ACCEPTABLE, desc = "Both are there.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "One was written over.")
    @State
    public static class Real {

        private final Meeting meeting = new Meeting();
        private final int place = FILE.place();
        private final IpcByteArray left = Shipped.array(FILE.left, place);
        private final IpcByteArray right = Shipped.array(FILE.right, place);

        @Actor
        public void one() {
            meeting.attend();
            left.set(0, (byte) 1);
        }

        @Actor
        public void other() {
            meeting.attend();
            right.set(1, (byte) 2);
        }

        @Arbiter
        public void look(II_Result r) {
            r.r1 = left.get(0);
            r.r2 = left.get(1);
        }
    }

    /** Writes a byte by reading and writing the word in which it lies. */
    @JCStressTest
    @Outcome(id = "1, 2", expect = Expect.ACCEPTABLE, desc = "Both are there.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "One was written over.")
    @State
    public static class Twin {

        private final Meeting meeting = new Meeting();
        private final int place = FILE.place();
        private final IpcByteArray left = Shipped.array(FILE.left, place);

        private void or(Mem mem, int bits) {
            mem.putIntVolatile(place, mem.getIntVolatile(place) | bits);
        }

        @Actor
        public void one() {
            meeting.attend();
            or(FILE.left.mem, FIRST_BYTE_1);
        }

        @Actor
        public void other() {
            meeting.attend();
            or(FILE.right.mem, SECOND_BYTE_2);
        }

        @Arbiter
        public void look(II_Result r) {
            r.r1 = left.get(0);
            r.r2 = left.get(1);
        }
    }
}
