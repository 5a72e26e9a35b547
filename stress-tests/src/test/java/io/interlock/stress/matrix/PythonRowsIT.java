package io.interlock.stress.matrix;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Runs the script where there is a Python that can; takes about 9 s. */
@Tag("proof")
class PythonRowsIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String NEVER_FREED = "never freed";
    private static final String QUEUE_NEVER_FREED = "the queue's lock is never freed";
    private static final String GOES_ON = "goes on";
    private static final String TIMEOUTS = "timeouts, until it goes on";

    /** The outcomes that come after a time; all others are things that never come. */
    private static final Set<String> HAPPENS = Set.of(GOES_ON, TIMEOUTS,
            "put returns, but nothing arrives until it goes on", "EOFError", "removed by a helper process");

    /** What every CPython from 3.8 to 3.13 does. */
    private static final Map<String, String> EXPECTED = expected();

    private static Map<String, String> expected() {
        Map<String, String> rows = new LinkedHashMap<>();
        rows.put("lock-held", NEVER_FREED);
        rows.put("rlock-held", NEVER_FREED);
        rows.put("lock-asked", NEVER_FREED);
        rows.put("rlock-thread-ended", NEVER_FREED);
        rows.put("lock-waiting", GOES_ON);
        rows.put("rlock-waiting", GOES_ON);
        rows.put("value-lock-waiting", GOES_ON);
        rows.put("semaphore-waiting", GOES_ON);
        rows.put("semaphore-permit-held", "it stays taken");
        rows.put("value-lock-held", "never freed, and reading the value hangs");
        rows.put("stopped-lock-held", TIMEOUTS);
        rows.put("stopped-rlock-held", TIMEOUTS);
        rows.put("stopped-value-lock-held", TIMEOUTS);
        rows.put("condition-waiting", "notify hangs");
        rows.put("condition-notified", "the next notify hangs");
        rows.put("condition-changing", NEVER_FREED);
        rows.put("condition-changed-not-notified", "wait for ever");
        rows.put("event-waiting", "set() hangs");
        rows.put("queue-putting", QUEUE_NEVER_FREED);
        rows.put("queue-put-half", "it may be cut in half, and every reader fails");
        rows.put("queue-taking", QUEUE_NEVER_FREED);
        rows.put("queue-get-waiting", QUEUE_NEVER_FREED);
        rows.put("queue-get-waiting-behind", GOES_ON);
        rows.put("queue-put-waiting", GOES_ON);
        rows.put("stopped-queue-putting", "put returns, but nothing arrives until it goes on");
        rows.put("stopped-queue-get-waiting", TIMEOUTS);
        rows.put("pipe-sending", "recv waits for ever");
        rows.put("pipe-receiving", "send waits for ever once the pipe is full");
        rows.put("pipe-end-held", "recv waits for ever");
        rows.put("pipe-end-held-alone", "EOFError");
        rows.put("shared-memory-last-user", "removed by a helper process");
        return rows;
    }

    @Nested
    class Run {

        @Test
        void seesOfEachRowWhatIsKnownOfPython() throws InterruptedException {
            PythonRows seen = PythonRows.run(LIMIT);
            assumeFalse(seen.python().isEmpty(), seen::toString);
            assertEquals(List.copyOf(EXPECTED.keySet()), List.copyOf(seen.rows().keySet()), seen::toString);
            assertAll(EXPECTED.entrySet().stream().map(row -> () -> check(row.getKey(), row.getValue(), seen)));
        }

        /** A busy machine may let one try of a row end otherwise. */
        private void check(String id, String outcome, PythonRows seen) {
            PythonRow row = seen.rows().get(id);
            assertTrue(row.outcome().startsWith(outcome), () -> id + ": " + row);
            if (row.outcome().equals(outcome)) {
                assertEquals(HAPPENS.contains(outcome), row.medianMillis().isPresent(), () -> id + ": " + row);
            }
        }

        @Test
        void leavesNoProcess() throws InterruptedException {
            PythonRows seen = PythonRows.run(Duration.ofMillis(1500));
            assertTrue(seen.rows().isEmpty() && seen.whyNot().size() == 1, seen::toString);
            List<ProcessHandle> left = ProcessHandle.current().descendants().toList();
            assertEquals(List.of(), left);
        }
    }
}
