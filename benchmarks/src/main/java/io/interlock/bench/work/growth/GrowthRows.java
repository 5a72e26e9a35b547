package io.interlock.bench.work.growth;

import io.interlock.bench.measure.Contest.Rounds;
import io.interlock.bench.measure.Goal;
import io.interlock.bench.measure.Growth;
import io.interlock.bench.measure.Growth.Line;
import io.interlock.bench.measure.Peer;
import io.interlock.bench.measure.Row;
import io.interlock.bench.measure.Unit;
import io.interlock.bench.peer.JvmPeer;
import io.interlock.bench.peer.KernelThread;
import io.interlock.bench.peer.Laps;
import io.interlock.bench.peer.NativePeer;
import io.interlock.bench.peer.NativeSource;
import io.interlock.bench.peer.Needing;
import io.interlock.bench.peer.Part;
import io.interlock.bench.peer.Room;
import io.interlock.bench.work.Scale;
import io.interlock.bench.work.sync.Counting;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** How cost grows. */
public final class GrowthRows {

    private static final long ACQUISITIONS = 5_000_000;
    private static final long MESSAGES = 1_000_000;
    private static final int PROCESSES_OF_WAITERS = 4;
    private static final long PULSES = 20;
    /** How much of the shared memory is made in one round, in segments of at most that size. */
    private static final long MEBIBYTES_OF_A_ROUND = 64;
    private static final long OPENINGS = 50;
    private static final long LOOK_UPS = 2_000;
    private static final long ADDITIONS = 200;
    private static final long REAPINGS = 1;
    /** Each reaping costs the start of a JVM, and the largest segments take half a second to make. */
    private static final Rounds FEWER = new Rounds(1, 9);

    private static final double A_MILLISECOND = 1e6;

    private final Scale scale;

    private GrowthRows(Scale scale) {
        this.scale = scale;
    }

    /** All of them. */
    public static List<Row> all(Scale scale) {
        GrowthRows rows = new GrowthRows(scale);
        return List.of(rows.lock(), rows.queue(), rows.event(), rows.segment(), rows.objects());
    }

    private Row lock() {
        Line ours = Axis.PROCESSES.line("IpcLock", scale, (name, x) -> JvmPeer.of(name,
                Collections.nCopies(x, Counting.class), Laps.PER_SECOND, scale.of(ACQUISITIONS)).withWords("plain"));
        // The program counts only if it is not alone.
        Line theirs = Axis.PROCESSES.line("glibc mutex", scale, 2, (name, x) -> new NativePeer(name,
                NativeSource.LOCKS, Laps.PER_SECOND,
                List.of("plain", Long.toString(scale.of(ACQUISITIONS)), Integer.toString(x))));
        return Row.growing("growth-lock", "all processes fight for one lock, and add 1 to a number under it",
                Unit.PER_SECOND, new Growth(Axis.PROCESSES.title(), List.of(ours, theirs)), List.of());
    }

    private Row queue() {
        Line line = Axis.PROCESSES.line("IpcQueue", scale, 2, this::exchange);
        return Row.growing("growth-queue", "8-byte messages, one half of the processes puts them, the other one takes "
                + "them; they sleep if they have to wait", Unit.PER_SECOND,
                new Growth(Axis.PROCESSES.title(), List.of(line)), List.of());
    }

    private Peer exchange(String name, int processes) {
        List<Class<? extends Part>> parts = new ArrayList<>(
                Collections.nCopies(processes / 2, Exchange.Sender.class));
        parts.addAll(Collections.nCopies(processes / 2, Exchange.Receiver.class));
        return JvmPeer.of(name, parts, Laps.PER_SECOND, scale.of(MESSAGES));
    }

    private Row event() {
        Line line = Axis.WAITERS.line("IpcEvent", scale, this::pulse);
        return Row.growing("growth-event",
                "an event is set, until the last of those runs who slept: threads of at most "
                        + PROCESSES_OF_WAITERS + " processes", Unit.NANOS_EACH,
                new Growth(Axis.WAITERS.title(), List.of(line)), List.of());
    }

    private Peer pulse(String name, int waiters) {
        List<Class<? extends Part>> parts = new ArrayList<>(List.of(Pulse.Setter.class));
        parts.addAll(Collections.nCopies(Math.min(PROCESSES_OF_WAITERS, waiters), Pulse.Waiters.class));
        return Needing.file(KernelThread.NEEDED, JvmPeer.of(name, parts, Laps.NANOS_EACH, scale.of(PULSES))
                .withWords(Integer.toString(waiters)));
    }

    private Row segment() {
        List<Line> lines = List.of(
                Axis.MEBIBYTES.line("create", scale, (name, x) -> segment(name, SegmentOfSize.What.CREATE, x,
                        Math.max(1, MEBIBYTES_OF_A_ROUND / x))),
                Axis.MEBIBYTES.line("attach", scale,
                        (name, x) -> segment(name, SegmentOfSize.What.ATTACH, x, OPENINGS)),
                Axis.MEBIBYTES.line("open", scale,
                        (name, x) -> segment(name, SegmentOfSize.What.OPEN, x, OPENINGS)));
        return Row.growing("growth-segment", "a segment is made; opened by a process that is not attached; by one that "
                + "is", Unit.NANOS_EACH, new Growth(Axis.MEBIBYTES.title(), lines), List.of()).withAtMost(FEWER);
    }

    private Peer segment(String name, SegmentOfSize.What what, int mebibytes, long times) {
        long bytes = (long) mebibytes << 20;
        return new Needing(JvmPeer.of(name, List.of(SegmentOfSize.class), Laps.NANOS_EACH, scale.of(times))
                .withWords(what.name(), Long.toString(bytes)), new Room(bytes));
    }

    private Row objects() {
        Line lookUp = objects("look up", SegmentOfObjects.What.LOOK_UP, LOOK_UPS);
        Line attach = objects("attach", SegmentOfObjects.What.ATTACH, OPENINGS);
        List<Line> lines = List.of(lookUp, objects("add", SegmentOfObjects.What.ADD, ADDITIONS), attach,
                objects("attach and reap", SegmentOfObjects.What.REAP, REAPINGS));
        return Row.growing("growth-objects", "the last lock is opened by its name; one more is made; the segment is "
                + "attached; the same in the slot of somebody who was killed with all locks", Unit.NANOS_EACH,
                new Growth(Axis.OBJECTS.title(), lines), List.of(atMostAMillisecond(lookUp),
                        atMostAMillisecond(attach))).withAtMost(FEWER);
    }

    private Line objects(String line, SegmentOfObjects.What what, long times) {
        return Axis.OBJECTS.line(line, scale, (name, x) -> JvmPeer.of(name, List.of(SegmentOfObjects.class),
                Laps.NANOS_EACH, scale.of(times)).withWords(what.name(), Integer.toString(x)));
    }

    /** For its last point. */
    private static Goal atMostAMillisecond(Line line) {
        return Goal.atMost(line.points().get(line.points().size() - 1).name(), A_MILLISECOND);
    }
}
