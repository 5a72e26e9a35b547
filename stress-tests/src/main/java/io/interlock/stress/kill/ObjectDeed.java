package io.interlock.stress.kill;

import io.interlock.core.Segment;
import io.interlock.core.SegmentOptions;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A deed with objects of one segment, to which both processes are attached before it begins. */
abstract class ObjectDeed extends Deed {

    /** Every wait of the survivors ends; none of them should be anywhere near as long. */
    static final long PATIENCE_SECONDS = 20;
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

    /**
     * What was given may go to the survivor or to the one who is gone: waits until the survivor has it, or until it
     * lies there no longer.
     *
     * @return whether the survivor has it
     */
    static boolean comesTo(Survivor<?> survivor, BooleanSupplier liesThere) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!survivor.isDoneWithin(1, TimeUnit.MILLISECONDS) && liesThere.getAsBoolean()) {
            check(System.nanoTime() - deadline < 0, "what it waits for is there, and a waiter sleeps");
        }
        return survivor.isDone();
    }

    /** A call that waits, with the patience of all of them. */
    @FunctionalInterface
    interface TimedCall {

        /** Whether it got what it waited for. */
        boolean within(long time, TimeUnit unit) throws InterruptedException;
    }

    /** Waits for what must come. */
    static void must(String what, TimedCall call) throws InterruptedException {
        check(call.within(PATIENCE_SECONDS, TimeUnit.SECONDS), what + " did not come in " + PATIENCE_SECONDS + " s");
    }

    /** Waits for what must not come, longer than a slice. */
    static void mustNot(String what, TimedCall call) throws InterruptedException {
        check(!call.within(LONGER_THAN_A_SLICE_MILLIS, TimeUnit.MILLISECONDS), what + " although it must not");
    }
}
