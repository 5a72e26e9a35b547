package io.interlock.bench.report;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A text in Markdown that grows line by line. */
final class Markdown {

    /** The rule below a column of words. */
    static final String WORDS = "---";
    /** The rule below a column of numbers. */
    static final String NUMBERS = "---:";

    private final StringBuilder text = new StringBuilder();

    /** As readers of Markdown call a heading. */
    static String anchor(String heading) {
        return heading.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9 _-]", "").replace(' ', '-');
    }

    void line(String line) {
        text.append(line).append('\n');
    }

    /** After an empty line. */
    void paragraph(String... lines) {
        line("");
        Arrays.stream(lines).forEach(this::line);
    }

    /** Begins a table, after an empty line. */
    void head(List<String> titles, List<String> rules) {
        line("");
        cells(titles);
        line("|" + String.join("|", rules) + "|");
    }

    /** A line of a table. */
    void cells(List<String> cells) {
        line(cells.stream().map(cell -> cell.replace("|", "\\|")).collect(Collectors.joining(" | ", "| ", " |")));
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
