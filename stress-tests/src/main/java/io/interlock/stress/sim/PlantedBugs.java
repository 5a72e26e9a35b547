package io.interlock.stress.sim;

import static io.interlock.stress.sim.RepairScenario.Repair.HOOK;
import static io.interlock.stress.sim.RepairScenario.Repair.WHEN_TOLD;

import io.interlock.core.format.EntryLayout;
import io.interlock.core.format.HeaderLayout;
import io.interlock.core.format.RobustLockLayout;
import io.interlock.sync.OwnerDeath;
import java.util.List;

/**
 * Weakened copies of the algorithms, each of which has to be found: a checker that does not see these sees nothing. And
 * the copies without any weakness, which have to pass, so that it is the weakness that was found.
 */
final class PlantedBugs {

    private static final Bounds TWO = Bounds.of(2, 1);
    private static final Bounds MORE = Bounds.of(1, 1);
    private static final Bounds ALIVE = Bounds.of(2, 0);
    private static final Bounds BUFFERS = Bounds.of(2, 0).withBuffers();

    private static final List<Subject> FLAWED = List.of(
            Subject.of("waiters-mark-not-kept-after-sleeping", ALIVE, w -> lock(w, WeakLock.Flaw.FORGETS_WAITERS, 3)),
            Subject.of("no-slices-and-a-kill", TWO.withoutSlices(), w -> MutexScenario.of(w, GuardKind.LOCK, 2, 1)),
            Subject.of("owner-stored-after-the-lock", TWO, w -> lock(w, WeakLock.Flaw.OWNER_AFTERWARDS, 2)),
            Subject.of("look-then-release", ALIVE,
                    w -> MutexScenario.stray(w, GuardKind.weak(WeakLock.Flaw.LOOKS_THEN_RELEASES))),
            Subject.of("death-of-the-owner-not-told", TWO, w -> lock(w, WeakLock.Flaw.TELLS_NOBODY, 2)),
            Subject.of("takeover-ignored-by-waiters", MORE,
                    w -> monitor(w, WeakMonitor.Flaw.IGNORES_TAKEOVERS, 1, 1, 1)),
            Subject.of("signal-of-a-dead-waiter-kept", MORE,
                    w -> monitor(w, WeakMonitor.Flaw.KEEPS_SIGNALS_OF_THE_DEAD, 2, 1, 0)),
            Subject.of("signal-dropped-at-the-deadline", ALIVE, w -> ConditionScenario.exact(w,
                    MonitorKind.weak(WeakMonitor.Flaw.DROPS_SIGNALS), 2, 1, true)),
            Subject.of("signal-gives-up-on-who-goes-to-sleep", ALIVE, w -> ConditionScenario.several(w,
                    MonitorKind.weak(WeakTable.Flaw.GIVES_UP), 2, Integer.MAX_VALUE)),
            Subject.of("sleeper-not-woken-by-a-signal", ALIVE, w -> ConditionScenario.exact(w,
                    MonitorKind.weak(WeakTable.Flaw.WAKES_NOBODY), 2, 1, false)),
            Subject.of("sleepers-not-woken-by-a-signal-to-all", ALIVE, w -> ConditionScenario.several(w,
                    MonitorKind.weak(WeakTable.Flaw.WAKES_NOBODY), 2, Integer.MAX_VALUE)),
            Subject.of("tail-before-the-payload", ALIVE, w -> new QueueScenario(w, 2).hastyProducer(2).consumer(2)),
            Subject.of("count-in-a-word-of-its-own", TWO, w -> new CountedScenario(w, true)),
            Subject.of("no-barrier-by-a-role's-sleeper", BUFFERS,
                    w -> new QueueScenario(w, 1).exclusiveProducer(2).consumer(2)).on(new NoBarrier()),
            Subject.of("entry-admitted-before-it-is-written", TWO, w -> DirectoryScenario.of(w, "a", "b"))
                    .on(new HastyDirectory()),
            Subject.of("store-that-lingers-before-a-signal", BUFFERS, w -> new EventCountScenario(w, 1, true)),
            Subject.of("no-reap-before-a-slot-is-used-again", TWO,
                    w -> new SlotScenario(w, SlotScenario.Flaw.NO_REAP, true, 1, 1)),
            Subject.of("generation-not-compared", TWO,
                    w -> new SlotScenario(w, SlotScenario.Flaw.NO_GENERATION, false, 1, 2)),
            Subject.of("permits-changed-in-two-steps", ALIVE, w -> SemaphoreScenario.of(w, 1, 2, 1, 1))
                    .on(new TwoSteps()),
            Subject.of("pulse-of-an-event-ignored", ALIVE,
                    w -> EventScenario.pulse(w, WeakEvent.Flaw.IGNORES_PULSES)),
            Subject.of("slice-taken-for-an-event", TWO,
                    w -> EventScenario.of(w, WeakEvent.Flaw.TRUSTS_EVERY_WAKING, 1, false)),
            Subject.of("gives-up-an-event-unseen", ALIVE,
                    w -> EventScenario.deadline(w, WeakEvent.Flaw.GIVES_UP_UNSEEN)),
            Subject.of("death-told-to-one-only", MORE, w -> new RepairScenario(w,
                    GuardKind.weak(WeakLock.Flaw.TELLS_ONE_ONLY, OwnerDeath.REPAIR_REQUIRED), WHEN_TOLD, 2, 2)),
            Subject.of("mark-of-a-death-off-before-the-hook", MORE, w -> new RepairScenario(w,
                    GuardKind.weak(WeakLock.Flaw.CLEARS_BEFORE_THE_HOOK), HOOK, 2, 1)),
            Subject.of("value-read-and-written", ALIVE,
                    w -> ValueScenario.adding(w, 1, ValueScenario::plainly, ValueScenario::plainly)),
            Subject.of("value-updated-in-two-steps", ALIVE,
                    w -> ValueScenario.adding(w, 1, ValueScenario.UPDATE, ValueScenario.UPDATE)).on(new TwoSteps()),
            Subject.of("value-swapped-in-two-steps", ALIVE, w -> ValueScenario.swapping(w, 2, 1)).on(new TwoSteps()),
            Subject.of("directory-lock-for-several", ALIVE, w -> DirectoryScenario.exclusive(w, "a", "a"))
                    .on(new OpenDirectory()),
            Subject.of("copy-not-compared-with-the-new-head", MORE, w -> QueueScenario.viewed(w).prefilled(5)
                    .producer(1).weakWalker(WeakRing.Flaw.TRUSTS_THE_COPY).poller()),
            Subject.of("copy-up-to-an-old-tail", ALIVE, w -> QueueScenario.viewed(w).prefilled(1).producer(1)
                    .weakWalker(WeakRing.Flaw.COPIES_TO_AN_OLD_TAIL).poller()),
            Subject.of("clear-up-to-an-old-tail", ALIVE, w -> new QueueScenario(w, 2).producer(2)
                    .weakClearer(WeakRing.Flaw.CLEARS_TO_AN_OLD_TAIL).poller()),
            Subject.of("dropped-counted-before", ALIVE,
                    w -> new QueueScenario(w, 2).producer(2).hastyCloserNow().drainer()),
            Subject.of("role-looks-for-the-end-and-then-leaves", ALIVE, w -> new QueueScenario(w, 1)
                    .weakRole(WeakRing.Flaw.LOOKS_BEFORE_IT_FREES).closer().drainer()),
            Subject.of("end-of-a-pipe-claimed-in-two-steps", ALIVE,
                    w -> PipeScenario.simplex(w, 2).sender(1).sender(1)).on(new TwoSteps()),
            Subject.of("end-of-stream-before-the-last-message", MORE,
                    w -> PipeScenario.simplex(w, 1).sliceMayEnd().sender(1).weakReceiver(
                            WeakReceiver.Flaw.ENDS_AT_ONCE)),
            Subject.of("receiver-does-not-ask-for-the-sender", MORE,
                    w -> PipeScenario.simplex(w, 1).sender(1).weakReceiver(WeakReceiver.Flaw.TRUSTS_THE_SENDER)));

