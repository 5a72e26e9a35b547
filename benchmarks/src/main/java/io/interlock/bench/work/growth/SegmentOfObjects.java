package io.interlock.bench.work.growth;

import io.interlock.bench.peer.Lap;
import io.interlock.bench.peer.LineProcess;
import io.interlock.bench.peer.Part;
import io.interlock.bench.peer.Stopwatch;
import io.interlock.bench.work.life.Victim;
import io.interlock.core.Segment;
import io.interlock.core.SegmentOptions;
import io.interlock.sync.IpcLock;
import java.nio.file.Path;

/**
 * A process that works with a segment in which there are many named locks. The words say {@link What} takes the time,
 * and how many locks there are.
 */
public final class SegmentOfObjects implements Part {

    private static final long SIZE_BYTES = 16 << 20;
    private static final String NEW = "new";

    private final What what;
    private final Path path;
    private final int objects;
    private final long times;

    /** What is measured. */
    enum What {
        /** To open the last lock by its name. */
        LOOK_UP(SegmentOptions.DEFAULT_PARTICIPANTS),
        /** To make one more lock. */
        ADD(SegmentOptions.DEFAULT_PARTICIPANTS),
        /** To open the segment, in a slot that nobody had. */
        ATTACH(SegmentOptions.DEFAULT_PARTICIPANTS),
        /** To open the segment, in the only slot, whose participant was killed while it held all locks. */
        REAP(1);

        private final int participants;

        What(int participants) {
            this.participants = participants;
        }
    }

    /** Makes nothing yet. */
    public SegmentOfObjects(Setting setting) {
        what = What.valueOf(setting.words().get(0));
        path = setting.directory().resolve("segment");
        objects = Integer.parseInt(setting.words().get(1));
        times = setting.operations();
    }

    @Override
    public Lap round() throws Exception {
        Stopwatch stopwatch = new Stopwatch();
        Segment segment = Segment.create(path,
                SegmentOptions.defaults().withSizeBytes(SIZE_BYTES).withMaxParticipants(what.participants));
        try {
            for (int i = 1; i <= objects; i++) {
                IpcLock.create(segment, name(i));
            }
            for (long i = 0; i < times; i++) {
                once(segment, i, stopwatch);
            }
        } finally {
            segment.close();
            Segment.unlink(path);
        }
        return stopwatch.lap();
    }

    private void once(Segment segment, long time, Stopwatch stopwatch) throws Exception {
        switch (what) {
            case LOOK_UP -> stopwatch.time(() -> IpcLock.open(segment, name(objects)));
            case ADD -> stopwatch.time(() -> IpcLock.create(segment, NEW + time));
            case ATTACH -> {
                segment.close();
                stopwatch.time(() -> Segment.open(path)).close();
            }
            case REAP -> {
                segment.close();
                killOwner();
                try (Segment opened = stopwatch.time(() -> Segment.open(path))) {
                    check(opened, time + 1);
                }
            }
            default -> throw new AssertionError(what);
        }
    }

    private void killOwner() throws Exception {
        try (LineProcess victim = Victim.start(path, objects)) {
            victim.kill();
        }
    }

    private void check(Segment opened, long deaths) {
        IpcLock last = IpcLock.open(opened, name(objects));
        if (last.isLocked() || last.ownerDeaths() != deaths) {
            throw new IllegalStateException("expected a free lock with " + deaths + " dead owners, got " + last
                    + " with " + last.ownerDeaths());
        }
    }

    private static String name(int number) {
        return "lock-" + number;
    }
}
