package io.interlock.stress;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Compares what an example printed with what it had to print. It does not take the example's own word for it. */
final class RoundJudge {

    private RoundJudge() {
    }

    /**
     * Judges a round.
     *
     * @param exitCode of the example
     * @param output   its standard output
     * @return what is wrong, or nothing
     */
    static Optional<String> judge(Shape shape, int exitCode, List<String> output) {
        List<String> lines = output.stream().filter(line -> line.startsWith(shape.line() + " ")).toList();
        if (lines.size() != 1) {
            return Optional.of(
                    "exit code " + exitCode + ", expected one line '" + shape.line() + " ...', got " + output);
        }
        Map<String, String> said = pairs(lines.get(0));
        Map<String, String> wrong = new TreeMap<>();
        shape.expected().forEach((key, value) -> {
            if (!value.equals(said.get(key))) {
                wrong.put(key, "expected " + value + " but was " + said.get(key));
            }
        });
        if (!wrong.isEmpty()) {
            return Optional.of(wrong.toString());
        }
        return exitCode == 0 ? Optional.empty() : Optional.of("exit code " + exitCode + " in spite of " + lines.get(0));
    }

    /** The pairs of {@code NAME key=value key=value ...}. */
    static Map<String, String> pairs(String line) {
        Map<String, String> pairs = new LinkedHashMap<>();
        Arrays.stream(line.split(" ")).skip(1).map(pair -> pair.split("=", 2))
                .filter(pair -> pair.length == 2).forEach(pair -> pairs.put(pair[0], pair[1]));
        return pairs;
    }
}