    private static final List<Subject> FLAWLESS = List.of(
            Subject.of("lock-copy-2", TWO, w -> lock(w, WeakLock.Flaw.NONE, 2)),
            Subject.of("lock-copy-3", ALIVE, w -> lock(w, WeakLock.Flaw.NONE, 3)),
            Subject.of("lock-copy-stray", ALIVE, w -> MutexScenario.stray(w, GuardKind.weak(WeakLock.Flaw.NONE))),
            Subject.of("monitor-copy-visitor", MORE, w -> monitor(w, WeakMonitor.Flaw.NONE, 1, 1, 1)),
            Subject.of("monitor-copy-2", MORE, w -> monitor(w, WeakMonitor.Flaw.NONE, 2, 1, 0)),
            Subject.of("monitor-copy-timed", Bounds.of(1, 0),
                    w -> ConditionScenario.exact(w, MonitorKind.weak(WeakMonitor.Flaw.NONE), 2, 1, true)),
            Subject.of("table-copy-exact", ALIVE,
                    w -> ConditionScenario.exact(w, MonitorKind.weak(WeakTable.Flaw.NONE), 2, 1, false)),
            Subject.of("table-copy-all", ALIVE, w -> ConditionScenario.several(w,
                    MonitorKind.weak(WeakTable.Flaw.NONE), 2, Integer.MAX_VALUE)),
            Subject.of("count-by-positions", TWO, w -> new CountedScenario(w, false)),
            Subject.of("event-copy-pulse", ALIVE, w -> EventScenario.pulse(w, WeakEvent.Flaw.NONE)),
            Subject.of("event-copy", TWO, w -> EventScenario.of(w, WeakEvent.Flaw.NONE, 1, false)),
            Subject.of("event-copy-timed", ALIVE, w -> EventScenario.deadline(w, WeakEvent.Flaw.NONE)),
            Subject.of("lock-copy-repair", MORE, w -> new RepairScenario(w,
                    GuardKind.weak(WeakLock.Flaw.NONE, OwnerDeath.REPAIR_REQUIRED), WHEN_TOLD, 2, 2)),
            Subject.of("lock-copy-hook", MORE,
                    w -> new RepairScenario(w, GuardKind.weak(WeakLock.Flaw.NONE), HOOK, 2, 1)),
            Subject.of("walk-copy", Bounds.of(1, 0), w -> QueueScenario.viewed(w).prefilled(5).producer(1)
                    .weakWalker(WeakRing.Flaw.NONE).poller()),
            Subject.of("clear-copy", ALIVE, w -> new QueueScenario(w, 2).producer(2)
                    .weakClearer(WeakRing.Flaw.NONE).poller()),
            Subject.of("role-copy", Bounds.of(1, 0), w -> new QueueScenario(w, 1).weakRole(WeakRing.Flaw.NONE)
                    .closer().drainer()),
            Subject.of("receiver-copy", MORE,
                    w -> PipeScenario.simplex(w, 1).sliceMayEnd().sender(1).weakReceiver(WeakReceiver.Flaw.NONE)));

