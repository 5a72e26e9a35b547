package io.interlock.stress.kill;

import io.interlock.core.Segment;
import io.interlock.core.SegmentOptions;
import io.interlock.core.error.SegmentNotFoundException;
import io.interlock.memory.IpcLong;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.stream.Stream;

/** Makes, opens, replaces and leaves segment files. */
final class FileDeed extends Deed {

    private static final SegmentOptions SMALL = SegmentOptions.defaults().withSizeBytes(256 << 10);

    private static final long BEFORE = 7;
    private static final long AFTER = 8;

    private final Operation operation;
    private Path path;
    private Object file;
    private boolean isUnborn;
    private boolean isBorn;
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
    void prepare(Path given) throws IOException {
        path = given;
        if (operation == Operation.OPEN || operation == Operation.RESET || operation == Operation.CLOSE) {
            try (Segment segment = Segment.create(path, SMALL)) {
                IpcLong.create(segment, "number", BEFORE);
            }
            file = fileKey();
        }
    }

    /** What names the file itself. */
    private Object fileKey() throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
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
    void look(Where where) {
        isBorn = where.label().startsWith("birth.linked") || where.label().startsWith("birth.published");
        isUnborn = where.label().startsWith("birth.") && !isBorn;
    }

    @Override
    String whileStopped() throws Exception {
        survivor = Survivor.begin(() -> {
            Segment.openOrCreate(path, SMALL).close();
            return true;
        });
        boolean waits = !ObjectDeed.isDoneAfterASlice(survivor);
        check(waits || !isUnborn, "somebody else came past a creator that is stopped");
        if (isBorn) {
            survivor.result();
            return "open what is there already";
        }
        return waits ? "wait in that directory, for up to 30 s" : "open and create";
    }

    @Override
    Finding after(Fate fate) throws Exception {
        if (survivor != null) {
            survivor.result();
        }
        switch (operation) {
            case OPEN, CLOSE -> checkUnchanged();
            case RESET -> checkOldOrNew();
            default -> checkUsable();
        }
        nextCreatorCleansUp();
        return new Finding(operation == Operation.CREATE ? "it exists or does not; the next creator cleans up"
                : operation == Operation.RESET ? "it is the old one, or the new one; others use it"
                : "it is as it was; others use it", null);
    }

    private void checkUnchanged() throws IOException {
        try (Segment segment = Segment.open(path)) {
            check(fileKey().equals(file), "it is another file");
            check(IpcLong.open(segment, "number").get() == BEFORE, "the number is lost");
            checkAlone(segment);
        }
    }

    private void checkOldOrNew() throws IOException {
        try (Segment segment = Segment.open(path)) {
            long number = IpcLong.openOrCreate(segment, "number", AFTER).get();
            check(number == (fileKey().equals(file) ? BEFORE : AFTER), "the number is " + number);
            checkAlone(segment);
        }
    }

    private void checkUsable() {
        try (Segment segment = Segment.openOrCreate(path, SMALL)) {
            check(IpcLong.openOrCreate(segment, "number", AFTER).get() == AFTER, "the number is half made");
            checkAlone(segment);
        }
    }

    private static void checkAlone(Segment segment) {
        check(segment.stats().participants() == 1, "the dead count as participants: " + segment.stats());
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
