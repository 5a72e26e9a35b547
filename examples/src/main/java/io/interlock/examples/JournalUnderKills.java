package io.interlock.examples;

import io.interlock.core.Segment;
import io.interlock.core.SegmentOptions;
import io.interlock.examples.ReadingJudge.Verdict;
import io.interlock.journal.IpcJournal;
import io.interlock.journal.JournalTailer;
import io.interlock.memory.IpcLongArray;
import io.interlock.sync.IpcEvent;
import io.interlock.sync.IpcSemaphore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * Sensors append their readings to a journal, one process each, and another process handles them. One of the appending
 * processes and the reader are killed at random moments, and started again.
 *
 * <p><b>An appender</b> that was killed has appended the reading that it was at, or it has not: nothing in its own
 * memory could say so, but the journal does. So whoever begins reads the journal first, and goes on behind the newest
 * reading of its sensor.
 *
 * <p><b>The reader</b> has a named tailer, whose position is in the journal. It notes each reading in a log that
 * survives it, and a reading counts as handled when the next one is asked for. Killed in between, it gets that one
 * reading again.
 *
 * <p><b>Why a loss would show.</b> What there is to be is known from the plan, and not from counts of the processes.
 * The judge reads the whole journal and the whole log. The counts say only when it is time to kill.
 */
final class JournalUnderKills {

    static final int SENSORS = 2;

    private static final String TAILER = "display";
    private static final String COUNTS = "counts";
    private static final String KILLS_DONE = "kills-done";
    private static final String APPENDED = "appended";
    private static final String COMPLETE = "complete";
    /** In numbers: 128 bytes. */
    private static final int STRIDE = 16;
    /** Number of the reader's count, behind those of the sensors. */
    private static final int READER = SENSORS;
    /** No sensor goes beyond this part of its readings before the last kill: all kills come while all are at work. */
    private static final double BEFORE_LAST_KILL = 0.9;
    /** The kills come at random moments between these parts of that. */
    private static final double EARLIEST = 0.2;
    private static final double LATEST = 0.8;
    private static final int LOOK_MILLIS = 1;
    /** The first release with a flag that says what to do about sun.misc.Unsafe; the next one warns without it. */
    private static final int UNSAFE_FLAG = 23;

    private final ReadingPlan plan;
    private final boolean temporary;
    private final boolean kill;
    private final SplittableRandom random = new SplittableRandom();
    private final List<String> kills = new ArrayList<>();
    /** Null as long as a temporary one is not made. */
    private Path directory;
    private boolean removed;

    /**
     * What came of it.
     *
     * @param messages    in the journal
     * @param unhandled   messages that the reader's position says are not handled
     * @param readerKills how often the reader was killed
     * @param kills       who was killed and when, for people
     */
    record Outcome(Verdict verdict, long messages, long unhandled, int readerKills, List<String> kills,
            long elapsedMillis) {

        boolean holds() {
            return verdict.holds(readerKills) && unhandled == 0;
        }
    }

    /**
     * A run.
     *
     * @param directory where the journal will be; null for a temporary directory, which is removed at the end
     * @param kill      whether anybody is killed
     */
    JournalUnderKills(ReadingPlan plan, Path directory, boolean kill) {
        this.plan = plan;
        this.directory = directory;
        this.temporary = directory == null;
        this.kill = kill;
    }

    Outcome run(Progress bar) throws InterruptedException, IOException {
        beQuiet();
        try (Segment segment = Segment.temporary(options()); Workers workers = new Workers(segment)) {
            if (temporary) {
                workers.onStop(this::remove);
            }
            try (IpcJournal<Reading> journal = create()) {
                return run(bar, segment, workers, journal);
            }
        } finally {
            if (temporary) {
                remove();
            }
        }
    }

    private SegmentOptions options() {
        long log = HandledLog.bytesFor(plan.size());
        return SegmentOptions.defaults().withSizeBytes(SegmentOptions.DEFAULT_SIZE_BYTES + log + log / 8);
    }

