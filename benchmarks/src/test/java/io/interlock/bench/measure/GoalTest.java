package io.interlock.bench.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class GoalTest {

    private final Goal goal = new Goal("IpcThing", "Other", 1.5);

    @Nested
    class IsMetBy {

        @Test
        void atMostTheRatioWhereLessIsBetter() {
            assertTrue(goal.isMetBy(Unit.NANOS_EACH, 1.4));
            assertTrue(goal.isMetBy(Unit.NANOS_EACH, 1.5));
            assertFalse(goal.isMetBy(Unit.NANOS_EACH, 1.6));
        }

        @Test
        void atLeastTheRatioWhereMoreIsBetter() {
            assertFalse(goal.isMetBy(Unit.PER_SECOND, 1.4));
            assertTrue(goal.isMetBy(Unit.PER_SECOND, 1.5));
            assertTrue(goal.isMetBy(Unit.PER_SECOND, 1.6));
        }
    }

    @Nested
    class Describe {

        @Test
        void saysWhichWayIsBetter() {
            assertEquals("at most 1.5 x Other", goal.describe(Unit.NANOS_EACH));
            assertEquals("at least 1.5 x Other", goal.describe(Unit.PER_SECOND));
        }
    }
}
