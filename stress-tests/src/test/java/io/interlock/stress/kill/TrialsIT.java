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
    private static final long SECONDS = 140;
    /** For as many points of a journal as there is time for: {@code JournalPointsCrashIT} kills at each of them. */
    private static final long JOURNAL_SECONDS = 60;

    private final Tally tally = new Tally();

    private static boolean isOfJournal(String name) {
        return name.contains("journal");
    }

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
            List<String> names = Trials.names().stream().filter(name -> !isOfJournal(name)).toList();
            tell("kill suite", tryAll(names, Actor.class));
            assertEquals(List.of(), tally.violations());
        }

        @Test
        @Tag("proof")
        @Timeout(value = 5, unit = TimeUnit.MINUTES)
        void survivesAtPointsOfAJournal() throws Exception {
            List<String> names = Trials.names().stream().filter(TrialsIT::isOfJournal).toList();
            try (Trials trials = new Trials(names, SEED, tally)) {
                long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(JOURNAL_SECONDS);
                while (trials.passes() == 0 && (System.nanoTime() - end < 0 || trials.cases() == 0)) {
                    trials.round();
                }
                tell("kill suite, journal", trials);
            }
            assertEquals(List.of(), tally.violations());
            assertTrue(tally.kills() > 0, tally.toString());
        }

        private void tell(String what, Trials trials) {
            System.out.println(what + ": seed " + SEED + ", " + trials.reached() + " reached of " + trials.cases()
                    + " points and modes, " + tally
                    + ", slowest recovery " + tally.slowestRecoveryNanos() / 1_000_000 + " ms");
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

        @Test
        void anEndOfAJournalThatIsNotStoredIsNoticed() throws Exception {
            assertFound("journal-append", EndlessActor.class, "a survivor has appended at 3");
        }

        @Test
        void aPositionThatIsNotStoredIsNoticed() throws Exception {
            assertFound("journal-tailer-take", ForgetfulActor.class, "begins at 0, expected 2");
        }

        @Test
        void aMoveThatIsNotNotedIsNoticed() throws Exception {
            assertFound("journal-move", NotelessActor.class, "expected \\[1, 2, 3, 11, 12, 13\\]");
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
