package io.interlock.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.interlock.core.Segment;
import io.interlock.core.SegmentOptions;
import io.interlock.core.testing.ChildJvm;
import io.interlock.core.testing.TestDirs;
import io.interlock.sync.Until;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Producers and consumers that use a queue in all ways are killed at random under load, and replaced. What each was
 * about to do stands in shared memory, so that afterwards the account can be settled message by message.
 */
class IpcQueueRandomKillsCrashIT {

    /** More numbers than a producer gets to in the time of the longest test. */
    private static final int LIMIT = 1 << 24;

    /** How often a victim is stopped to find it inside an operation. */
    private static final int TRIES = 20;

    private static final Spares SPARES = new Spares(QueueWorker.class);

    @RegisterExtension
    final TestDirs dirs = new TestDirs();
    private final long proofSeconds = Long.getLong("interlock.proofSeconds", 60);
    private final long seed = Long.getLong("interlock.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final List<Unfinished> unfinished = new ArrayList<>();
    private Segment segment;
    private Segment logs;
    private IpcQueue<Parcel> queue;
    private StreamLog log;
    private Worker[] workers;
    private boolean removes;
    private int kills;
    private int inside;
    private long mayBeMissing;
    private long slowestNanos;

    /** What a producer had begun and not finished when it was killed: one operation. */
    private record Unfinished(int producer, long first, long last) {
    }

    /** A place that is filled again when its process was killed. */
    private final class Worker {

        private final boolean produces;
        private final int number;
        private ChildJvm child;
        private String participant;
        private long roundsAtKill;

        Worker(boolean produces, int number) {
            this.produces = produces;
            this.number = number;
        }

        void begin() {
            child = SPARES.next(dirs);
            participant = QueueWorker.open(child, segment, logs);
            child.send(produces ? QueueWorker.produce("q", log, number, LIMIT, random.nextLong())
                    : QueueWorker.consume("q", log, number, removes, random.nextLong()));
            child.expectLine(produces ? "producing" : "consuming");
        }

        long rounds() {
            return log.rounds(produces ? number : StreamLog.MOST + number);
        }

        /** Stops it, if possible while it holds its side of the queue: in an operation, a claim, a handler, a role. */
        void stopInside() {
            boolean operation = random.nextBoolean();
            child.stop();
            for (int i = 0; i < TRIES && !holdsSide(operation); i++) {
                child.cont();
                child.stop();
            }
            inside += holdsSide(false) ? 1 : 0;
        }

        private boolean holdsSide(boolean inOperation) {
            String side = produces ? "producersLock" : "consumersLock";
            Map<String, Object> findings = QueueView.of(segment, queue);
            return findings.get(side).toString().startsWith("participant " + participant + " ")
                    && (!inOperation || "operation".equals(findings.get(side + "edAs")));
        }

        /** After its end: what it had begun is not finished by anybody else. */
        void settle() {
            if (!produces) {
                mayBeMissing += log.inHands(number);
                log.holds(number, 0);
            } else if (log.done(number) < log.intended(number)) {
                unfinished.add(new Unfinished(number, log.done(number) + 1, log.intended(number)));
                log.giveUp(number);
            }
        }
    }

    @AfterAll
    static void endSpares() {
        SPARES.close();
    }

    @BeforeEach
    void create() {
        segment = dirs.closeLater(Segment.create(dirs.path("queues")));
        logs = dirs.closeLater(Segment.create(dirs.path("logs"), SegmentOptions.defaults().withSizeBytes(16 << 20)));
        queue = IpcQueue.create(segment, "q", Parcel.CODEC, Capacity.bytes(1 << 16));
        log = StreamLog.of(logs, "q", LIMIT);
    }

    @Nested
    class KilledProducers {

        @Test
        void finishedWhatReturnedOnceAndTheRestOnceOrNeverAndBatchesWholly() {
            killProducers(2);
        }

        @Tag("proof")
        @Test
        void finishedWhatReturnedOnceAndTheRestOnceOrNeverAndBatchesWhollyForLong() {
            killProducers(proofSeconds / 3);
        }

        private void killProducers(long seconds) {
            employ(3, 1);
            killFor(seconds, 0, 3);
            stopAll();
            long partly = unfinished.stream().filter(this::isPartlyThere).count();
            assertEquals(0, partly, () -> "batches of which a part is there, of " + unfinished + ", seed " + seed);
            assertSettled();
            assertEquals(0, mayBeMissing);
        }

        private boolean isPartlyThere(Unfinished operation) {
            long[] seen = log.seen(operation.producer());
            boolean first = StreamLog.has(seen, operation.first());
            for (long number = operation.first(); number <= operation.last(); number++) {
                if (StreamLog.has(seen, number) != first) {
                    return true;
                }
            }
            return false;
        }
    }

    @Nested
    class KilledConsumers {

        @Tag("proof")
        @Test
        void takeWithThemAtMostWhatTheyHadInTheirHands() {
            killConsumers(2);
        }

        @Tag("proof")
        @Test
        void takeWithThemAtMostWhatTheyHadInTheirHandsForLong() {
            killConsumers(proofSeconds / 3);
        }

        private void killConsumers(long seconds) {
            employ(1, 3);
            killFor(seconds, 1, 3);
            stopAll();
            assertTrue(unfinished.isEmpty());
            assertSettled();
        }
    }

    @Nested
    class KilledProducersAndConsumers {

        @Tag("proof")
        @Test
        void whoAlsoRemoveFromTheMiddleLeaveTheAccountRight() {
            removes = true;
            employ(3, 3);
            killFor(proofSeconds, 0, 6);
            stopAll();
            assertSettled();
        }
    }

    private void employ(int producers, int consumers) {
        System.out.println("random kills: seed " + seed);
        workers = new Worker[producers + consumers];
        for (int i = 0; i < workers.length; i++) {
            workers[i] = new Worker(i < producers, i < producers ? i : i - producers);
        }
        for (Worker worker : workers) {
            worker.begin();
        }
    }

    /** Kills some of the {@code count} workers from {@code first} on, again and again. */
    private void killFor(long seconds, int first, int count) {
        long end = System.nanoTime() + seconds * 1_000_000_000;
        while (System.nanoTime() - end < 0 && log.intended(0) < LIMIT / 10 * 9) {
            long moment = System.nanoTime() + random.nextInt(30_000_000);
            Until.isTrue("the moment has passed", () -> System.nanoTime() - moment > 0);
            List<Worker> victims = new ArrayList<>();
            int one = random.nextInt(count);
            victims.add(workers[first + one]);
            if (random.nextInt(4) == 0) {
                victims.add(workers[first + (one + 1) % count]);
            }
            replace(victims);
        }
    }

    /** Kills these, waits until every other one has gone on, and replaces the killed. */
    private void replace(List<Worker> victims) {
        if (random.nextBoolean()) {
            victims.get(0).stopInside();
        }
        victims.forEach(worker -> worker.child.kill9Soon());
        final long killed = System.nanoTime();
        kills += victims.size();
        for (Worker worker : workers) {
            worker.roundsAtKill = worker.rounds();
        }
        for (Worker worker : victims) {
            worker.child.kill9();
            assertFalse(worker.child.errors().contains("Exception"), () -> "before its kill: " + worker.child.errors());
            worker.settle();
        }
        Until.isTrue("every survivor goes on (seed " + seed + ", kill " + kills + ")", () -> {
            boolean all = true;
            for (Worker worker : workers) {
                // One round began after the kill.
                all &= victims.contains(worker) || worker.rounds() > worker.roundsAtKill + 1;
                assertTrue(victims.contains(worker) || !worker.child.hasLine() && worker.child.isAlive(),
                        () -> "a worker has ended (seed " + seed + ", kill " + kills + "): " + worker.child.errors());
            }
            return all;
        });
        slowestNanos = Math.max(slowestNanos, System.nanoTime() - killed);
        victims.forEach(Worker::begin);
    }

    private void stopAll() {
        final long begin = System.nanoTime();
        log.stop();
        for (Worker worker : workers) {
            if (worker.produces) {
                worker.child.expectLine("produced: stopped");
            }
        }
        queue.shutdown();
        for (Worker worker : workers) {
            if (!worker.produces) {
                worker.child.expectLine("consumed");
            }
        }
        System.out.println("all workers have ended after " + (System.nanoTime() - begin) / 1_000_000 + " ms");
        assertTrue(queue.isEmpty());
        assertEquals(0, queue.size());
    }

    /** Every message that was put is there, but for what was in dead hands, and no other. */
    private void assertSettled() {
        long put = 0;
        long missing = 0;
        long half = 0;
        for (Worker worker : workers) {
            if (worker.produces) {
                long last = log.done(worker.number);
                assertEquals(last, log.intended(worker.number));
                long[] seen = log.seen(worker.number);
                for (long number = 1; number <= last; number++) {
                    missing += StreamLog.has(seen, number) ? 0 : 1;
                }
                assertFalse(StreamLog.has(seen, last + 1));
                put += last;
            }
        }
        for (Unfinished operation : unfinished) {
            long[] seen = log.seen(operation.producer());
            for (long number = operation.first(); number <= operation.last(); number++) {
                missing -= StreamLog.has(seen, number) ? 0 : 1;
                half += StreamLog.has(seen, number) ? 1 : 0;
            }
        }
        System.out.println("random kills: seed " + seed + ", kills " + kills + " of which " + inside
                + " for sure inside, messages " + put
                + ", unfinished operations " + unfinished.size() + " of which " + half + " messages arrived, missing "
                + missing + " of at most " + mayBeMissing + ", recoveries " + segment.stats().recoveries()
                + ", slowest recovery " + slowestNanos / 1_000_000 + " ms, owner deaths "
                + QueueView.of(segment, queue).get("producersOwnerDeaths") + " and "
                + QueueView.of(segment, queue).get("consumersOwnerDeaths"));
        assertTrue(missing <= mayBeMissing, missing + " messages are missing, only " + mayBeMissing
                + " were in the hands of the killed");
        assertTrue(kills > 0);
    }
}
