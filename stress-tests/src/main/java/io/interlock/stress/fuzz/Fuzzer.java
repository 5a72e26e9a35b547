package io.interlock.stress.fuzz;

import io.interlock.core.platform.LockBytes;
import io.interlock.stress.Java;
import io.interlock.stress.fuzz.VictimProcess.Answer;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/**
 * Damages copies of a good segment, one for each number, and lets a victim use each; a few victims at a time. A victim
 * goes on to the next file in the same JVM; only one that died or hung is replaced.
 */
public final class Fuzzer implements AutoCloseable {

    private static final String SPECIMEN = "specimen";
    private static final int WORTHWHILE = 150;
    private static final int MAKER_SECONDS = 60;
    private static final int KINDS = 2;
    /** For each kind; together more than processors, since most of the time goes by waiting. */
    private static final int LANES_EACH = Runtime.getRuntime().availableProcessors();
    private static final long PATIENCE_MILLIS = 2_000;
    /** A call that did not end is tried again with so much more: the machine may have been busy with other things. */
    private static final int LAST_PATIENCES = 10;
    private static final long WARM_UP_MILLIS = 20_000;

    private final long seed;
    private final String victimClass;
    private final long patienceMillis;
    private final Path directory;
    private final byte[] good;
    private final Terrain terrain;
    private final List<Lane> lanes = new ArrayList<>();
    private final AtomicInteger kills = new AtomicInteger();

    /**
     * What became of a mutation.
     *
     * @param description what was done to the file
     * @param calls       how many calls of the library returned
     * @param recoveries  how many dead owners the victim has succeeded
     * @param refusals    the library's own exceptions
     * @param violations  what must not be
     */
    public record Outcome(String description, int calls, int recoveries, List<String> refusals,
            List<String> violations) {
    }

    /** Makes the good segment. */
    public Fuzzer(long seed) throws IOException, InterruptedException {
        this(seed, Victim.class, null, PATIENCE_MILLIS);
    }

    /**
     * The same with another victim.
     *
     * @param good           a segment made before, or null
     * @param patienceMillis how long a call may take at first
     */
    Fuzzer(long seed, Class<?> victim, byte[] good, long patienceMillis) throws IOException, InterruptedException {
        this.seed = seed;
        this.victimClass = victim.getName();
        this.patienceMillis = patienceMillis;
        this.directory = Java.sharedMemoryDirectory("interlock-fuzz-");
        this.good = good != null ? good : specimen(directory.resolve(SPECIMEN));
        this.terrain = new Terrain(this.good);
        for (int i = 0; i < KINDS * LANES_EACH; i++) {
            lanes.add(new Lane(i % KINDS));
        }
    }

    private byte[] specimen(Path path) throws IOException, InterruptedException {
        Process maker = Java.start(new ProcessBuilder(
                Java.command(List.of("-Xmx64m", "-XX:+UseSerialGC"), Specimen.class.getName(), List.of("" + path)))
                .inheritIO());
        try {
            if (!maker.waitFor(MAKER_SECONDS, TimeUnit.SECONDS) || maker.exitValue() != 0) {
                throw new IllegalStateException("the good segment was not made");
            }
            kills.incrementAndGet();
            return Files.readAllBytes(path);
        } finally {
            Java.end(maker);
            Files.deleteIfExists(path);
        }
    }

    /** The good segment. */
    byte[] good() {
        return good.clone();
    }

    /** The mutation of this number. */
    Mutation mutation(long number) {
        return Mutation.of(good, terrain, seed, number);
    }

    /** Lets a victim use the undamaged segment; whatever it refuses is a violation, too. */
    public List<Outcome> control() throws IOException, InterruptedException {
        List<Outcome> outcomes = new ArrayList<>();
        for (int kind = 0; kind < KINDS; kind++) {
            for (Mutation.Setting setting : Mutation.Setting.values()) {
                outcomes.add(lanes.get(kind).run(Mutation.none(good, setting)));
            }
        }
        return outcomes;
    }

