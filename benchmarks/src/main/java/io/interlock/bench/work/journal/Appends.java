package io.interlock.bench.work.journal;

import io.interlock.bench.peer.Lap;
import io.interlock.bench.peer.Part;
import io.interlock.bench.work.sync.Barrier;
import io.interlock.core.Segment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * Appends its part of the messages. Each round has a log of its own, which the first process reads when all have
 * appended, and removes: neither that nor the making of the log is timed. The word says which {@link Log.Kind}.
 */
public final class Appends implements Part {

    private final Log.Kind kind;
    private final Path directory;
    private final int number;
    private final int processes;
    private final long messages;
    private final Barrier barrier;
    private int round;

    /** Has no log yet. */
    public Appends(Setting setting) {
        kind = Log.Kind.valueOf(setting.words().get(0));
        directory = setting.directory();
        number = setting.number();
        processes = setting.processes();
        messages = setting.operations() / processes;
        barrier = new Barrier(Segment.openOrCreate(directory.resolve("segment")), processes);
    }

    private boolean isFirst() {
        return number == 0;
    }

    @Override
    public Lap round() throws Exception {
        round++;
        Path path = directory.resolve("round-" + round);
        Lap lap;
        try (Log log = openInTurn(path)) {
            lap = append(log);
            barrier.await();
            if (isFirst()) {
                check(log);
            }
        }
        barrier.await();
        if (isFirst()) {
            remove(path);
        }
        return lap;
    }

    /** The first one makes it. */
    private Log openInTurn(Path path) throws InterruptedException {
        if (isFirst()) {
            Log log = kind.open(path);
            barrier.await();
            return log;
        }
        barrier.await();
        return kind.open(path);
    }

    /** The first batch, which makes the file, is not timed. */
    private Lap append(Log log) throws InterruptedException {
        long next = NumberCheck.first(number);
        long timedFrom = next + Log.BATCH;
        long end = next + messages;
        while (next < timedFrom) {
            log.append(next);
            next++;
        }
        barrier.await();
        long start = System.nanoTime();
        while (next < end) {
            log.append(next);
            next++;
        }
        return Lap.of(start, System.nanoTime(), end - timedFrom);
    }

    private void check(Log log) throws InterruptedException {
        try (Log.Reader reader = log.reader()) {
            reader.read(messages * processes, new NumberCheck(processes));
        }
    }

    private static void remove(Path path) throws IOException {
        try (Stream<Path> files = Files.walk(path)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        }
    }
}
