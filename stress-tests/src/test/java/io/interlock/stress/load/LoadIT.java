package io.interlock.stress.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.interlock.stress.Namespaces;
import io.interlock.stress.Tally;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class LoadIT {

    private static final int MOST_ROUNDS = 30;
    private static final int SHORT_MILLIS = 200;
    private static final int SHORT_PATIENCE_MILLIS = 1000;

    private final long seed = Long.getLong("interlock.seed", System.nanoTime());
    private final Tally tally = new Tally();
    @TempDir
    Path keep;

    @Nested
    class RandomKills {

        /** One pool of workers for all of it: their starts are what takes time. */
        @Tag("proof")
        @Test
        void leaveSoundWorkloadsRightAndShowWeakOnes() throws Exception {
            Load.Options options = Load.Options.ofSeed(seed).withRoundMillis(SHORT_MILLIS).withSpares(2).withKeep(keep)
                    .withWorkloads(List.of(new Counter.UnderLock(), new WeakWorkload.CheckThenAct(),
                            new WeakWorkload.NobodyIsTold()));
            try (Load load = new Load(options, tally, where -> {})) {
                load.round();
                assertEquals(List.of(), tally.violations());
                assertTrue(tally.kills() > 0);
                do {
                    load.round();
                } while (!(told("CheckThenAct") && told("NobodyIsTold")) && tally.rounds() < MOST_ROUNDS);
            }
            assertTrue(told("CheckThenAct: not linearizable"), LoadIT.this::violations);
            assertTrue(told("NobodyIsTold: not linearizable"), LoadIT.this::violations);
            assertTrue(Files.exists(keep.resolve("load-" + seed + "-1").resolve("history.txt")));
        }

        @Tag("proof")
        @Test
        @Timeout(value = 10, unit = TimeUnit.MINUTES)
        void leaveEverythingRightForLong() throws Exception {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(Long.getLong("interlock.proofSeconds", 60));
            Load.Options options = Load.Options.ofSeed(seed);
            try (Load load = new Load(options, tally, where -> {})) {
                load.whyNoNamespaces().ifPresent(why -> System.out.println("no PID namespaces: " + why));
                while (System.nanoTime() - end < 0 || tally.rounds() < options.workloads().size()) {
                    load.round();
                }
                load.stats().forEach((workload, stats) -> System.out.println(workload.name() + " " + stats));
            }
            System.out.println("random kills: seed " + seed + ", " + tally + ", slowest recovery "
                    + TimeUnit.NANOSECONDS.toMillis(tally.slowestRecoveryNanos()) + " ms");
            assertEquals(List.of(), tally.violations());
            assertTrue(tally.recoveries() > 0);
        }
    }

    @Nested
    class AConsumerThatTakesWhatItHasNotLookedAt {

        @Tag("proof")
        @Test
        void isSeen() throws Exception {
            Load.Options options =
                    Load.Options.ofSeed(seed).withWorkloads(List.of(new WeakWorkload.LooksThenTakes()));
            try (Load load = new Load(options, tally, where -> {})) {
                load.round();
            }
            assertTrue(told("LooksThenTakes: the queue: value "), LoadIT.this::violations);
        }
    }

    @Nested
    class AStuckWorker {

        @Tag("proof")
        @Test
        void isToldWithItsStackAndTheSegment() throws Exception {
            Load.Options options = Load.Options.ofSeed(seed).withPatienceMillis(SHORT_PATIENCE_MILLIS)
                    .withRoundMillis(TimeUnit.SECONDS.toMillis(MOST_ROUNDS))
                    .withWorkloads(List.of(new WeakWorkload.Stuck()));
            try (Load load = new Load(options, tally, where -> {})) {
                load.round();
            }
            assertTrue(told("did not get on for 1000 ms; stack "), LoadIT.this::violations);
            assertTrue(told("IpcEvent.await"), LoadIT.this::violations);
            assertTrue(told("event Event {"), LoadIT.this::violations);
        }

        /** With the numbers that everybody uses: the round is shorter than the patience, kills go on to its end. */
        @Tag("proof")
        @Test
        void isToldAtTheEndOfARoundBeforeAnInterruptHelpsIt() throws Exception {
            Load.Options options = Load.Options.ofSeed(seed).withWorkloads(List.of(new WeakWorkload.NobodyGivesBack()));
            try (Load load = new Load(options, tally, where -> {})) {
                load.round();
            }
            assertTrue(told("NobodyGivesBack: process "), LoadIT.this::violations);
            assertTrue(told("did not get on for " + options.patienceMillis() + " ms; stack "),
                    LoadIT.this::violations);
            assertTrue(told("IpcSemaphore.acquire"), LoadIT.this::violations);
        }
    }

    @Nested
    class AWorkerInANamespaceOfItsOwn {

        @Tag("proof")
        @Test
        void isTheProcessThatIsKilled() throws Exception {
            assumeTrue(Namespaces.whyNot().isEmpty());
            WarmUp.create(keep);
            WorkerProcess worker = new WorkerProcess(Spares.command(keep, List.of()), true);
            worker.awaitReady(TimeUnit.MINUTES.toNanos(1));
            String jvm = worker.jvm().info().command().orElseThrow();
            assertTrue(jvm.endsWith("java"), jvm);
            worker.killSoon();
            worker.awaitEnd();
            assertFalse(worker.isAlive());
        }
    }

    @Nested
    class AWorkerThatCannotWork {

        @Tag("proof")
        @Test
        void isAViolation() throws Exception {
            Load.Options options = Load.Options.ofSeed(seed).withSpares(1)
                    .withWorkloads(List.of(new WeakWorkload.CannotBegin("")));
            try (Load load = new Load(options, tally, where -> {})) {
                load.round();
            }
            assertTrue(told("was told to work and said failed: java.lang.IllegalArgumentException"),
                    LoadIT.this::violations);
        }

        /** It lacks what a worker uses to warm up. */
        @Tag("proof")
        @Test
        void isNotWaitedForIfItCannotEvenBeStarted() {
            try (Spares spares = new Spares(keep, 1, false, Optional.empty(), new SplittableRandom(seed))) {
                assertThrows(IllegalStateException.class, spares::take);
                assertThrows(IllegalStateException.class, spares::ready);
            }
        }
    }

    private boolean told(String text) {
        return violations().contains(text);
    }

    private String violations() {
        return String.join("\n", tally.violations());
    }
}