    private Outcome run(Progress bar, Segment segment, Workers workers, IpcJournal<Reading> journal)
            throws InterruptedException {
        HandledLog log = HandledLog.create(segment, plan.size());
        IpcLongArray counts = IpcLongArray.create(segment, COUNTS, (SENSORS + 1) * STRIDE);
        IpcEvent killsDone = IpcEvent.create(segment, KILLS_DONE);
        IpcSemaphore appended = IpcSemaphore.create(segment, APPENDED, 0);
        IpcEvent complete = IpcEvent.create(segment, COMPLETE);
        Runnable show = () -> bar.at(countOf(counts, READER));
        workers.addFlags(flags());
        for (int sensor = 0; sensor < SENSORS; sensor++) {
            startAppender(workers, sensor);
        }
        startReader(workers);
        workers.go();
        if (kill) {
            killAppender(workers, counts, show);
            killReader(workers, counts, show);
        }
        killsDone.set();
        while (!appended.tryAcquire(SENSORS, LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
            workers.failIfAnyFailed();
            show.run();
        }
        complete.set();
        long elapsedMillis = workers.awaitDone(show);
        return judge(journal, log, elapsedMillis);
    }

    private void startAppender(Workers workers, int sensor) {
        workers.start("journal-appender", directory, plan.perSensor(), plan.seed(), sensor);
    }

    private void startReader(Workers workers) {
        workers.start("journal-reader", directory, plan.perSensor(), plan.seed());
    }

    /** Workers have numbers in the order of their start; each killed one is started again. */
    private void killAppender(Workers workers, IpcLongArray counts, Runnable show) throws InterruptedException {
        awaitCount(workers, counts, 0, pauseAt(plan.perSensor()), show);
        workers.kill(0);
        kills.add("killed the appender of sensor 0 (pid " + workers.pid(0) + ") after its reading "
                + countOf(counts, 0) + " of " + plan.perSensor());
        startAppender(workers, 0);
    }

    private void killReader(Workers workers, IpcLongArray counts, Runnable show) throws InterruptedException {
        awaitCount(workers, counts, READER, SENSORS * pauseAt(plan.perSensor()), show);
        workers.kill(READER);
        kills.add("killed the reader (pid " + workers.pid(READER) + ") after reading " + countOf(counts, READER)
                + " of " + plan.size());
        startReader(workers);
    }

    /** Waits until a random part of what a process can do before the kills are done. */
    private void awaitCount(Workers workers, IpcLongArray counts, int process, int reachable, Runnable show)
            throws InterruptedException {
        long wanted = (long) (random.nextDouble(EARLIEST, LATEST) * reachable);
        while (countOf(counts, process) < wanted) {
            workers.failIfAnyFailed();
            show.run();
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
    }

    private Outcome judge(IpcJournal<Reading> journal, HandledLog log, long elapsedMillis) {
        long messages = journal.endIndex();
        int[] places = new int[Math.toIntExact(messages)];
        journal.replay(0, (index, reading) -> places[(int) index] = plan.placeOf(reading));
        long handled = journal.tailers().stream().filter(tailer -> tailer.name().equals(TAILER))
                .mapToLong(tailer -> tailer.position()).sum();
        return new Outcome(ReadingJudge.judge(plan, places, log.places()), messages, messages - handled,
                kill ? 1 : 0, kills, elapsedMillis);
    }

    /** Not while it is removed by the thread that stops everything, nor afterwards. */
    private synchronized IpcJournal<Reading> create() throws IOException {
        if (removed) {
            throw new IllegalStateException("stopped");
        }
        if (temporary) {
            directory = Files.createTempDirectory("interlock-journal");
        }
        return IpcJournal.create(directory, Reading.CODEC);
    }

    /** Removes the temporary directory, also if the journal in it is half made. */
    private synchronized void remove() {
        removed = true;
        if (directory == null) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(directory);
        } catch (NoSuchFileException e) {
            // Removed already, by whoever was first.
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove the directory of the journal", e);
        }
    }

    /** Of the JVM of a worker. */
    private static List<String> flags() {
        List<String> flags = new ArrayList<>(IpcJournal.requiredFlags());
        if (Runtime.version().feature() >= UNSAFE_FLAG) {
            flags.add("--sun-misc-unsafe-memory-access=allow");
        }
        return flags;
    }

    /** Chronicle Queue's log goes to SLF4J, which would say on standard error that nobody takes it. */
    private static void beQuiet() {
        System.setProperty("slf4j.internal.verbosity", "ERROR");
    }

    private static long countOf(IpcLongArray counts, int process) {
        return counts.getAcquire(process * STRIDE);
    }

    private static void count(IpcLongArray counts, int process, long count) {
        counts.setRelease(process * STRIDE, count);
    }

    /** Number of the reading before which a sensor waits until the last kill is done. */
    private static int pauseAt(int readings) {
        return (int) (readings * BEFORE_LAST_KILL);
    }

    /** The process of a sensor. */
    static void append(Segment segment, List<String> arguments) throws InterruptedException {
        beQuiet();
        ReadingPlan plan = planOf(arguments);
        int sensor = Integer.parseInt(arguments.get(3));
        IpcLongArray counts = IpcLongArray.open(segment, COUNTS);
        IpcEvent killsDone = IpcEvent.open(segment, KILLS_DONE);
        try (IpcJournal<Reading> journal = IpcJournal.open(directoryOf(arguments), Reading.CODEC)) {
            int next = nextNumber(journal, sensor);
            StartLine.await(segment);
            for (int number = next; number < plan.perSensor(); number++) {
                if (number == pauseAt(plan.perSensor())) {
                    killsDone.await();
                }
                journal.append(plan.reading(sensor, number));
                count(counts, sensor, number + 1);
            }
        }
        IpcSemaphore.open(segment, APPENDED).release();
    }

    /** Of the reading that a sensor has to append next, by what is in the journal. */
    private static int nextNumber(IpcJournal<Reading> journal, int sensor) {
        int[] next = {0};
        journal.replay(journal.firstIndex(), (index, reading) -> {
            if (reading.sensor() == sensor) {
                next[0] = reading.number() + 1;
            }
        });
        return next[0];
    }

    /** The process that handles readings. */
    static void read(Segment segment, List<String> arguments) throws InterruptedException {
        beQuiet();
        ReadingPlan plan = planOf(arguments);
        IpcLongArray counts = IpcLongArray.open(segment, COUNTS);
        IpcEvent complete = IpcEvent.open(segment, COMPLETE);
        HandledLog log = HandledLog.open(segment);
        try (IpcJournal<Reading> journal = IpcJournal.open(directoryOf(arguments), Reading.CODEC);
                JournalTailer<Reading> tailer = journal.tailer(TAILER)) {
            StartLine.await(segment);
            boolean last;
            do {
                last = complete.isSet(); // before the look: what was appended until then is found
                Reading reading = tailer.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                while (reading != null) {
                    log.add(plan.placeOf(reading));
                    count(counts, READER, log.length());
                    reading = tailer.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS); // and the one before is handled
                }
            } while (!last);
        }
    }

    private static Path directoryOf(List<String> arguments) {
        return Path.of(arguments.get(0));
    }

    private static ReadingPlan planOf(List<String> arguments) {
        return new ReadingPlan(SENSORS, Integer.parseInt(arguments.get(1)), Long.parseLong(arguments.get(2)));
    }
}
