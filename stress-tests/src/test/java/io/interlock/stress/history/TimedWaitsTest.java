package io.interlock.stress.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class TimedWaitsTest {

    private static final int LIMIT = 30;

    @Test
    void whoGivesUpThoughTheEventWasSetMeanwhileIsWrong() {
        Histories set = gaveUp().did(2, Action.SET, 0, 0, 1, 2);
        assertEquals(Optional.empty(), Linearizability.check(new EventModel(), set.history()));
        rejects(set);
    }

    @Test
    void aPulseIsNotMissedEither() {
        rejects(gaveUp().did(2, Action.SET, 0, 0, 9, 10).did(2, Action.CLEAR, 0, 0, 11, 12));
    }

    @Test
    void whatMayHaveBeenBeforeTheWaitOrAfterItIsNoPulse() {
        accepts(gaveUp().did(2, Action.SET, 0, 0, -1, 3).did(2, Action.CLEAR, 0, 0, 4, 5)
                .did(3, Action.SET, 0, 0, 29, 31));
    }

    @Test
    void aWaitThatReturnsLateMayHaveBegunLate() {
        accepts(new Histories().did(1, Action.AWAIT, LIMIT, 0, 0, 50).did(2, Action.SET, 0, 0, 5, 6)
                .did(2, Action.CLEAR, 0, 0, 7, 8));
        rejects(new Histories().did(1, Action.AWAIT, LIMIT, 0, 0, 50).did(2, Action.SET, 0, 0, 21, 22));
    }

    @Test
    void theDeadMayNotHaveSetIt() {
        accepts(gaveUp().began(2, Action.SET, 0, 3).died(2, 4, 8));
    }

    @Test
    void whoDoesNotWaitOnlyLooks() {
        accepts(new Histories().did(1, Action.AWAIT, 0, 0, 0, 9).did(2, Action.SET, 0, 0, 3, 4));
    }

    private static Histories gaveUp() {
        return new Histories().did(1, Action.AWAIT, LIMIT, 0, 0, LIMIT);
    }

    private static void accepts(Histories histories) {
        assertEquals(Optional.empty(), TimedWaits.check(histories.history()));
    }

    private static void rejects(Histories histories) {
        String told = TimedWaits.check(histories.history()).orElseThrow();
        assertTrue(told.contains("process 1 gave up, though the event was set while it waited"), told);
    }
}