    /**
     * Lets victims use mutations, a few at a time, each by one of them.
     *
     * @param first    number of the first
     * @param end      number behind the last
     * @param isOver   says that it is enough
     * @param listener is told of each, by one thread at a time, not always in their order
     */
    public void run(long first, long end, BooleanSupplier isOver, Listener listener)
            throws IOException, InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(lanes.size());
        try {
            List<Numbers> numbers = new ArrayList<>();
            for (int kind = 0; kind < KINDS; kind++) {
                numbers.add(new Numbers(first, end, kind, isOver));
            }
            List<Future<Void>> ends = new ArrayList<>();
            for (Lane lane : lanes.subList(0, worthwhileLanes(end - first))) {
                ends.add(threads.submit(() -> run(lane, numbers.get(lane.kind), listener)));
            }
            for (Future<Void> each : ends) {
                each.get();
            }
        } catch (ExecutionException e) {
            throw new IOException("fuzzing failed: " + e.getCause(), e);
        } finally {
            threads.shutdownNow();
        }
    }

    /** A victim has to start and to warm up before it is of use. */
    private int worthwhileLanes(long mutations) {
        return (int) Math.max(KINDS, Math.min(lanes.size(), mutations / WORTHWHILE));
    }

    private Void run(Lane lane, Numbers numbers, Listener listener) throws IOException, InterruptedException {
        for (long number = numbers.next(); number >= 0; number = numbers.next()) {
            Outcome outcome = lane.run(mutation(number));
            synchronized (this) {
                listener.onOutcome(number, outcome);
            }
        }
        return null;
    }

    /** The numbers for victims of a kind: each kind has its own, so that a number says which kind it is for. */
    private static final class Numbers {

        private final long end;
        private final BooleanSupplier isOver;
        private final AtomicLong next;

        Numbers(long first, long end, int kind, BooleanSupplier isOver) {
            this.end = end;
            this.isOver = isOver;
            this.next = new AtomicLong(first + Math.floorMod(kind - first, KINDS));
        }

        /** The next one, or -1 if there is none. */
        long next() {
            long number = next.getAndAdd(KINDS);
            return number < end && !isOver.getAsBoolean() ? number : -1;
        }
    }

    /** Hears what became of mutations. */
    @FunctionalInterface
    public interface Listener {

        /** One is done. */
        void onOutcome(long number, Outcome outcome) throws IOException;
    }

    /** Writes the file of a mutation, as it is before the victim opens it. */
    public Path keep(long number, Path where) throws IOException {
        Path path = where.resolve("fuzz-" + seed + "-" + number + ".segment");
        return Files.write(path, mutation(number).bytes());
    }

    /** How many processes have died: the maker of the good segment, and victims. */
    public int kills() {
        return kills.get();
    }

    /** Ends the victims and removes the files. */
    @Override
    public void close() {
        lanes.forEach(Lane::close);
        Java.removeDirectory(directory);
    }

    /** One victim after the other. */
    private final class Lane implements AutoCloseable {

        private final Path home = Files.createTempDirectory(directory, "lane");
        private final int kind;
        private VictimProcess victim;

        /** Kind 0 works through Agrona's buffers, kind 1 through the JDK's handles. */
        Lane(int kind) throws IOException {
            this.kind = kind;
        }

        Outcome run(Mutation mutation) throws IOException, InterruptedException {
            Answer answer = attempt(mutation, patienceMillis);
            if (answer.hung()) {
                answer = attempt(mutation, LAST_PATIENCES * patienceMillis);
            }
            return new Outcome(
                    mutation.describe(), answer.calls(), answer.recoveries(), answer.refused(), answer.wrong());
        }

        private Answer attempt(Mutation mutation, long patience) throws IOException, InterruptedException {
            Path path = home.resolve("mutation-" + mutation.number());
            Files.write(path, mutation.bytes());
            try (FileChannel alive = FileChannel.open(path, StandardOpenOption.WRITE)) {
                if (mutation.setting() == Mutation.Setting.LIVE_OWNER) {
                    alive.lock(LockBytes.FIRST + Specimen.MAKERS_SLOT, 1, false);
                }
                Answer answer = victim().use(mutation.number(), patience, path);
                if (answer.ended()) {
                    close();
                    kills.incrementAndGet();
                }
                return answer;
            } finally {
                Files.deleteIfExists(path);
            }
        }

        private VictimProcess victim() throws IOException, InterruptedException {
            if (victim == null) {
                victim = new VictimProcess(victimClass, kind == 0, home);
                warmUp();
            }
            return victim;
        }

        /** The first file loads classes and opens their files: what that takes says nothing about the file. */
        private void warmUp() throws IOException, InterruptedException {
            Path path = Files.write(home.resolve(SPECIMEN), good);
            try {
                victim.use(Mutation.NONE, WARM_UP_MILLIS, path);
            } finally {
                Files.deleteIfExists(path);
            }
        }

        @Override
        public void close() {
            if (victim != null) {
                victim.close();
                victim = null;
            }
        }
    }
}
