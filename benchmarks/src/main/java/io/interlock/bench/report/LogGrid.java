package io.interlock.bench.report;

import io.interlock.bench.report.Plane.At;
import io.interlock.bench.report.Plane.Lines;
import java.awt.BasicStroke;
import java.awt.Font;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleFunction;
import java.util.stream.IntStream;

/** What is behind lines whose both axes are logarithmic: lines at round figures, and these figures beside them. */
final class LogGrid {

    /*
     * Design. XChart's logarithmic axes have ticks at powers of ten only, or at 1, 2, 3, ... 10 times those: 1, 4, 16
     * and 64 processes would be somewhere between them. So the plane has logarithms as its coordinates, and the grid
     * with its labels is lines and texts in it.
     */

    /** Where there are more powers of ten, nothing is between them. */
    private static final double FEW_DECADES = 2.5;
    private static final List<Integer> BETWEEN_FEW = List.of(1, 2, 5);
    private static final List<Integer> BETWEEN_MANY = List.of(1);
    /** All of these are parts of what is shown. */
    private static final double ROOM_AT_THE_LEFT = 0.11;
    private static final double ROOM_AT_THE_RIGHT = 0.02;
    private static final double ROOM_BELOW = 0.08;
    private static final double ROOM_ABOVE = 0.04;
    private static final double LABEL_BELOW = 0.04;

    private static final BasicStroke THIN = new BasicStroke(1);

    private final Plane plane;
    private final Span across;
    private final Span heights;

    /** Of these spans. */
    LogGrid(Plane plane, Span across, Span heights) {
        this.plane = plane;
        this.across = across;
        this.heights = heights;
        Span wide = across.with(ROOM_AT_THE_LEFT, ROOM_AT_THE_RIGHT);
        Span high = heights.with(ROOM_BELOW, ROOM_ABOVE);
        plane.show(wide.from(), wide.to(), high.from(), high.to());
        plane.chart().getStyler().setAxisTicksVisible(false).setPlotGridLinesVisible(false);
    }

    /** Draws lines upwards at amounts, each of which is told in words, and across at round figures. */
    void draw(Map<Double, String> amounts, DoubleFunction<String> figure) {
        Font font = Plane.font(Font.PLAIN, 12);
        Lines lines = new Lines();
        amounts.forEach((each, told) -> {
            double log = Math.log10(each);
            lines.add(log, heights.from(), log, heights.to());
            plane.write(told, At.CENTRE, log, heights.from() - LABEL_BELOW * heights.length(), font);
        });
        for (double each : roundFigures()) {
            double log = Math.log10(each);
            lines.add(across.from(), log, across.to(), log);
            plane.write(figure.apply(each), At.RIGHT, across.from(), log, font);
        }
        plane.drawUnnamed(lines, Plane.GRID, THIN);
    }

    private List<Double> roundFigures() {
        List<Integer> between = heights.length() > FEW_DECADES ? BETWEEN_MANY : BETWEEN_FEW;
        return IntStream.rangeClosed((int) Math.floor(heights.from()), (int) Math.ceil(heights.to()))
                .boxed().flatMap(power -> between.stream().map(each -> each * Math.pow(10, power)))
                .filter(each -> heights.contains(Math.log10(each))).toList();
    }
}
