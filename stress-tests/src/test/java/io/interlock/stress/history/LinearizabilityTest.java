package io.interlock.stress.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class LinearizabilityTest {

    @Nested
    class OfARegister {

        @Test
        void acceptsOperationsThatOverlapInEitherOrder() {
            accepts(new RegisterModel(0), new Histories().did(1, Action.SET, 5, 0, 10, 20)
                    .did(2, Action.GET, 0, 0, 11, 19).did(3, Action.GET, 0, 5, 12, 18).did(2, Action.GET, 0, 5, 20,
                            21));
        }

        @Test
        void rejectsAnOldValue() {
            rejects(new RegisterModel(0), new Histories().did(1, Action.SET, 5, 0, 10, 20)
                    .did(2, Action.GET, 0, 0, 21, 22));
        }

        @Test
        void rejectsALostUpdate() {
            String told = rejects(new RegisterModel(0), new Histories().did(1, Action.GET_AND_ADD, 1, 0, 10, 20)
                    .did(2, Action.GET_AND_ADD, 1, 0, 11, 21).did(1, Action.GET, 0, 1, 30, 31));
            assertTrue(told.contains("possible states before: [1]"), told);
            assertTrue(told.contains("* process 2"), told);
        }

        @Test
        void knowsWhenAComparisonSucceeds() {
            accepts(new RegisterModel(3), new Histories().did(1, Action.COMPARE_AND_SET, 3, 4, 1, 1, 2)
                    .did(1, Action.COMPARE_AND_SET, 3, 5, 0, 3, 4).did(1, Action.GET, 0, 4, 5, 6));
            rejects(new RegisterModel(3), new Histories().did(1, Action.COMPARE_AND_SET, 3, 4, 0, 1, 2));
        }

        @Test
        void letsAPendingOperationHappenOrNot() {
            accepts(new RegisterModel(0), pendingAdd().did(2, Action.GET, 0, 0, 50, 51));
            accepts(new RegisterModel(0), pendingAdd().did(2, Action.GET, 0, 1, 50, 51));
            accepts(new RegisterModel(0),
                    pendingAdd().did(2, Action.GET, 0, 0, 20, 21).did(2, Action.GET, 0, 1, 22, 23));
        }

        @Test
        void letsAPendingOperationHappenOnceAndBeforeItsProcessWasGone() {
            rejects(new RegisterModel(0), pendingAdd().did(2, Action.GET, 0, 2, 50, 51));
            rejects(new RegisterModel(0),
                    pendingAdd().did(2, Action.GET, 0, 0, 50, 51).did(2, Action.GET, 0, 1, 52, 53));
        }

        private Histories pendingAdd() {
            return new Histories().began(1, Action.GET_AND_ADD, 1, 10).died(1, 30, 40);
        }
    }

    @Nested
    class OfALock {

        @Test
        void acceptsATakeoverThatIsTold() {
            accepts(new LockModel(), new Histories().did(1, Action.LOCK, 0, 0, 1, 2).died(1, 5, 20)
                    .did(2, Action.LOCK, 0, 1, 3, 10).did(2, Action.UNLOCK, 0, 0, 11, 12)
                    .did(3, Action.TRY_LOCK, 0, -1, 4, 9).did(3, Action.TRY_LOCK, 0, 0, 13, 14));
        }

        @Test
        void rejectsATakeoverThatIsNotTold() {
            rejects(new LockModel(), new Histories().did(1, Action.LOCK, 0, 0, 1, 2).died(1, 5, 20)
                    .did(2, Action.LOCK, 0, 0, 3, 10));
        }

        @Test
        void rejectsADeathThatNobodyDied() {
            rejects(new LockModel(), new Histories().did(1, Action.LOCK, 0, 1, 1, 2));
        }

        @Test
        void rejectsTwoOwners() {
            rejects(new LockModel(), new Histories().did(1, Action.LOCK, 0, 0, 1, 2)
                    .did(2, Action.LOCK, 0, 0, 3, 4).did(1, Action.UNLOCK, 0, 0, 5, 6));
        }

        @Test
        void rejectsTheRobberyOfOneThatIsKilledLater() {
            rejects(new LockModel(), new Histories().did(1, Action.LOCK, 0, 0, 1, 2)
                    .did(2, Action.LOCK, 0, 1, 3, 10).died(1, 11, 20));
        }

        @Test
        void rejectsAFailureWithoutAnOwner() {
            rejects(new LockModel(), new Histories().did(1, Action.TRY_LOCK, 0, -1, 1, 2));
        }

        @Test
        void letsTheLastOperationOfTheDeadHaveHappenedOrNot() {
            accepts(new LockModel(), new Histories().did(1, Action.LOCK, 0, 0, 1, 2).began(1, Action.UNLOCK, 0, 3)
                    .died(1, 4, 9).did(2, Action.LOCK, 0, 0, 10, 11));
            accepts(new LockModel(), new Histories().did(1, Action.LOCK, 0, 0, 1, 2).began(1, Action.UNLOCK, 0, 3)
                    .died(1, 4, 9).did(2, Action.LOCK, 0, 1, 10, 11));
            accepts(new LockModel(), new Histories().began(1, Action.LOCK, 0, 3).died(1, 4, 9)
                    .did(2, Action.LOCK, 0, 1, 10, 11));
        }

        @Test
        void letsADyingProcessFinishWhatItHasFinished() {
            accepts(new LockModel(), new Histories().did(1, Action.LOCK, 0, 0, 1, 2).did(1, Action.UNLOCK, 0, 0, 4, 6)
                    .died(1, 3, 9).did(2, Action.LOCK, 0, 0, 5, 8));
            rejects(new LockModel(), new Histories().did(1, Action.LOCK, 0, 0, 1, 2).did(1, Action.UNLOCK, 0, 0, 4, 6)
                    .died(1, 3, 9).did(2, Action.LOCK, 0, 1, 5, 8));
        }
    }

    @Nested
    class OfASemaphore {

        @Test
        void acceptsAPermitThatIsHandedOn() {
            accepts(new SemaphoreModel(1), new Histories().did(1, Action.ACQUIRE, 0, 0, 1, 2)
                    .did(2, Action.ACQUIRE, 0, 0, 3, 9).did(1, Action.RELEASE, 0, 0, 5, 6)
                    .did(3, Action.TRY_ACQUIRE, 0, 0, 10, 11));
        }

        @Test
        void rejectsAPermitTooMany() {
            rejects(new SemaphoreModel(1), new Histories().did(1, Action.ACQUIRE, 0, 0, 1, 2)
                    .did(2, Action.TRY_ACQUIRE, 0, 1, 3, 4));
        }

        @Test
        void rejectsAPermitThatIsGone() {
            rejects(new SemaphoreModel(1), new Histories().did(1, Action.TRY_ACQUIRE, 0, 0, 1, 2));
        }

        @Test
        void letsTheDeadHaveTakenAPermitOrNot() {
            for (int left = 0; left < 2; left++) {
                accepts(new SemaphoreModel(1), new Histories().began(1, Action.ACQUIRE, 0, 1).died(1, 2, 3)
                        .did(2, Action.TRY_ACQUIRE, 0, left, 4, 5));
            }
        }
    }

    @Nested
    class OfAnEvent {

        @Test
        void acceptsAPulseThatWasSeen() {
            accepts(new EventModel(), new Histories().did(1, Action.AWAIT, 0, 1, 1, 9).did(2, Action.SET, 0, 0, 3, 4)
                    .did(2, Action.CLEAR, 0, 0, 5, 6).did(3, Action.IS_SET, 0, 0, 7, 8));
        }

        @Test
        void rejectsAWaitThatNobodyEnded() {
            rejects(new EventModel(), new Histories().did(1, Action.AWAIT, 0, 1, 1, 2).did(2, Action.SET, 0, 0, 3, 4));
        }

        @Test
        void rejectsAWaitThatWasNotEnded() {
            rejects(new EventModel(), new Histories().did(2, Action.SET, 0, 0, 3, 4)
                    .did(1, Action.AWAIT, 0, 0, 5, 9));
        }

        @Test
        void letsTheDeadHaveSetItOrNot() {
            for (int set = 0; set < 2; set++) {
                accepts(new EventModel(), new Histories().began(1, Action.SET, 0, 1).died(1, 2, 3)
                        .did(2, Action.IS_SET, 0, set, 4, 5));
            }
        }
    }

    @Nested
    class OfManyOperations {

        @Test
        void agreesWithTryingEveryOrder() {
            SplittableRandom random = new SplittableRandom(42);
            int wrong = 0;
            for (int i = 0; i < 2_000; i++) {
                History history = tiny(random);
                boolean expected = EveryOrder.isPossible(new RegisterModel(0), history);
                assertEquals(expected, Linearizability.check(new RegisterModel(0), history).isEmpty(),
                        history::toString);
                wrong += expected ? 0 : 1;
            }
            assertTrue(wrong > 200 && wrong < 1_800, wrong + " of 2000 are wrong");
        }

        @Test
        void takesTimeThatGrowsWithTheirNumberOnly() {
            Histories histories = new Histories();
            long value = 0;
            for (int i = 0; i < 100_000; i++) {
                histories.did(i % 4, Action.GET_AND_ADD, 1, value++, 10L * i, 10L * i + 35);
            }
            histories.did(1, Action.GET, 0, value, 2_000_000, 2_000_001);
            accepts(new RegisterModel(0), histories);
            histories.did(1, Action.GET, 0, value - 1, 5_000, 5_001);
            rejects(new RegisterModel(0), histories);
        }

        /** Two or three processes, a few operations each, one of which may be killed. */
        private History tiny(SplittableRandom random) {
            Histories histories = new Histories();
            for (int process = 0; process < 2 + random.nextInt(2); process++) {
                long time = random.nextInt(6);
                for (int i = 1 + random.nextInt(2); i > 0; i--) {
                    long end = time + 1 + random.nextInt(6);
                    histories.did(process, random.nextBoolean() ? Action.GET_AND_ADD : Action.GET, 1, random.nextInt(3),
                            time, end);
                    time = end + random.nextInt(3);
                }
                if (random.nextInt(3) == 0) {
                    histories.began(process, Action.GET_AND_ADD, 1, time).died(process, time + 1, time + 4);
                }
            }
            return histories.history();
        }
    }

    /** The definition: tries all orders, without any cleverness. */
    private static final class EveryOrder {

        private EveryOrder() {
        }

        static <S> boolean isPossible(Model<S> model, History history) {
            return isPossible(model, model.initial(), new ArrayList<>(history.operations()));
        }

        private static <S> boolean isPossible(Model<S> model, S state, List<Operation> left) {
            if (left.stream().allMatch(Operation::isPending)) {
                return true;
            }
            for (Operation next : left) {
                boolean tooEarly =
                        left.stream().anyMatch(o -> !o.isPending() && o.returnedNanos() < next.invokedNanos());
                S after = tooEarly ? null : model.after(state, next);
                List<Operation> rest = new ArrayList<>(left);
                rest.remove(next);
                // What was pending when its process was gone has not happened and never will.
                rest.removeIf(o -> o.isPending() && o.returnedNanos() < next.invokedNanos());
                if (after != null && isPossible(model, after, rest)) {
                    return true;
                }
            }
            return false;
        }
    }

    private static <S> void accepts(Model<S> model, Histories histories) {
        assertEquals(Optional.empty(), Linearizability.check(model, histories.history()));
    }

    private static <S> String rejects(Model<S> model, Histories histories) {
        return Linearizability.check(model, histories.history()).orElseThrow(
                () -> new AssertionError("accepted:\n" + histories.history()));
    }
}
