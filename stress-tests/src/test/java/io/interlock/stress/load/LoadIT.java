package io.interlock.stress.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.interlock.stress.Tally;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class LoadIT {

    private final long seed = Long.getLong("interlock.seed", System.nanoTime());
    private final Tally tally = new Tally();
    @TempDir
    Path keep;

    @Nested
    class RandomKills {

        @Test
        void leaveTheCounterAndTheQueueRight() throws Exception {
            run(0, Load.Options.ofSeed(seed).withRoundMillis(700)
                    .withWorkloads(List.of(new Counter.UnderLock(), new QueueExchange.Batches())));
            assertEquals(2, tally.rounds());
        }

        @Tag("proof")
        @Test
        @Timeout(value = 10, unit = TimeUnit.MINUTES)
        void leaveEverythingRightForLong() throws Exception {
            run(Long.getLong("interlock.proofSeconds", 60), Load.Options.ofSeed(seed));
            assertTrue(tally.recoveries() > 0);
        }

        private void run(long seconds, Load.Options options) throws Exception {
            long begin = System.nanoTime();
            try (Load load = new Load(options, tally, where -> {})) {
                long end = begin + TimeUnit.SECONDS.toNanos(seconds);
                do {
                    load.round();
                } while (System.nanoTime() - end < 0 || tally.rounds() < options.workloads().size());
                load.whyNoNamespaces().ifPresent(why -> System.out.println("no PID namespaces: " + why));
                load.stats().forEach((workload, stats) -> System.out.println(workload.name() + " " + stats));
            }
            System.out.println("random kills: seed " + seed + ", " + tally + ", slowest recovery "
                    + tally.slowestRecoveryNanos() / 1_000_000 + " ms");
            assertEquals(List.of(), tally.violations());
            assertTrue(tally.kills() > 0);
        }
    }

    @Nested
    class PlantedWeaknesses {

        @Test
        void areSeen() throws Exception {
            Load.Options options = Load.Options.ofSeed(1).withKeep(keep).withRoundMillis(400).withPatienceMillis(2000)
                    .withWorkloads(List.of(new WeakWorkload.CheckThenAct(), new WeakWorkload.NobodyIsTold(),
                            new WeakWorkload.LooksThenTakes()));
            try (Load load = new Load(options, tally, where -> {})) {
                sees(load, "not linearizable");
                for (int i = 0; i < 20 && tally.violations().size() < 2; i++) {
                    load.round();
                }
            }
        }

        private void sees(Load load, String text) throws Exception {
            load.round();
            String told = String.join("\n", tally.violations());
            assertTrue(told.contains(text), told);
            assertTrue(Files.exists(keep.resolve("load-1-0").resolve("history.txt")));
        }
    }
}
