package io.interlock.core.robust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.interlock.core.format.WaiterTableLayout;
import io.interlock.core.port.Context;
import io.interlock.core.port.Futex.Wake;
import io.interlock.core.testing.FakeFutex;
import io.interlock.core.testing.FakeSegment;
import io.interlock.core.testing.FakeTime;
import io.interlock.core.testing.TrapMem;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class WaiterTableTest {

    private static final int BLOCK = FakeSegment.HEAP;

    private final FakeSegment segment = new FakeSegment();
    private final Context a = segment.participant(0, 1);
    private final Context b = segment.participant(1, 1);
    private final WaiterTable ofA = new WaiterTable(a, BLOCK);
    private final WaiterTable ofB = new WaiterTable(b, BLOCK);

    @Nested
    class Signal {

        @Test
        void reachesExactlyNWaiters() {
            List<Integer> cells = enter(ofA, 5);
            ofB.signal(3);
            assertEquals(List.of(true, true, true, false, false), signalled(cells));
            ofB.signal(1);
            assertEquals(List.of(true, true, true, true, false), signalled(cells));
        }

        @Test
        void reachesTheOldestFirst() {
            List<Integer> cells = enter(ofA, 3);
            assertTrue(ofA.leave(cells.get(0)));
            int youngest = ofA.enter();
            assertEquals(cells.get(0), youngest);
            ofB.signal(2);
            assertFalse(ofA.isSignalled(youngest));
            assertTrue(ofA.isSignalled(cells.get(1)));
            assertTrue(ofA.isSignalled(cells.get(2)));
        }

        @Test
        void reachesTheOldestFirstOverTheWrapOfTheTickets() {
            segment.mem.putLong(BLOCK + WaiterTableLayout.TICKET_OFFSET, 0xFFFF_FFFFL);
            int gap = ofA.enter();
            int second = ofA.enter();
            assertTrue(ofA.leave(gap));
            int third = ofA.enter();
            assertEquals(gap, third);
            ofB.signal(1);
            assertTrue(ofA.isSignalled(second));
            assertFalse(ofA.isSignalled(third));
        }

        @Test
        void reachesAllIfThereAreFewerThanN() {
            List<Integer> cells = enter(ofA, 2);
            ofB.signal(Integer.MAX_VALUE);
            assertEquals(List.of(true, true), signalled(cells));
        }

        @Test
        void isNotKeptForThoseWhoComeLater() {
            ofB.signal(1);
            ofB.signalAll();
            assertFalse(ofA.isSignalled(ofA.enter()));
        }

        @Test
        void toAllReachesAFullTable() {
            List<Integer> cells = enter(ofA, WaiterTableLayout.CELLS);
            ofB.signalAll();
            assertFalse(signalled(cells).contains(false));
        }

        @Test
        void wakesTheSleeper() {
            int cell = ofA.enter();
            CompletableFuture<Wake> sleeper = new CompletableFuture<>();
            Thread thread = new Thread(() -> {
                while (!ofA.isSignalled(cell)) {
                    ofA.sleep(cell, a.deadline(Long.MAX_VALUE), a.self.current(), false);
                }
                sleeper.complete(ofA.sleep(cell, a.deadline(Long.MAX_VALUE), a.self.current(), false));
            });
            thread.setDaemon(true);
            thread.start();
            ofB.signal(1);
            assertEquals(Wake.CHANGED, sleeper.join());
        }
    }

    /** The waiters are a's and the signals b's, each with a futex of its own; who is asleep is said by its cell. */
    @Nested
    class GoingToSleep {

        private final FakeFutex sleepers = new FakeFutex();
        private final FakeFutex signallers = new FakeFutex();
        private final FakeTime time = new FakeTime(a, 100 * FakeTime.HINT_NANOS);
        private final Context waiting = time.seenBy(a, sleepers);
        private final TrapMem trap = new TrapMem(segment.mem);
        private final WaiterTable waiters = new WaiterTable(waiting, BLOCK);
        private final WaiterTable signals = new WaiterTable(
                new Context(trap, signallers, b.liveness, b.clock, b.self, b.participant), BLOCK);

        @Test
        void isNotNeededByWhoIsSignalledWhileItLooks() {
            int cell = waiters.enter();
            time.atHint(50, () -> signals.signal(1));
            assertEquals(Wake.CHANGED, sleep(cell));
            assertTrue(waiters.isSignalled(cell));
            assertEquals(0, sleepers.sleeps());
            assertEquals(0, signallers.wakes());
        }

        @Test
        void isDoneAfterALookInVainAndEndedByOneWakeUp() {
            int cell = waiters.enter();
            sleepers.duringASleep(() -> signals.signal(1));
            assertEquals(Wake.WOKEN, sleep(cell));
            assertTrue(waiters.isSignalled(cell));
            assertEquals(100, time.hints());
            assertEquals(1, signallers.wakes());
            signals.signal(1);
            signals.signalAll();
            assertEquals(1, signallers.wakes());
        }

        @Test
        void isDoneAtOnceTheSecondTime() {
            int cell = waiters.enter();
            sleep(cell);
            sleep(cell);
            assertEquals(2, sleepers.sleeps());
            assertEquals(100, time.hints());
        }

        @Test
        void doesNotHappenIfTheSignalComesJustBefore() {
            int cell = signals.enter();
            trap.beforeCasOf(cell(cell), () -> waiters.signal(1));
            assertEquals(Wake.CHANGED, signals.sleep(cell, b.deadline(Long.MAX_VALUE), b.self.current(), false));
            assertTrue(signals.isSignalled(cell));
            assertEquals(0, signallers.sleeps());
            assertEquals(0, sleepers.wakes());
        }

        @Test
        void ofOneLeavesTheOtherAwake() {
            int asleep = waiters.enter();
            int awake = waiters.enter();
            sleep(asleep);
            signals.signalAll();
            assertEquals(List.of(true, true), signalled(List.of(asleep, awake)));
            assertEquals(1, signallers.wakes());
        }

        @Test
        void keepsTheOrderOfSignals() {
            List<Integer> cells = enter(waiters, 3);
            sleep(cells.get(1));
            signals.signal(1);
            assertEquals(List.of(true, false, false), signalled(cells));
            assertEquals(0, signallers.wakes());
            signals.signal(1);
            assertEquals(List.of(true, true, false), signalled(cells));
            assertEquals(1, signallers.wakes());
        }

        @Test
        void betweenTheLookAndTheCasOfSignalLosesNoSignal() {
            List<Integer> cells = enter(waiters, 2);
            trap.beforeCasOf(cell(cells.get(0)), () -> sleep(cells.get(0)));
            signals.signal(1);
            assertEquals(1, sleepers.sleeps());
            assertEquals(List.of(true, false), signalled(cells));
            assertEquals(1, signallers.wakes());
        }

        @Test
        void betweenTheLookAndTheCasOfSignalAllLosesNoSignal() {
            List<Integer> cells = enter(waiters, 3);
            trap.beforeCasOf(cell(cells.get(1)), () -> sleep(cells.get(1)));
            signals.signalAll();
            assertEquals(1, sleepers.sleeps());
            assertEquals(List.of(true, true, true), signalled(cells));
            assertEquals(1, signallers.wakes());
        }

        @Test
        void isNotTakenForLeaving() {
            List<Integer> cells = enter(waiters, 2);
            trap.beforeCasOf(cell(cells.get(0)), () -> assertTrue(waiters.leave(cells.get(0))));
            signals.signal(1);
            assertEquals(List.of(false, true), signalled(cells));
            assertEquals(1, waiters.count());
        }

        @Test
        void isNotTakenForAnotherWaiterInTheSameCell() {
            List<Integer> cells = enter(waiters, 2);
            trap.beforeCasOf(cell(cells.get(0)), () -> {
                assertTrue(waiters.leave(cells.get(0)));
                assertEquals(cells.get(0), waiters.enter());
            });
            signals.signal(1);
            assertEquals(List.of(false, true), signalled(cells));
        }

        @Test
        void doesNotKeepAWaiterFromLeaving() {
            int cell = waiters.enter();
            sleep(cell);
            assertTrue(waiters.leave(cell));
            assertEquals(0, waiters());
            signals.signal(1);
            assertEquals(0, signallers.wakes());
        }

        @Test
        void ofTheDeadDoesNotKeepTheirCells() {
            for (int cell : enter(waiters, 256)) {
                sleep(cell);
            }
            segment.kill(a);
            assertTrue(ofB.enter() >= 0);
            assertEquals(1, ofB.count());
        }

        @Test
        void ofTheDeadDoesNotKeepTheirSignals() {
            int dead = waiters.enter();
            int living = ofB.enter();
            sleep(dead);
            signals.signal(1);
            segment.kill(a);
            ofB.passOnFromDead();
            assertTrue(ofB.isSignalled(living));
            assertEquals(1, ofB.count());
        }

        private Wake sleep(int cell) {
            return waiters.sleep(cell, waiting.deadline(Long.MAX_VALUE), a.self.current(), false);
        }

        private int cell(int index) {
            return BLOCK + WaiterTableLayout.CELLS_OFFSET + 8 * index;
        }
    }

    @Nested
    class Leave {

        @Test
        void freesTheCell() {
            int cell = ofA.enter();
            assertTrue(ofA.leave(cell));
            assertEquals(0, ofA.count());
            assertEquals(0, waiters());
        }

        @Test
        void losesAgainstASignal() {
            int cell = ofA.enter();
            ofB.signal(1);
            assertFalse(ofA.leave(cell));
            assertEquals(1, ofA.count());
            ofA.finish(cell);
            assertEquals(0, ofA.count());
            assertEquals(0, waiters());
        }
    }

    @Nested
    class DeadWaiters {

        @Test
        void theirSignalIsPassedOn() {
            int dead = ofA.enter();
            int living = ofB.enter();
            ofB.signal(1);
            assertTrue(ofA.isSignalled(dead));
            segment.kill(a);
            ofB.passOnFromDead();
            assertTrue(ofB.isSignalled(living));
            assertEquals(1, ofB.count());
            assertEquals(1, waiters());
        }

        @Test
        void theSignalOfALivingOneIsNotPassedOn() {
            ofA.enter();
            int second = ofB.enter();
            ofB.signal(1);
            ofB.passOnFromDead();
            assertFalse(ofB.isSignalled(second));
            assertEquals(2, ofB.count());
        }

        @Test
        void aSignalThroughTwoDeadReachesTheLiving() {
            Context c = segment.participant(2, 1);
            new WaiterTable(c, BLOCK).enter();
            ofA.enter();
            int living = ofB.enter();
            ofB.signal(1);
            segment.kill(a);
            segment.kill(c);
            while (!ofB.isSignalled(living)) {
                ofB.passOnFromDead();
            }
            assertEquals(1, waiters());
        }

        @Test
        void aCountThatIsTooHighHarmsNobody() {
            segment.mem.getAndAddLong(BLOCK + WaiterTableLayout.WAITERS_OFFSET, 3);
            int cell = ofA.enter();
            ofB.signal(2);
            assertTrue(ofA.isSignalled(cell));
            ofB.signalAll();
            ofB.signal(1);
        }
    }

    @Nested
    class Enter {

        @Test
        void isRefusedWhenThe256CellsAreTakenByTheLiving() {
            assertFalse(enter(ofA, 256).contains(-1));
            assertEquals(-1, ofB.enter());
            assertEquals(-1, ofA.enter());
            assertEquals(256, ofB.count());
            assertEquals(256, waiters());
        }

        @Test
        void takesTheCellsOfTheDeadWhenTheTableIsFull() {
            enter(ofA, 255);
            int living = ofB.enter();
            segment.kill(a);
            assertTrue(ofB.enter() >= 0);
            assertEquals(2, ofB.count());
            assertEquals(2, waiters());
            assertFalse(ofB.isSignalled(living));
        }
    }

    @Nested
    class Reap {

        @Test
        void removesEveryTraceOfASlotAndPassesItsSignalsOn() {
            enter(ofA, 3);
            int living = ofB.enter();
            ofB.signal(1);
            ofB.reap(0);
            assertEquals(1, ofB.count());
            assertEquals(1, waiters());
            assertTrue(ofB.isSignalled(living));
        }

        @Test
        void leavesOthersAlone() {
            int cell = ofB.enter();
            ofA.reap(0);
            assertEquals(1, ofB.count());
            assertFalse(ofB.isSignalled(cell));
        }

        @Test
        void mayBeRepeated() {
            enter(ofA, 2);
            ofB.reap(0);
            ofB.reap(0);
            assertEquals(0, ofB.count());
            assertEquals(0, waiters());
        }
    }

    private static List<Integer> enter(WaiterTable table, int count) {
        List<Integer> cells = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            cells.add(table.enter());
        }
        return cells;
    }

    private List<Boolean> signalled(List<Integer> cells) {
        return cells.stream().map(ofA::isSignalled).toList();
    }

    private long waiters() {
        return segment.mem.getLongVolatile(BLOCK + WaiterTableLayout.WAITERS_OFFSET);
    }
}
