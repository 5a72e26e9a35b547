package io.interlock.stress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RoundJudgeTest {

    private static final Shape SHAPE = new Shape("counter", List.of("counter", "--mode", "lock"),
            Map.of("expected", "200", "actual", "200", "lost", "0"));

    @Nested
    class OfARound {

        @Test
        void isContentWithWhatWasExpected() {
            assertEquals(Optional.empty(), judge(0, "counter mode=lock expected=200 actual=200 lost=0 elapsed_ms=3",
                    "counter-summary modes=1 exact=1 unlocked_lost=0"));
        }

        @Test
        void seesALostUpdateEvenIfTheExampleIsContent() {
            Optional<String> wrong = judge(0, "counter mode=lock expected=200 actual=199 lost=0 elapsed_ms=3");
            assertEquals(Optional.of("{actual=expected 200 but was 199}"), wrong);
        }

        @Test
        void seesAMissingValue() {
            assertTrue(judge(0, "counter mode=lock expected=200 actual=200").isPresent());
        }

        @Test
        void seesAMissingLine() {
            assertTrue(judge(0, "counter-summary modes=1 exact=1 unlocked_lost=0").isPresent());
            assertTrue(judge(1).isPresent());
        }

        @Test
        void seesAnExitCodeThatContradicts() {
            assertTrue(judge(1, "counter mode=lock expected=200 actual=200 lost=0").isPresent());
        }

        private Optional<String> judge(int exitCode, String... lines) {
            return RoundJudge.judge(SHAPE, exitCode, List.of(lines));
        }
    }
}
