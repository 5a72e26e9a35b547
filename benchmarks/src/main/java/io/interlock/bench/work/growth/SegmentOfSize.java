package io.interlock.bench.work.growth;

import io.interlock.bench.peer.Lap;
import io.interlock.bench.peer.Part;
import io.interlock.bench.peer.Stopwatch;
import io.interlock.core.Segment;
import io.interlock.core.SegmentOptions;
import java.nio.file.Path;

/**
 * A process that makes a segment and opens it. It exists only during a round, so that never more than one large one is
 * there. The words say {@link What} takes the time, and how many bytes the segment has.
 */
public final class SegmentOfSize implements Part {

    private final What what;
    private final Path path;
    private final SegmentOptions options;
    private final long times;

    /** What is measured. */
    enum What {
        /** To make one. */
        CREATE,
        /** To open one to which the process is not attached. */
        ATTACH,
        /** To open one to which it is. */
        OPEN
    }

    /** Makes nothing yet. */
    public SegmentOfSize(Setting setting) {
        what = What.valueOf(setting.words().get(0));
        path = setting.directory().resolve("segment");
        options = SegmentOptions.defaults().withSizeBytes(Long.parseLong(setting.words().get(1)));
        times = setting.operations();
    }

    @Override
    public Lap round() throws Exception {
        Stopwatch stopwatch = new Stopwatch();
        if (what == What.CREATE) {
            for (long i = 0; i < times; i++) {
                stopwatch.time(() -> Segment.create(path, options)).close();
                Segment.unlink(path);
            }
        } else {
            try (Segment segment = Segment.create(path, options)) {
                open(segment, stopwatch);
            } finally {
                Segment.unlink(path);
            }
        }
        return stopwatch.lap();
    }

    private void open(Segment attached, Stopwatch stopwatch) throws Exception {
        if (what == What.ATTACH) {
            attached.close();
        }
        for (long i = 0; i < times; i++) {
            stopwatch.time(() -> Segment.open(path)).close();
        }
    }
}
