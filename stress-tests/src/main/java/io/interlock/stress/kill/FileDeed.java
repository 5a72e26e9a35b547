package io.interlock.stress.kill;

import io.interlock.core.Segment;
import io.interlock.core.SegmentOptions;
import io.interlock.core.error.SegmentNotFoundException;
import io.interlock.memory.IpcLong;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Makes, opens, replaces and leaves segment files. */
final class FileDeed extends Deed {

    private static final SegmentOptions SMALL = SegmentOptions.defaults().withSizeBytes(256 << 10);

    private final Operation operation;
    private Path path;
    private Survivor<Boolean> survivor;

    /** What is done. */
    enum Operation {
        CREATE("segment-creating"), OPEN("segment-opening"), RESET("segment-resetting"), CLOSE("segment-closing"),
        TEMPORARY("segment-temporary-closing");

        final String row;

        Operation(String row) {
            this.row = row;
        }
    }

    FileDeed(Operation operation) {
        this.operation = operation;
    }

    @Override
    void prepare(Path given) {
        path = given;
        if (operation == Operation.OPEN || operation == Operation.RESET || operation == Operation.CLOSE) {
            try (Segment segment = Segment.create(path, SMALL)) {
                IpcLong.create(segment, "number", 1);
            }
        }
    }

    @Override
    void act(Path given, Stage stage) {
        switch (operation) {
            case CREATE -> create(given, stage);
            case OPEN -> open(given, stage);
            case RESET -> reset(given, stage);
            case CLOSE -> close(Segment.open(given), stage);
            case TEMPORARY -> close(Segment.temporary(SMALL), stage);
        }
    }

    private void create(Path given, Stage stage) {
        stage.is(operation.row);
        Segment segment = Segment.create(given, SMALL);
        stage.over();
        segment.close();
    }

    private void open(Path given, Stage stage) {
        stage.is(operation.row);
        Segment segment = Segment.open(given);
        stage.over();
        segment.close();
    }

    private void reset(Path given, Stage stage) {
        Segment segment = Segment.open(given);
        stage.is(operation.row);
        Segment fresh = segment.resetIfUnused();
        stage.over();
        if (fresh != null) {
            fresh.close(); // otherwise somebody was attached meanwhile
        }
    }

    private void close(Segment segment, Stage stage) {
        stage.is(operation.row);
        segment.close();
        stage.over();
    }

    @Override
    String whileStopped() throws Exception {
        survivor = Survivor.begin(() -> {
            Segment.openOrCreate(path, SMALL).close();
            return true;
        });
        boolean waits = !survivor.isDoneWithin(ObjectDeed.LONGER_THAN_A_SLICE_MILLIS, TimeUnit.MILLISECONDS);
        return waits ? "wait in that directory, for up to 30 s" : "open and create";
    }

    @Override
    Finding after(Fate fate) throws Exception {
        if (survivor != null) {
            survivor.result();
        }
        String seen = operation == Operation.CREATE ? "it exists or does not; the next creator cleans up"
                : "it is as it was, or as it was to be; others use it";
        try (Segment segment = Segment.openOrCreate(path, SMALL)) {
            check(segment.stats().participants() == 1, "the dead count as participants: " + segment.stats());
            IpcLong number = IpcLong.openOrCreate(segment, "number", 1);
            check(number.get() == 1, "the number is " + number.get());
        }
        Finding finding = Finding.now(seen);
        nextCreatorCleansUp();
        return finding;
    }

    private void nextCreatorCleansUp() throws IOException {
        Segment another = Segment.create(path.resolveSibling("another"), SMALL);
        another.unlink();
        another.close();
        try (Stream<Path> files = Files.list(path.getParent())) {
            List<Path> left = files.filter(file -> !file.equals(path) && !file.endsWith(".interlock.lock")).toList();
            check(left.isEmpty(), "left behind: " + left);
        }
    }

    @Override
    void close() {
        try {
            Segment.unlink(path);
        } catch (SegmentNotFoundException e) {
            return; // it was never made
        }
    }
}
