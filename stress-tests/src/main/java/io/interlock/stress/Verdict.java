package io.interlock.stress;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.openjdk.jcstress.infra.Status;
import org.openjdk.jcstress.infra.collectors.DiskReadCollector;
import org.openjdk.jcstress.infra.collectors.InProcessCollector;
import org.openjdk.jcstress.infra.collectors.TestResult;

/**
 * What a run of jcstress means: the shipped classes must pass in every configuration, and every twin must have failed
 * in at least one, or the test beside it could not have seen a failure.
 *
 * @param runs       how many configurations of tests ran
 * @param violations what is wrong, a line each
 */
record Verdict(int runs, List<String> violations) {

    private static final String TWIN = ".Twin";

    /**
     * Reads what jcstress wrote.
     *
     * @param file  its results
     * @param tests names of the tests that had to run
     */
    static Verdict read(Path file, Collection<String> tests) throws IOException {
        InProcessCollector collector = new InProcessCollector();
        DiskReadCollector reader = new DiskReadCollector(file.toString(), collector);
        try {
            reader.dump();
        } catch (ClassNotFoundException e) {
            throw new IOException("cannot read " + file, e);
        } finally {
            reader.close();
        }
        return of(collector.getTestResults(), tests);
    }

    /** Judges results. */
    static Verdict of(Collection<TestResult> results, Collection<String> tests) {
        Map<String, List<TestResult>> byName =
                results.stream().collect(Collectors.groupingBy(TestResult::getName, TreeMap::new, Collectors.toList()));
        List<String> violations = new ArrayList<>();
        for (String test : tests) {
            List<TestResult> mine = byName.getOrDefault(test, List.of());
            String wrong = test.endsWith(TWIN) ? wrongWithTwin(mine) : wrongWithShipped(mine);
            if (wrong != null) {
                violations.add(test + ": " + wrong);
            }
        }
        return new Verdict(results.size(), violations);
    }

    private static String wrongWithShipped(List<TestResult> results) {
        for (TestResult result : results) {
            if (result.status() != Status.NORMAL || !result.grading().isPassed) {
                return whatHappened(result);
            }
        }
        boolean ran = results.stream().mapToLong(TestResult::getTotalCount).sum() > 0;
        return ran ? null : "did not run";
    }

    private static String wrongWithTwin(List<TestResult> results) {
        boolean seen = results.stream().anyMatch(r -> r.status() == Status.NORMAL && !r.grading().isPassed);
        return seen ? null
                : "was not seen to fail, so the test beside it proves nothing; "
                        + results.stream().map(Verdict::whatHappened).toList();
    }

    /** Status, forbidden outcomes, the first line of each message, and how often each outcome came. */
    private static String whatHappened(TestResult result) {
        String outcomes = result.getStateKeys().stream().sorted().map(key -> "(" + key + "): " + result.getCount(key))
                .collect(Collectors.joining(", ", "{", "}"));
        List<String> messages = result.getMessages().stream().flatMap(message -> message.lines().limit(1)).toList();
        return result.status() + " " + result.grading().failureMessages + " " + messages + " " + outcomes;
    }
}
