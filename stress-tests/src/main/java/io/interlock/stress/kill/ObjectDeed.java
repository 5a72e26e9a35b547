package io.interlock.stress.kill;

import io.interlock.core.Segment;
import io.interlock.core.SegmentOptions;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A deed with objects of one segment, to which both processes are attached before it begins. */
abstract class ObjectDeed extends Deed {

    /** Longer than the slice after which somebody asks whether an owner is dead. */
    static final long LONGER_THAN_A_SLICE_MILLIS = 120;

    private static final long SIZE_BYTES = 1 << 20;

    private Segment segment;

    @Override
    final void prepare(Path path) throws Exception {
        segment = Segment.create(path, SegmentOptions.defaults().withSizeBytes(SIZE_BYTES));
        prepare(segment);
    }

    /** Makes the objects. */
    abstract void prepare(Segment made) throws Exception;

    @Override
    final void act(Path path, Stage stage) throws Exception {
        try (Segment opened = Segment.open(path)) {
            stage.knows(opened);
            act(opened, stage);
            stage.over();
        }
    }

    /** Opens the objects, and does it. */
    abstract void act(Segment opened, Stage stage) throws Exception;

    @Override
    final void close() {
        if (segment != null) {
            segment.unlink();
            segment.close();
        }
    }

    /** Whether a survivor is done after longer than a slice. */
    static boolean isDoneAfterASlice(Survivor<?> survivor) throws InterruptedException {
        return survivor.isDoneWithin(LONGER_THAN_A_SLICE_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** A call that waits, with the patience of all of them. */
    @FunctionalInterface
    interface TimedCall {

        /** Whether it got what it waited for. */
        boolean within(long time, TimeUnit unit) throws InterruptedException;
    }

    /** Waits for what must come soon: neither later, nor at the end of a time limit. */
    static void must(String what, TimedCall call) throws InterruptedException {
        long begin = System.nanoTime();
        boolean came = call.within(2 * Survivor.SOON_SECONDS, TimeUnit.SECONDS);
        check(came && System.nanoTime() - begin < TimeUnit.SECONDS.toNanos(Survivor.SOON_SECONDS),
                what + " did not come in " + Survivor.SOON_SECONDS + " s");
    }

    /** Waits for what must not come, longer than a slice. */
    static void mustNot(String what, TimedCall call) throws InterruptedException {
        check(!call.within(LONGER_THAN_A_SLICE_MILLIS, TimeUnit.MILLISECONDS), what + " although it must not");
    }
}
