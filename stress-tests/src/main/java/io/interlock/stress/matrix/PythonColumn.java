package io.interlock.stress.matrix;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What Python's multiprocessing does in the same place, for the rows where there is such a thing. */
public final class PythonColumn {

    private static final Duration LIMIT = Duration.ofMinutes(1);

    /** Rows of the matrix that are several of the script, or one with another name; an unnamed one has its own. */
    private static final Map<String, List<String>> PARTS = Map.of(
            "queue-putting", List.of("queue-putting", "queue-put-half"),
            "queue-get-waiting", List.of("queue-get-waiting", "queue-get-waiting-behind"),
            "segment-temporary-closing", List.of("shared-memory-last-user"));

    private final PythonRows seen;

    PythonColumn(PythonRows seen) {
        this.seen = seen;
    }

    /** Tries it now, if this machine has Python. */
    public static PythonColumn now() throws InterruptedException {
        return new PythonColumn(PythonRows.run(LIMIT));
    }

    /** In this row; empty if Python has no such thing, or was not tried. */
    String of(String row) {
        return PARTS.getOrDefault(row, List.of(row)).stream()
                .flatMap(part -> Stream.ofNullable(seen.rows().get(part))).map(PythonRow::outcome).distinct()
                .collect(Collectors.joining(", or "));
    }

    /** How the column came about. */
    String described() {
        return seen.rows().isEmpty() ? "" : "Python's column is " + seen.python() + " in the same run; what did not "
                + "come within 2 s counts as never.";
    }
}