    private PlantedBugs() {
    }

    /** Those that have to be found. */
    static List<Subject> flawed() {
        return FLAWED;
    }

    /** Those that have to pass. */
    static List<Subject> flawless() {
        return FLAWLESS;
    }

    private static Scenario lock(World world, WeakLock.Flaw flaw, int processes) {
        return MutexScenario.of(world, GuardKind.weak(flaw), processes, 1);
    }

    private static Scenario monitor(World world, WeakMonitor.Flaw flaw, int consumers, int producers, int visitors) {
        return ConditionScenario.counted(world, MonitorKind.weak(flaw), consumers, producers, visitors);
    }

    /** A machine whose barrier says that it has been passed, and does nothing. */
    private static final class NoBarrier implements World.Tweaks {

        @Override
        public SimFutex futex(Machine machine) {
            return new SimFutex(machine) {

                @Override
                public boolean barrier() {
                    return true;
                }
            };
        }
    }

    /** A machine on which the lock of the directory is taken by whoever wants it. */
    private static final class OpenDirectory implements World.Tweaks {

        @Override
        public SimMem mem(Machine machine) {
            return new SimMem(machine) {

                @Override
                public boolean casLong(int offset, long expected, long update) {
                    return offset == HeaderLayout.DIRECTORY_LOCK_OFFSET + RobustLockLayout.WORD_OFFSET
                            || super.casLong(offset, expected, update);
                }
            };
        }
    }

    /** A machine on which a directory entry is admitted as soon as somebody begins to write it. */
    private static final class HastyDirectory implements World.Tweaks {

        @Override
        public SimMem mem(Machine machine) {
            return new SimMem(machine) {

                @Override
                public void zero(int offset, int length) {
                    int entries = getInt(HeaderLayout.DIRECTORY_OFFSET);
                    if (offset >= entries && offset < getInt(HeaderLayout.HEAP_OFFSET)) {
                        int index = (offset - entries) / EntryLayout.LAYOUT.lengthBytes();
                        putLongRelease(HeaderLayout.ENTRY_COUNT_OFFSET, index + 1L);
                    }
                    super.zero(offset, length);
                }
            };
        }
    }
}
