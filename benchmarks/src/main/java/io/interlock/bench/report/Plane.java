package io.interlock.bench.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.font.FontRenderContext;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.knowm.xchart.AnnotationText;
import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** A plane with lines and texts in it. All pictures are drawn on one, and have its colours and fonts. */
final class Plane {

    /** Of Interlock. */
    static final Color OURS = new Color(0x1F, 0x6F, 0xB4);
    /** Of all others. */
    static final Color OTHERS = new Color(0xB8, 0xBD, 0xC4);
    /** Of what goes from a smallest to a largest figure. */
    static final Color SPAN = new Color(0x22, 0x22, 0x22);
    /** Of what helps to read. */
    static final Color GRID = new Color(0xE2, 0xE2, 0xE2);

    private static final int WIDTH = 900;
    private static final int WIDTH_OF_TITLE = 860;
    private static final int LARGEST_TITLE = 14;
    private static final int SMALLEST_TITLE = 8;

    private final XYChart chart;
    private int unnamed;

    /** Which part of a text is at its place, and how far beside it. */
    enum At {

        LEFT(0, 3), CENTRE(0.5, 0), RIGHT(1, -6);

        private final double part;
        private final int pixels;

        At(double part, int pixels) {
            this.part = part;
            this.pixels = pixels;
        }
    }

    /** An empty one. */
    Plane(String title, String below, int height) {
        chart = new XYChart(WIDTH, height);
        chart.setTitle(title);
        chart.setXAxisTitle(below);
        XYStyler styler = chart.getStyler();
        styler.setYAxisTicksVisible(false).setPlotGridHorizontalLinesVisible(false).setPlotGridLinesColor(GRID)
                .setAxisTickLabelsFont(font(Font.PLAIN, 12)).setAxisTitleFont(font(Font.PLAIN, 12));
        styler.setPlotContentSize(1).setPlotBorderVisible(false).setChartBackgroundColor(Color.WHITE)
                .setChartTitleFont(fontOf(title)).setLegendPosition(LegendPosition.OutsideS)
                .setLegendLayout(LegendLayout.Horizontal).setLegendBorderColor(Color.WHITE)
                .setLegendFont(font(Font.PLAIN, 12)).setAntiAlias(true);
    }

    /** As large as there is room for the title. */
    private static Font fontOf(String title) {
        FontRenderContext context = new FontRenderContext(null, true, true);
        Font font = font(Font.BOLD, LARGEST_TITLE);
        while (font.getSize() > SMALLEST_TITLE && font.getStringBounds(title, context).getWidth() > WIDTH_OF_TITLE) {
            font = font(Font.BOLD, font.getSize() - 1);
        }
        return font;
    }

    static Font font(int style, int size) {
        return new Font(Font.SANS_SERIF, style, size);
    }

    /** What can be seen of it. */
    void show(double left, double right, double bottom, double top) {
        chart.getStyler().setXAxisMin(left).setXAxisMax(right).setYAxisMin(bottom).setYAxisMax(top);
    }

    /** What only one kind of picture wants. */
    XYChart chart() {
        return chart;
    }

    /** Draws lines, which are named below the picture. */
    XYSeries draw(String name, Lines lines, Color colour, BasicStroke stroke) {
        XYSeries series = chart.addSeries(name, lines.across, lines.heights);
        series.setMarker(SeriesMarkers.NONE);
        series.setLineColor(colour);
        series.setLineStyle(stroke);
        return series;
    }

    /** The same without a name. */
    void drawUnnamed(Lines lines, Color colour, BasicStroke stroke) {
        draw("unnamed " + unnamed++, lines, colour, stroke).setShowInLegend(false);
    }

    void write(String text, At at, double across, double height, Font font) {
        chart.addAnnotation(new Text(text, at, across, height, font));
    }

    byte[] png() throws IOException {
        return ChartEncoder.getBytes(chart, "png");
    }

    /** Lines of one colour. */
    static final class Lines {

        private final List<Double> across = new ArrayList<>();
        private final List<Double> heights = new ArrayList<>();

        /** One that touches no other one. */
        void add(double fromAcross, double fromHeight, double toAcross, double toHeight) {
            to(fromAcross, fromHeight);
            to(toAcross, toHeight);
            to(toAcross, Double.NaN); // after which a new line begins
        }

        /** Goes on from where the last one has ended. */
        void to(double nextAcross, double nextHeight) {
            across.add(nextAcross);
            heights.add(nextHeight);
        }

        boolean isEmpty() {
            return across.isEmpty();
        }
    }

    /** A text of which the middle is at a height. */
    private static final class Text extends AnnotationText {

        private final String text;
        private final At at;
        private final Font font;

        Text(String text, At at, double across, double height, Font font) {
            super(text, across, height, false);
            this.text = text;
            this.at = at;
            this.font = font;
        }

        @Override
        public void paint(Graphics2D g) {
            g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
            g.setColor(Color.BLACK);
            g.setFont(font);
            int left = at.pixels - (int) (at.part * g.getFontMetrics().stringWidth(text));
            g.drawString(text, getXAxisScreenValue(x) + left, getYAxisScreenValue(y) + font.getSize() / 2 - 1);
        }
    }
}
