package io.interlock.bench.report;

import io.interlock.bench.measure.Peer;
import io.interlock.bench.measure.Result;
import io.interlock.bench.measure.Unit;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.knowm.xchart.AnnotationText;
import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * A row as a picture: a bar for each peer, as long as its median, under its name; and a thin line from its smallest to
 * its largest figure. Interlock has one colour and all others another one.
 */
final class Charts {

    /*
     * Design. XChart's horizontal bars have neither error bars nor two colours in one place, and its vertical ones have
     * no room for names. So the picture is a plane with lines in it: thick ones that end bluntly are the bars, and thin
     * ones the spans. Peers are at the heights n - 1, ..., 1, 0.
     */

    private static final int WIDTH = 900;
    private static final int HEIGHT_WITHOUT_PEERS = 130;
    private static final int HEIGHT_OF_A_PEER = 46;
    private static final float BAR = 16;
    /** So many characters go into a line. */
    private static final int LONG_TITLE = 100;
    /** All of these are parts of the height of a peer. */
    private static final double NAME_ABOVE = 0.42;
    private static final double CAP = 0.1;
    private static final double ROOM_ABOVE = 0.75;
    private static final double ROOM_BELOW = 0.45;
    private static final double ROOM_AT_THE_RIGHT = 1.05;

    private static final Color OURS = new Color(0x1F, 0x6F, 0xB4);
    private static final Color OTHERS = new Color(0xB8, 0xBD, 0xC4);
    private static final Color SPAN = new Color(0x22, 0x22, 0x22);
    private static final Color GRID = new Color(0xE2, 0xE2, 0xE2);

    private final Result result;
    private final Unit unit;
    private final List<String> peers;
    private final XYChart chart;

    private Charts(Result result) {
        this.result = result;
        unit = result.row().unit();
        peers = result.row().peers().stream().map(Peer::name).filter(result.figures()::containsKey).toList();
        chart = new XYChart(WIDTH, HEIGHT_WITHOUT_PEERS + HEIGHT_OF_A_PEER * peers.size());
    }

    /** Writes one, of a row in which somebody took part. */
    static void write(Result result, Path file) throws IOException {
        byte[] image = ChartEncoder.getBytes(new Charts(result).drawn(), "png");
        Files.createDirectories(file.getParent());
        Files.write(file, image);
    }

    private XYChart drawn() {
        chart.setTitle(result.row().title());
        chart.setXAxisTitle(unit.isMoreBetter() ? "more is better" : "less is better");
        style(chart.getStyler());
        bars("Interlock", OURS, result.row()::isOurs);
        bars("others", OTHERS, peer -> !result.row().isOurs(peer));
        spans();
        peers.forEach(this::name);
        return chart;
    }

    private void style(XYStyler styler) {
        styler.setYAxisTicksVisible(false).setPlotGridHorizontalLinesVisible(false).setPlotGridLinesColor(GRID)
                .setXAxisMin(0.0).setXAxisMax(ROOM_AT_THE_RIGHT * largest()).setYAxisMin(-ROOM_BELOW)
                .setYAxisMax(peers.size() - 1 + ROOM_ABOVE).setAxisTickLabelsFont(font(Font.PLAIN, 12))
                .setAxisTitleFont(font(Font.PLAIN, 12))
                .setXAxisTickLabelsFormattingFunction(figure -> figure == 0 ? "0" : unit.format(figure));
        styler.setPlotContentSize(1).setPlotBorderVisible(false).setChartBackgroundColor(Color.WHITE)
                .setChartTitleFont(font(Font.BOLD, result.row().title().length() <= LONG_TITLE ? 14 : 11))
                .setLegendPosition(LegendPosition.OutsideS)
                .setLegendLayout(LegendLayout.Horizontal).setLegendBorderColor(Color.WHITE)
                .setLegendFont(font(Font.PLAIN, 12)).setAntiAlias(true);
    }

    private double largest() {
        return peers.stream().mapToDouble(result::max).max().orElse(1);
    }

    private double height(String peer) {
        return peers.size() - 1 - peers.indexOf(peer);
    }

    private void bars(String name, Color colour, Predicate<String> whose) {
        Lines lines = new Lines();
        peers.stream().filter(whose)
                .forEach(peer -> lines.add(0, height(peer), result.median(peer).orElseThrow(), height(peer)));
        lines.series(name, colour, new BasicStroke(BAR, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER));
    }

    private void spans() {
        Lines lines = new Lines();
        for (String peer : peers) {
            double height = height(peer);
            lines.add(result.min(peer), height, result.max(peer), height);
            lines.add(result.min(peer), height - CAP, result.min(peer), height + CAP);
            lines.add(result.max(peer), height - CAP, result.max(peer), height + CAP);
        }
        lines.series("smallest to largest", SPAN, SeriesLines.SOLID);
    }

    private void name(String peer) {
        chart.addAnnotation(new Name(peer + ":  " + unit.format(result.median(peer).orElseThrow()),
                height(peer) + NAME_ABOVE, font(result.row().isOurs(peer) ? Font.BOLD : Font.PLAIN, 13)));
    }

    private static Font font(int style, int size) {
        return new Font(Font.SANS_SERIF, style, size);
    }

    /** Lines of one colour that do not touch each other. */
    private final class Lines {

        private final List<Double> across = new ArrayList<>();
        private final List<Double> heights = new ArrayList<>();

        void add(double fromAcross, double fromHeight, double toAcross, double toHeight) {
            across.addAll(List.of(fromAcross, toAcross, toAcross));
            heights.addAll(List.of(fromHeight, toHeight, Double.NaN)); // after which a new line begins
        }

        void series(String name, Color colour, BasicStroke stroke) {
            if (across.isEmpty()) {
                return;
            }
            XYSeries series = chart.addSeries(name, across, heights);
            series.setMarker(SeriesMarkers.NONE);
            series.setLineColor(colour);
            series.setLineStyle(stroke);
        }
    }

    /** A text that begins where the bars begin. */
    private static final class Name extends AnnotationText {

        private static final int INDENT = 3;

        private final String text;
        private final Font font;

        Name(String text, double height, Font font) {
            super(text, 0, height, false);
            this.text = text;
            this.font = font;
        }

        @Override
        public void paint(Graphics2D g) {
            g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
            g.setColor(Color.BLACK);
            g.setFont(font);
            g.drawString(text, getXAxisScreenValue(x) + INDENT, getYAxisScreenValue(y) + font.getSize() / 2 - 1);
        }
    }
}
