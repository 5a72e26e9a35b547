package io.interlock.bench.measure;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.HdrHistogram.Histogram;

/**
 * What came of a row.
 *
 * @param row     the work
 * @param figures of each peer that took part, one for each round
 * @param missing why each of the others did not
 */
public record Result(Row row, Map<String, List<Figure>> figures, Map<String, String> missing) {

    /** Keeps copies. */
    public Result {
        figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
        missing = Collections.unmodifiableMap(new LinkedHashMap<>(missing));
    }

    /** The middle figure of a peer; nothing if it did not take part. */
    public OptionalDouble median(String peer) {
        double[] sorted = sorted(peer);
        return sorted.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(median(sorted));
    }

    /** The smallest figure of a peer that took part. */
    public double min(String peer) {
        return sorted(peer)[0];
    }

    /** The largest. */
    public double max(String peer) {
        double[] sorted = sorted(peer);
        return sorted[sorted.length - 1];
    }

    /** Our median divided by theirs, or by the goal's figure; nothing if one of them did not take part. */
    public OptionalDouble ratio(Goal goal) {
        return ratio(median(goal.ours()),
                goal.isAbsolute() ? OptionalDouble.of(goal.figure()) : median(goal.theirs()));
    }

    /** The median of one peer divided by that of another; nothing if one of them did not take part. */
    public OptionalDouble ratio(String one, String other) {
        return ratio(median(one), median(other));
    }

    private static OptionalDouble ratio(OptionalDouble dividend, OptionalDouble divisor) {
        return dividend.isEmpty() || divisor.isEmpty() ? OptionalDouble.empty()
                : OptionalDouble.of(dividend.getAsDouble() / divisor.getAsDouble());
    }

    /** How the cost has grown along a line, from the first of its points that took part to the last. */
    public Growth.Rate rate(Growth.Line line) {
        List<Growth.Point> points = measured(line);
        if (points.size() < 2) {
            return Growth.Rate.UNKNOWN;
        }
        Growth.Point first = points.get(0);
        Growth.Point last = points.get(points.size() - 1);
        return new Growth.Rate(last.x() / first.x(), cost(last) / cost(first));
    }

    /** The points of a line that took part. */
    public List<Growth.Point> measured(Growth.Line line) {
        return line.points().stream().filter(point -> median(point.name()).isPresent()).toList();
    }

    private double cost(Growth.Point point) {
        double median = median(point.name()).orElseThrow();
        return row.unit().isMoreBetter() ? 1 / median : median;
    }

    /** The single operations of all rounds of a peer, where they were taken. */
    public Optional<Histogram> latencies(String peer) {
        return figures.getOrDefault(peer, List.of()).stream().flatMap(figure -> figure.latencies().stream())
                .map(Histogram::copy).reduce((sum, each) -> {
                    sum.add(each);
                    return sum;
                });
    }

    private double[] sorted(String peer) {
        return figures.getOrDefault(peer, List.of()).stream().mapToDouble(Figure::value).sorted().toArray();
    }

    private static double median(double[] sorted) {
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
