package io.interlock.core.port;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ThreadRecordTest {

    private static final int STEPS = 2_000;
    private static final int OBJECTS = 6;

    private final ThreadRecord me = new ThreadRecord(1, Thread.currentThread(), false);
    private final List<long[]> expected = new ArrayList<>();

    @Nested
    class Holds {

        @Test
        void areNoneAtFirst() {
            assertEquals(-1, me.findHold(64));
            assertEquals(0, me.depth());
        }

        @Test
        void ofOneObjectAreFoundFromTheNewestOn() {
            me.pushHold(64, 1);
            me.pushHold(64, 2);
            assertEquals(2, me.holdToken(me.findHold(64)));
            me.dropHold(me.findHold(64));
            assertEquals(1, me.holdToken(me.findHold(64)));
        }

        @Test
        @DisplayName("noteHold() renews the hold that there is, wherever it stands")
        void noteHoldRenews() {
            me.pushHold(64, 1);
            me.pushHold(128, 2);
            me.acquired(7);
            assertEquals(0, me.noteHold(64));
            assertEquals(1, me.noteHold(128));
            assertEquals(7, me.holdToken(0));
            assertEquals(7, me.holdToken(1));
            assertEquals(2, me.depth());
        }

        @ParameterizedTest
        @ValueSource(longs = {1, 2, 3})
        void areThoseOfAListWhateverTheOrder(long seed) {
            Random random = new Random(seed);
            for (int step = 0; step < STEPS; step++) {
                if (random.nextInt(100) < 52) {
                    push(64 * (1 + random.nextInt(OBJECTS)), step);
                } else if (!expected.isEmpty()) {
                    int index = random.nextInt(expected.size());
                    me.dropHold(index);
                    expected.remove(index);
                }
                assertSame();
            }
        }

        private void push(int offset, long token) {
            me.prepareHold();
            me.pushHold(offset, token);
            expected.add(new long[]{offset, token});
        }

        private void assertSame() {
            assertEquals(expected.size(), me.depth());
            for (int i = 0; i < expected.size(); i++) {
                assertEquals(expected.get(i)[0], me.holdOffset(i));
                assertEquals(expected.get(i)[1], me.holdToken(i));
            }
            for (int offset = 64; offset <= 64 * OBJECTS; offset += 64) {
                assertEquals(newest(offset), me.findHold(offset));
            }
        }

        private int newest(int offset) {
            int index = expected.size() - 1;
            while (index >= 0 && expected.get(index)[0] != offset) {
                index--;
            }
            return index;
        }
    }
}
