package io.interlock.bench.work.sync;

import io.interlock.bench.peer.Part.Setting;

/** The wires between processes. */
enum WireKind {

    /** Semaphores. */
    SEMAPHORE(SyncWires.Semaphores::new),
    /** Events. */
    EVENT(SyncWires.Events::new),
    /** Conditions of one lock. */
    CONDITION(SyncWires.Conditions::new),
    /** Queues for whoever wants, of which the reader spins. */
    QUEUE_SPIN(QueueWires::spinning),
    /** Queues with one process on each side, of which the reader spins. */
    QUEUE_EXCLUSIVE_SPIN(QueueWires.Exclusive::new),
    /** Queues for whoever wants, of which the reader sleeps. */
    QUEUE(QueueWires.Sleeping::new),
    /** A pipe. */
    PIPE(QueueWires.Pipe::new),
    /** Agrona's rings, of which the reader spins. */
    AGRONA(AgronaWire::new);

    private final Opening opening;

    /** Opens or makes a wire. */
    @FunctionalInterface
    private interface Opening {

        Wire open(Setting setting) throws Exception;
    }

    WireKind(Opening opening) {
        this.opening = opening;
    }

    /** The end of the wire that the first word of a part tells: the calling one for the first process. */
    static Wire open(Setting setting) throws Exception {
        return valueOf(setting.words().get(0)).opening.open(setting);
    }

    /** The name of the way on which a process sends, or the other one. */
    static String way(Setting setting, boolean sends) {
        return (setting.number() == 0) == sends ? "there" : "back";
    }
}
