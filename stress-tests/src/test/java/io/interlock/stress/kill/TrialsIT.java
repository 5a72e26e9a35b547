package io.interlock.stress.kill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.interlock.stress.Tally;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Deeds at all of their crash points; and processes with a planted weakness, which the survivors must notice. */
class TrialsIT {

    private static final long SEED = Long.getLong("interlock.seed", System.nanoTime());
    /** For stops, after somebody was killed at each point: all of them take longer. */
    private static final long SECONDS = 200;

    private final Tally tally = new Tally();

    @Nested
    class Shipped {

        @Test
        void survivesAtEachPointOfASemaphore() throws Exception {
            Trials trials = tryAll(List.of("semaphore"), Actor.class);
            assertEquals(List.of(), tally.violations());
            assertTrue(trials.rows().get("semaphore-permit-held").killed() >= 2, trials.toString());
        }

        @Test
        @Tag("proof")
        @Timeout(value = 15, unit = TimeUnit.MINUTES)
        void survivesAtEachPointOfEverything() throws Exception {
            Trials trials = tryAll(Trials.names(), Actor.class);
            System.out.println("kill suite: seed " + SEED + ", " + trials.reached() + " reached of " + trials.cases()
                    + " points and modes, " + tally
                    + ", slowest recovery " + tally.slowestRecoveryNanos() / 1_000_000 + " ms");
            assertEquals(List.of(), tally.violations());
        }

        private Trials tryAll(List<String> names, Class<?> actor) throws Exception {
            try (Trials trials = new Trials(names, SEED, tally, actor)) {
                long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
                while (trials.passes() == 0 && (System.nanoTime() - end < 0 || !trials.wasEachPointKilled())) {
                    trials.round();
                }
                return trials;
            }
        }
    }

    @Nested
    @Tag("proof")
    class Planted {

        @Test
        void anOwnerThatCannotBeSeenToLiveIsRobbed() throws Exception {
            assertFound("lock", NamelessActor.class, "was robbed");
        }

        @Test
        void aMessageThatNeverBecomesVisibleIsMissed() throws Exception {
            assertFound("queue-batch", ForgetfulActor.class, "expected \\[1, 2, 3, 100, 101\\]");
        }

        private void assertFound(String deed, Class<?> actor, String regex) throws Exception {
            try (Trials trials = new Trials(List.of(deed), SEED, tally, actor)) {
                while (trials.passes() == 0 && tally.violations().isEmpty()) {
                    trials.round();
                }
            }
            assertTrue(tally.violations().stream().anyMatch(text -> text.matches(".*(" + regex + ").*")),
                    () -> "found " + tally.violations());
        }
    }
}
