package io.interlock.stress.load;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.interlock.stress.history.Action;
import io.interlock.stress.history.Death;
import io.interlock.stress.history.Ending;
import io.interlock.stress.history.History;
import io.interlock.stress.history.Operation;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RecoveryTest {

    private final List<Operation> turns = new ArrayList<>();
    private final List<Death> deaths = new ArrayList<>();
    private final List<Crew.Pause> pauses = new ArrayList<>();

    @Nested
    class ATime {

        @Test
        void isThatOfTheSurvivorWhoTakesLongest() {
            turn(1, 1, 2);
            turn(2, 1, 2);
            turn(2, 9, 20); // began before
            turn(2, 21, 30);
            turn(3, 1, 2);
            turn(3, 11, 12);
            died(1, 10, 11);
            assertEquals(new Recovery.Times(List.of(20L), 0), times());
        }

        @Test
        void isNotKnownIfASurvivorWasKilledBeforeItGotOn() {
            turn(1, 1, 2);
            turn(2, 9, 20);
            turn(3, 1, 2);
            turn(3, 11, 12);
            turn(3, 31, 35);
            died(1, 10, 11);
            died(2, 30, 31);
            assertEquals(new Recovery.Times(List.of(5L), 1), times());
        }

        @Test
        void isThatOfTheSurvivorsOfTwoKilledAtOnce() {
            turn(1, 1, 2);
            turn(2, 1, 2);
            turn(3, 1, 2);
            turn(3, 13, 15);
            died(1, 10, 12);
            died(2, 11, 12);
            assertEquals(new Recovery.Times(List.of(5L, 4L), 0), times());
        }

        @Test
        void isNotTakenWhileSomebodyIsStoppedOrNobodySurvives() {
            turn(1, 1, 2);
            turn(2, 1, 2);
            turn(2, 13, 15);
            died(1, 10, 12);
            pauses.add(new Crew.Pause(2, 14));
            died(2, 30, 31);
            assertEquals(new Recovery.Times(List.of(), 2), times());
        }
    }

    private void turn(int process, long from, long to) {
        turns.add(new Operation(process, Action.TURN, 0, 0, 0, 0, Ending.RETURNED, from, to));
    }

    private void died(int process, long from, long to) {
        deaths.add(new Death(process, from, to));
    }

    private Recovery.Times times() {
        return Recovery.times(History.of(turns, deaths), deaths, pauses);
    }
}
