package io.interlock.stress.sim;

import static io.interlock.stress.sim.RepairScenario.Repair.HOOK;
import static io.interlock.stress.sim.RepairScenario.Repair.HOOK_THAT_FAILS_FIRST;
import static io.interlock.stress.sim.RepairScenario.Repair.WHEN_TOLD;

import io.interlock.memory.Capacity;
import java.util.List;

/** The scenarios in which the shipped code is tried, each with the bounds within which all schedules are. */
final class Catalogue {

    /* Design.
     *
     * Two processes: all schedules with at most two preemptions, or three where the programs are short, and one kill.
     * Three or four, or long programs: one preemption, since the number of schedules grows with each. Whether a signal
     * reaches exactly whom it is for can be said only while nobody dies. A name says what is used, and how.
     */

    private static final Bounds TWO = Bounds.of(2, 1);
    private static final Bounds MORE = Bounds.of(1, 1);
    private static final Bounds ALIVE = Bounds.of(2, 0);
    private static final Bounds SHORT_ALIVE = Bounds.of(3, 0);
    private static final Bounds ONE_ALIVE = Bounds.of(1, 0);
    private static final Bounds BUFFERS = Bounds.of(2, 1).withBuffers();

    private static final List<Subject> SHIPPED = List.of(
            Subject.of("lock-2", TWO, w -> MutexScenario.of(w, GuardKind.LOCK, 2, 2)),
            Subject.of("lock-3", MORE, w -> MutexScenario.of(w, GuardKind.LOCK, 3, 2)),
            Subject.of("lock-timed", MORE, w -> MutexScenario.timed(w, GuardKind.LOCK, 3)),
            Subject.of("lock-interrupted", MORE, w -> MutexScenario.interrupted(w, GuardKind.LOCK, 3)),
            Subject.of("lock-stray", SHORT_ALIVE, w -> MutexScenario.stray(w, GuardKind.LOCK)),
            Subject.of("lock-buffers", BUFFERS, w -> MutexScenario.of(w, GuardKind.LOCK, 2, 2)),
            Subject.of("rlock-2", TWO, w -> MutexScenario.of(w, GuardKind.RLOCK, 2, 2)),
            Subject.of("rlock-3", MORE, w -> MutexScenario.of(w, GuardKind.RLOCK, 3, 2)),
            Subject.of("rlock-timed", MORE, w -> MutexScenario.timed(w, GuardKind.RLOCK, 3)),
            Subject.of("rlock-interrupted", MORE, w -> MutexScenario.interrupted(w, GuardKind.RLOCK, 3)),
            Subject.of("rlock-reentrant", TWO, MutexScenario::reentrant),
            Subject.of("rlock-buffers", BUFFERS, w -> MutexScenario.of(w, GuardKind.RLOCK, 2, 2)),
            Subject.of("semaphore-2", TWO, w -> SemaphoreScenario.of(w, 1, 2, 1, 1)),
            Subject.of("semaphore-3", MORE, w -> SemaphoreScenario.of(w, 2, 1, 1, 1, 1)),
            Subject.of("semaphore-several", MORE, w -> SemaphoreScenario.of(w, 2, 1, 2, 1, 1)),
            Subject.of("semaphore-timed", MORE, w -> SemaphoreScenario.timed(w, 3)),
            Subject.of("semaphore-interrupted", MORE, w -> SemaphoreScenario.interrupted(w, 3)),
            Subject.of("semaphore-buffers", BUFFERS, w -> SemaphoreScenario.of(w, 1, 2, 1, 1)),
            Subject.of("event-2", TWO, w -> EventScenario.of(w, 1, false)),
            Subject.of("event-3", MORE, w -> EventScenario.of(w, 2, false)),
            Subject.of("event-pulse", TWO, EventScenario::pulse),
            Subject.of("event-timed", MORE, w -> EventScenario.of(w, 2, true)),
            Subject.of("event-deadline", TWO, w -> EventScenario.deadline(w, null)),
            Subject.of("event-buffers", BUFFERS, w -> EventScenario.of(w, 1, false)),
            Subject.of("eventcount-2", TWO, w -> new EventCountScenario(w, 1, false)),
            Subject.of("eventcount-3", MORE, w -> new EventCountScenario(w, 2, false)),
            Subject.of("eventcount-buffers", BUFFERS, w -> new EventCountScenario(w, 2, false)),
            Subject.of("condition-2", ALIVE, w -> ConditionScenario.exact(w, MonitorKind.LOCK, 1, 2, false)),
            Subject.of("condition-3", ALIVE, w -> ConditionScenario.exact(w, MonitorKind.LOCK, 2, 2, false)),
            Subject.of("condition-timed", ONE_ALIVE, w -> ConditionScenario.exact(w, MonitorKind.LOCK, 2, 1, true)),
            Subject.of("condition-interrupted", ALIVE, w -> ConditionScenario.interrupted(w, MonitorKind.LOCK)),
            Subject.of("condition-all", ALIVE,
                    w -> ConditionScenario.several(w, MonitorKind.RLOCK, 2, Integer.MAX_VALUE)),
            Subject.of("condition-several", ONE_ALIVE, w -> ConditionScenario.several(w, MonitorKind.LOCK, 3, 2)),
            Subject.of("condition-counted-2", TWO, w -> ConditionScenario.counted(w, MonitorKind.LOCK, 1, 1, 0)),
            Subject.of("condition-counted-3", MORE, w -> ConditionScenario.counted(w, MonitorKind.LOCK, 1, 1, 1)),
            Subject.of("condition-counted-4", MORE, w -> ConditionScenario.counted(w, MonitorKind.RLOCK, 2, 2, 0)),
            Subject.of("condition-buffers", BUFFERS, w -> ConditionScenario.counted(w, MonitorKind.RLOCK, 1, 1, 0)),
            Subject.of("queue-full", TWO, w -> new QueueScenario(w, 1).producer(2).consumer(2)),
            Subject.of("queue-exchange", TWO, w -> new QueueScenario(w, 2).exchanger(1).exchanger(1)),
            Subject.of("queue-interrupted-producer", MORE,
                    w -> new QueueScenario(w, 1).prefilled(1).producer(1).impatientProducer().consumer(2)),
            Subject.of("queue-interrupted-consumer", MORE,
                    w -> new QueueScenario(w, 1).producer(1).impatientConsumer().consumer(1)),
            Subject.of("queue-interrupted-beside-batch", ONE_ALIVE,
                    w -> new QueueScenario(w, 2).prefilled(2).producer(1).impatientProducer().batch(2).consumer(1)),
            Subject.of("queue-interrupted-beside-looker", ONE_ALIVE,
                    w -> new QueueScenario(w, 1).consumer(1).impatientConsumer().looker().producer(1)),
            Subject.of("queue-2-producers", MORE, w -> new QueueScenario(w, 1).producer(1).producer(1).consumer(2)),
            Subject.of("queue-2-consumers", MORE, w -> new QueueScenario(w, 2).producer(2).consumer(1).consumer(1)),
            Subject.of("queue-batch", TWO, w -> new QueueScenario(w, 3).batch(3).batchConsumer(3)),
            Subject.of("queue-batches", MORE, w -> new QueueScenario(w, 3).batch(2).batch(2).batchConsumer(4)),
            Subject.of("queue-mixed-producers", MORE,
                    w -> new QueueScenario(w, 2).batch(2).producer(2).consumer(4)),
            Subject.of("queue-claim", TWO, w -> new QueueScenario(w, 1).claimer(2).consumer(2)),
            Subject.of("queue-handler", TWO, w -> new QueueScenario(w, 1).producer(2).handler(2)),
            Subject.of("queue-claim-handler", TWO, w -> new QueueScenario(w, 2).claimer(2).handler(2)),
            Subject.of("queue-roles", TWO, w -> new QueueScenario(w, 1).exclusiveProducer(2).exclusiveConsumer(2)),
            Subject.of("queue-producer-role", TWO, w -> new QueueScenario(w, 1).exclusiveProducer(2).consumer(2)),
            Subject.of("queue-consumer-role", TWO, w -> new QueueScenario(w, 1).producer(2).exclusiveConsumer(2)),
            Subject.of("queue-role-and-others", MORE,
                    w -> new QueueScenario(w, 1).exclusiveProducer(1).producer(1).consumer(2)),
            Subject.of("queue-2-roles", TWO, w -> new QueueScenario(w, 2).exclusiveProducer(1).exclusiveProducer(1)),
            Subject.of("queue-role-succession", MORE,
                    w -> new QueueScenario(w, 1).exclusiveProducer(1).consumer(1).ifKilled(0).exclusiveProducer(1)),
            Subject.of("queue-consumer-succession", MORE,
                    w -> new QueueScenario(w, 1).producer(2).exclusiveConsumer(2).ifKilled(1).exclusiveConsumer(1)),
            Subject.of("queue-roles-buffers", BUFFERS,
                    w -> new QueueScenario(w, 1).exclusiveProducer(2).exclusiveConsumer(2)),
            Subject.of("queue-producer-role-buffers", BUFFERS,
                    w -> new QueueScenario(w, 1).exclusiveProducer(2).consumer(2)),
            Subject.of("queue-consumer-role-buffers", BUFFERS,
                    w -> new QueueScenario(w, 1).producer(2).exclusiveConsumer(2)),
            Subject.of("queue-buffers", BUFFERS, w -> new QueueScenario(w, 1).producer(2).consumer(2)),
            Subject.of("queue-shutdown", MORE,
                    w -> new QueueScenario(w, 1).producer(2).closer().drainer()),
            Subject.of("queue-shutdown-role", MORE,
                    w -> new QueueScenario(w, 1).exclusiveProducer(1).closer().drainer()),
            Subject.of("queue-shutdown-claim", MORE,
                    w -> new QueueScenario(w, 2).claimer(2).closer().drainer()),
            Subject.of("queue-bytes", MORE,
                    w -> new QueueScenario(w, Capacity.bytes(128)).batches(3, 3).batchConsumer(9)),
            Subject.of("queue-removal", TWO, w -> new QueueScenario(w, 4).prefilled(3).remover(1).poller()),
            Subject.of("queue-removal-role", TWO,
                    w -> new QueueScenario(w, 4).prefilled(3).remover(1).exclusivePoller()),
            Subject.of("queue-handler-buffers", BUFFERS, w -> new QueueScenario(w, 1).producer(2).handler(2)),
            Subject.of("queue-2-removals", MORE,
                    w -> new QueueScenario(w, 4).prefilled(3).remover(1).remover(2).poller()),
            Subject.of("queue-fickle-claim", MORE, w -> new QueueScenario(w, 1).fickleClaimer(2).consumer(2)),
            Subject.of("queue-shutdown-now", MORE,
                    w -> new QueueScenario(w, 1).producer(1).closerNow(true).drainer()),
            Subject.of("queue-shutdown-now-roles", MORE,
                    w -> new QueueScenario(w, 1).exclusiveProducer(1).closerNow(false).exclusiveDrainer()),
            Subject.of("queue-shutdown-now-handler", MORE,
                    w -> new QueueScenario(w, 2).producer(2).closerNow(false).handler(1)),
            Subject.of("queue-shutdown-twice", MORE,
                    w -> new QueueScenario(w, 2).prefilled(2).closer().closerNow(true).drainer()),
            Subject.of("queue-clear", MORE, w -> new QueueScenario(w, 1).producer(2).clearer().poller()),
            Subject.of("queue-2-clears", MORE, w -> new QueueScenario(w, 1).producer(2).clearer().clearer()),
            Subject.of("queue-drain", MORE, w -> QueueScenario.viewed(w).prefilled(3).producer(1).drainerAtOnce(5)
                    .poller()),
            Subject.of("queue-walk", MORE, w -> QueueScenario.viewed(w).prefilled(5).producer(1).walker().poller()),
            Subject.of("queue-walk-removal", MORE, w -> QueueScenario.viewed(w).prefilled(3).remover(1).walker()
                    .poller()),
            Subject.of("queue-walk-buffers", BUFFERS, w -> QueueScenario.viewed(w).prefilled(1).producer(2).walker()),
            Subject.of("queue-peek", MORE, w -> QueueScenario.viewed(w).prefilled(5).producer(1).peeker().poller()),
            Subject.of("queue-peek-removal", MORE, w -> QueueScenario.viewed(w).prefilled(2).remover(0).peeker()
                    .poller()),
            Subject.of("queue-contains", MORE, w -> QueueScenario.viewed(w).prefilled(3).remover(1).finder(2).poller()),
            Subject.of("queue-walking-removal", MORE,
                    w -> QueueScenario.viewed(w).prefilled(3).walkingRemover(1).producer(1).poller()),
            Subject.of("pipe-simplex", MORE, w -> PipeScenario.simplex(w, 1).sender(2).receiver()),
            Subject.of("pipe-duplex", MORE, w -> PipeScenario.duplex(w, 1).caller().answerer()),
            Subject.of("pipe-2-senders", MORE, w -> PipeScenario.simplex(w, 2).sender(1).receiver().sender(1)),
            Subject.of("pipe-heir", MORE, w -> PipeScenario.simplex(w, 1).sender(2).receiver().ifKilled(0).sender(1)),
            Subject.of("pipe-quitter", MORE, w -> PipeScenario.simplex(w, 1).sender(3).quitter()),
            Subject.of("pipe-slice-over", MORE, w -> PipeScenario.simplex(w, 1).sliceMayEnd().sender(1).receiver()),
            Subject.of("pipe-buffers", BUFFERS, w -> PipeScenario.simplex(w, 1).sender(1).receiver()),
            Subject.of("lock-repair", TWO, w -> new RepairScenario(w, GuardKind.LOCK_TO_REPAIR, WHEN_TOLD, 2, 2)),
            Subject.of("lock-repair-3", MORE, w -> new RepairScenario(w, GuardKind.LOCK_TO_REPAIR, WHEN_TOLD, 3, 2)),
            Subject.of("rlock-repair-3", MORE, w -> new RepairScenario(w, GuardKind.RLOCK_TO_REPAIR, WHEN_TOLD, 3, 2)),
            Subject.of("lock-hook", TWO, w -> new RepairScenario(w, GuardKind.LOCK, HOOK, 2, 2)),
            Subject.of("rlock-hook-2-kills", Bounds.of(1, 2), w -> new RepairScenario(w, GuardKind.RLOCK, HOOK, 3, 1)),
            Subject.of("rlock-hook-fails", MORE, w -> new RepairScenario(w, GuardKind.RLOCK, HOOK_THAT_FAILS_FIRST, 3,
                    2)),
            Subject.of("value-add", TWO,
                    w -> ValueScenario.adding(w, 2, ValueScenario.ADD, ValueScenario.UPDATE, ValueScenario.ACCUMULATE)),
            Subject.of("value-swap", TWO, w -> ValueScenario.swapping(w, 3, 2)),
            Subject.of("value-lock", MORE, w -> ValueScenario.adding(w, 1, ValueScenario.LOCKED, ValueScenario.LOCKED)),
            Subject.of("value-buffers", BUFFERS, w -> ValueScenario.adding(w, 2, ValueScenario.ADD,
                    ValueScenario.UPDATE)),
            Subject.of("directory-2", MORE, w -> DirectoryScenario.of(w, "ab", "bc")),
            Subject.of("directory-buffers", BUFFERS, w -> DirectoryScenario.of(w, "a", "ab")),
            Subject.of("directory-exclusive", MORE, w -> DirectoryScenario.exclusive(w, "ab", "ba")),
            Subject.of("directory-full", MORE, w -> DirectoryScenario.full(w, "a")),
            Subject.of("slot-next", MORE, w -> new SlotScenario(w, SlotScenario.Flaw.NONE, false, 1, 2)),
            Subject.of("slot-comes-round", TWO, w -> new SlotScenario(w, SlotScenario.Flaw.NONE, true, 1, 1)));

    private Catalogue() {
    }

    /** All of them. */
    static List<Subject> shipped() {
        return SHIPPED;
    }
}
