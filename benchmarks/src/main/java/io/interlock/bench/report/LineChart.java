package io.interlock.bench.report;

import io.interlock.bench.measure.Growth;
import io.interlock.bench.measure.Result;
import io.interlock.bench.measure.Row;
import io.interlock.bench.report.Plane.Lines;
import java.awt.BasicStroke;
import java.awt.Color;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * A row whose figures grow as a picture: for each kind of work a line through its medians, with thin lines from the
 * smallest to the largest figures, and a dashed line that shows where linear growth would go. Both axes are
 * logarithmic, so that linear is straight, and as steep everywhere. Lines of Interlock are blue, all others grey.
 */
final class LineChart {

    private static final int HEIGHT = 500;
    /** In powers of ten; where figures are nearly the same the line has to look flat. */
    private static final double LEAST_HEIGHT = 1;
    private static final double LEAST_WIDTH = 0.3;
    /** Parts of the whole: what is free around all figures, and what crosses the end of a span. */
    private static final double MARGIN = 0.05;
    private static final double CAP = 0.005;

    private static final List<Color> OURS = List.of(Plane.OURS, new Color(0x12, 0x37, 0x5E),
            new Color(0x5F, 0xB3, 0xE6), new Color(0x1B, 0x9E, 0x8F));
    private static final List<Color> OTHERS = List.of(Plane.OTHERS, new Color(0x80, 0x86, 0x8E));
    private static final Color LINEAR = new Color(0x55, 0x55, 0x55);
    private static final List<Marker> MARKERS = List.of(SeriesMarkers.CIRCLE, SeriesMarkers.SQUARE,
            SeriesMarkers.DIAMOND, SeriesMarkers.TRIANGLE_UP);
    private static final BasicStroke THICK = new BasicStroke(2.5f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
    private static final BasicStroke THIN = new BasicStroke(1);
    private static final BasicStroke DASHED = new BasicStroke(1, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 1,
            new float[]{4, 4}, 0);

    private final Result result;
    private final Row row;
    private final Growth growth;
    private final Span across;
    private final Span heights;
    private final Plane plane;

    LineChart(Result result, Growth growth) {
        this.result = result;
        this.growth = growth;
        row = result.row();
        across = Span.of(points().mapToDouble(Growth.Point::x), LEAST_WIDTH).with(MARGIN, MARGIN);
        heights = Span.of(DoubleStream.concat(all(result::min), all(result::max)), LEAST_HEIGHT).with(MARGIN, MARGIN);
        plane = new Plane(row.title(), growth.axis(), HEIGHT);
    }

    private Stream<Growth.Point> points() {
        return growth.lines().stream().flatMap(line -> measured(line).stream());
    }

    /** A logarithm has no place for others. */
    private List<Growth.Point> measured(Growth.Line line) {
        return result.measured(line).stream().filter(point -> result.min(point.name()) > 0).toList();
    }

    private DoubleStream all(ToDoubleFunction<String> figure) {
        return points().map(Growth.Point::name).mapToDouble(figure);
    }

    Plane drawn() {
        plane.chart().setYAxisTitle(row.unit().isMoreBetter() ? "more is better" : "less is better");
        grid();
        int ours = 0;
        int others = 0;
        for (Growth.Line line : growth.lines()) {
            Color colour = row.isOurs(line) ? OURS.get(ours++ % OURS.size()) : OTHERS.get(others++ % OTHERS.size());
            medians(line, colour, MARKERS.get((ours + others - 1) % MARKERS.size()));
        }
        draw("smallest to largest", spans(), Plane.SPAN, THIN);
        draw("linear", linear(), LINEAR, DASHED);
        return plane;
    }

    private void draw(String name, Lines lines, Color colour, BasicStroke stroke) {
        if (!lines.isEmpty()) {
            plane.draw(name, lines, colour, stroke);
        }
    }

    private void grid() {
        Map<Double, String> amounts = new TreeMap<>();
        points().forEach(point -> amounts.put(point.x(), point.amount()));
        new LogGrid(plane, across, heights).draw(amounts, row.unit()::format);
    }

    private void medians(Growth.Line line, Color colour, Marker marker) {
        Lines lines = new Lines();
        measured(line).forEach(point -> lines.to(across(point), height(point)));
        if (!lines.isEmpty()) {
            XYSeries series = plane.draw(line.name(), lines, colour, THICK);
            series.setMarker(marker);
            series.setMarkerColor(colour);
        }
    }

    private Lines spans() {
        Lines lines = new Lines();
        double cap = CAP * across.length();
        points().forEach(point -> {
            double log = across(point);
            double least = Math.log10(result.min(point.name()));
            double most = Math.log10(result.max(point.name()));
            lines.add(log, least, log, most);
            lines.add(log - cap, least, log + cap, least);
            lines.add(log - cap, most, log + cap, most);
        });
        return lines;
    }

    /** From the first point of each line to where the picture ends. */
    private Lines linear() {
        Lines lines = new Lines();
        boolean down = row.unit().isMoreBetter();
        growth.lines().stream().map(this::measured).filter(points -> points.size() > 1).forEach(points -> {
            double from = across(points.get(0));
            double height = height(points.get(0));
            double room = Math.min(across.to() - from, down ? height - heights.from() : heights.to() - height);
            lines.add(from, height, from + room, down ? height - room : height + room);
        });
        return lines;
    }

    private static double across(Growth.Point point) {
        return Math.log10(point.x());
    }

    private double height(Growth.Point point) {
        return Math.log10(result.median(point.name()).orElseThrow());
    }
}
