package io.interlock.bench.measure;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.HdrHistogram.Histogram;

/** Peers that do no work, and results that nobody measured. */
public final class Fakes {

    private Fakes() {
    }

    /** One that is only named. */
    public static Peer peer(String name) {
        return new Peer() {

            @Override
            public String name() {
                return name;
            }

            @Override
            public Entrant enter(Path directory) {
                throw new UnsupportedOperationException(name);
            }
        };
    }

    /** A row with one of ours and one of theirs. */
    public static Row row(String name, Unit unit, Goal... goals) {
        return new Row(name, "the work called " + name, unit, List.of(peer("IpcThing"), peer("Other")), List.of(goals));
    }

    /** A row with a line of ours from 1 to 16 things, and one of theirs that begins at 4. */
    public static Row growing(String name, Unit unit) {
        return Row.growing(name, "the work called " + name, unit, new Growth("things", List.of(
                line("IpcThing", 1, 4, 16), line("Other", 4, 16))), List.of());
    }

    /** A line of peers such as {@code "IpcThing, 4"}. */
    public static Growth.Line line(String name, double... amounts) {
        return new Growth.Line(name, Arrays.stream(amounts)
                .mapToObj(x -> new Growth.Point(x, peer(name + ", " + (int) x))).toList());
    }

    /** Figures of both. */
    public static Result result(Row row, List<Figure> ours, List<Figure> theirs) {
        Map<String, List<Figure>> figures = new LinkedHashMap<>();
        figures.put("IpcThing", ours);
        figures.put("Other", theirs);
        return new Result(row, figures, Map.of());
    }

    /** A result in which the other one is missing. */
    public static Result withoutOther(Row row, List<Figure> ours) {
        return new Result(row, Map.of("IpcThing", ours), Map.of("Other", "no compiler (cc)"));
    }

    /** A result in which everybody else is missing. */
    public static Result only(Row row, Map<String, List<Figure>> figures) {
        Map<String, String> missing = new LinkedHashMap<>();
        row.peers().stream().map(Peer::name).filter(name -> !figures.containsKey(name))
                .forEach(name -> missing.put(name, "no compiler (cc)"));
        return new Result(row, figures, missing);
    }

    /** Figures without latencies. */
    public static List<Figure> figures(double... values) {
        return Arrays.stream(values).mapToObj(Figure::of).toList();
    }

    /** A figure with single operations that took so long. */
    public static Figure figure(double value, long... nanos) {
        Histogram latencies = new Histogram(3);
        Arrays.stream(nanos).forEach(latencies::recordValue);
        return new Figure(value, Optional.of(latencies));
    }
}
