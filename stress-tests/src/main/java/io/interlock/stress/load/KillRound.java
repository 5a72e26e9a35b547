package io.interlock.stress.load;

import io.interlock.core.Segment;
import io.interlock.core.SegmentOptions;
import io.interlock.stress.Java;
import io.interlock.stress.history.History;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/** One workload on a segment of its own, for some time, with kills and stops at random moments. */
final class KillRound {

    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final int SHORTEST_GAP_MILLIS = 10;
    private static final int LONGEST_GAP_MILLIS = 150;
    private static final int HASTY_ONE_OF = 4;
    private static final int SHORTEST_STOP_MILLIS = 100;
    private static final int LONGEST_STOP_MILLIS = 400;
    /** So few that each slot is used again and again. */
    private static final int FEW_PARTICIPANTS = 8;

    private final Workload workload;
    private final Load.Options options;
    private final Spares spares;
    private final SplittableRandom random;
    private final Runnable tick;
    private final List<String> wrong = new ArrayList<>();
    private Crew crew;
    /** How many are killed next; 0: one is stopped instead. */
    private int victims;
    private long nextStrike;
    /** Whether it comes though not everybody has got on since the last one. */
    private boolean hasty;
    private int stoppedSeat = -1;
    private long stopEnds;

    /**
     * What came out.
     *
     * @param kills         how many were killed
     * @param recoveries    how often something was taken over from the dead
     * @param recoveryTimes how long it took
     * @param wrong         what must not be
     */
    record Outcome(int kills, long recoveries, Recovery.Times recoveryTimes, List<String> wrong) {
    }

    KillRound(Workload workload, Load.Options options, Spares spares, SplittableRandom random, Runnable tick) {
        this.workload = workload;
        this.options = options;
        this.spares = spares;
        this.random = random;
        this.tick = tick;
    }

    /**
     * Runs it.
     *
     * @param keep where segment and logs go if something is wrong; null for nowhere
     */
    Outcome run(Path keep) throws IOException, InterruptedException {
        Path directory = Java.sharedMemoryDirectory("interlock-load-");
        int participants = random.nextBoolean() ? FEW_PARTICIPANTS : SegmentOptions.DEFAULT_PARTICIPANTS;
        try (Segment segment = Segment.create(directory.resolve("segment"),
                SegmentOptions.defaults().withMaxParticipants(participants))) {
            workload.create(segment);
            try (Crew workers = new Crew(directory, segment, workload, spares, options, workload.seats(random),
                    random)) {
                crew = workers;
                return run(segment, keep);
            }
        } finally {
            Java.removeDirectory(directory);
        }
    }

    private Outcome run(Segment segment, Path keep) throws IOException, InterruptedException {
        work();
        settle();
        if (wrong.isEmpty()) {
            wrong.addAll(crew.dismiss());
        }
        crew.close();
        History history = crew.history();
        if (wrong.isEmpty()) {
            workload.judge(segment, history).forEach(wrong::add);
        }
        if (!wrong.isEmpty() && keep != null) {
            Files.createDirectories(keep);
            crew.saveTo(keep);
            Files.writeString(keep.resolve("history.txt"), history.toString());
        }
        return new Outcome(crew.kills(), segment.stats().recoveries(),
                Recovery.times(history, crew.deaths(), crew.pauses()), wrong);
    }

    /** Until the time is over, and somebody was killed. */
    private void work() throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(options.roundMillis());
        chooseStrike();
        while (wrong.isEmpty() && (System.nanoTime() - end < 0 || crew.kills() == 0)) {
            endStop();
            if (System.nanoTime() - nextStrike > 0 && spares.ready() >= victims && isTimeToStrike()) {
                strike();
                chooseStrike();
            }
            look();
        }
    }

    /**
     * Nobody is struck any more, and nobody is stopped: each must get on once more, and all work until each has. Only
     * this shows a wake-up that was lost with one of the dead, since the interrupt that ends the work makes up for it.
     */
    private void settle() throws IOException, InterruptedException {
        crew.contAll();
        long from = System.nanoTime();
        while (wrong.isEmpty() && !crew.haveAllGotOnSince(from)) {
            look();
        }
    }

    private void look() throws IOException, InterruptedException {
        LockSupport.parkNanos(LOOK_NANOS);
        tick.run();
        wrong.addAll(crew.look());
    }

    /** One is killed, or two at once; or one is stopped, which needs nobody to take its seat. */
    private void chooseStrike() {
        int kind = random.nextInt(12);
        victims = kind == 0 && stoppedSeat < 0 ? 0 : kind < 3 ? Math.min(2, crew.seats()) : 1;
        hasty = random.nextInt(HASTY_ONE_OF) == 0;
        nextStrike = System.nanoTime()
                + TimeUnit.MILLISECONDS.toNanos(random.nextInt(SHORTEST_GAP_MILLIS, LONGEST_GAP_MILLIS));
    }

    /**
     * Most strikes wait until all have got on since the last kill. Otherwise those who hang for a second would nearly
     * always be killed before they can be seen to hang. While one is stopped, others may wait for him.
     */
    private boolean isTimeToStrike() {
        return hasty || stoppedSeat >= 0 || crew.haveAllGotOnSince(crew.lastDeathNanos());
    }

    private void strike() throws IOException, InterruptedException {
        if (victims == 0) {
            stop();
            return;
        }
        List<Integer> seats = new ArrayList<>(IntStream.range(0, crew.seats()).boxed().toList());
        Collections.shuffle(seats, new Random(random.nextLong()));
        kill(seats.subList(0, victims));
    }

    private void kill(List<Integer> seats) throws IOException, InterruptedException {
        stoppedSeat = seats.contains(stoppedSeat) ? -1 : stoppedSeat;
        crew.replace(seats);
    }

    private void stop() throws IOException {
        stoppedSeat = random.nextInt(crew.seats());
        crew.stop(stoppedSeat);
        stopEnds = System.nanoTime()
                + TimeUnit.MILLISECONDS.toNanos(random.nextInt(SHORTEST_STOP_MILLIS, LONGEST_STOP_MILLIS));
    }

    /** Who was stopped goes on, or is killed instead. */
    private void endStop() throws IOException, InterruptedException {
        if (stoppedSeat < 0 || System.nanoTime() - stopEnds < 0) {
            return;
        }
        if (random.nextInt(3) == 0 && spares.ready() > 0) {
            kill(List.of(stoppedSeat));
        } else {
            crew.cont(stoppedSeat);
            stoppedSeat = -1;
        }
    }
}
