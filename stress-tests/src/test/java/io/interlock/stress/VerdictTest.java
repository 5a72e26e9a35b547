package io.interlock.stress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.openjdk.jcstress.infra.runners.TestList;

class VerdictTest {

    @Nested
    class OfARun {

        @Test
        void countsATestThatDidNotRun() {
            List<String> tests = List.of("io.interlock.stress.jcstress.LockExclusion.Real",
                    "io.interlock.stress.jcstress.LockExclusion.Twin");
            Verdict verdict = Verdict.of(List.of(), tests);
            assertEquals(0, verdict.runs());
            assertEquals(2, verdict.violations().size(), verdict::toString);
        }
    }

    @Nested
    class Tests {

        @Test
        void comeInPairsOfTheShippedClassAndATwin() {
            Collection<String> tests = TestList.tests();
            Set<String> pages = tests.stream().map(test -> test.substring(0, test.lastIndexOf('.')))
                    .collect(Collectors.toSet());
            Set<String> expected = new HashSet<>();
            pages.forEach(page -> expected.addAll(List.of(page + ".Real", page + ".Twin")));
            assertEquals(expected, new HashSet<>(tests));
            assertTrue(pages.size() >= 19, pages::toString);
        }
    }
}
