package io.interlock.stress.kill;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.interlock.stress.Times;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class DeedsTest {

    @Nested
    class ByName {

        @Test
        void makesEachOfThem() {
            assertTrue(Deeds.names().size() > 20);
            Deeds.names().forEach(name -> assertDoesNotThrow(() -> Deeds.byName(name)));
        }

        @Test
        void saysWhichThereAre() {
            String said = assertThrows(IllegalArgumentException.class, () -> Deeds.byName("dig")).getMessage();
            assertTrue(said.contains("no deed dig") && said.contains("rlock"), said);
        }
    }

    @Nested
    class RowOf {

        @Test
        void describesWhatWasSeenWithHowOftenIfItDiffers() {
            Row row = new Row();
            row.add(new Trial.Result("r", true, null, "a", 5, 0, false));
            assertTrue(row.afterDeath().equals("a") && row.times().medianNanos() == 5, row.toString());
            row.add(new Trial.Result("r", true, "waits", "b", 0, 0, false));
            row.add(new Trial.Result("r", true, null, "b", 9, 0, false));
            assertTrue(row.afterDeath().equals("b (2); or a (1)") && row.killed() == 3, row.afterDeath());
            assertTrue(row.whileStopped().equals("waits") && row.stopped() == 1, row.whileStopped());
            assertTrue(row.times().maxNanos() == 9, row.toString());
        }

        @Test
        void hasNoTimesWhereNobodyWaited() {
            assertTrue(new Row().times().medianNanos() == Times.NONE && new Row().times().maxNanos() == Times.NONE);
        }
    }
}
