package io.interlock.bench.report;

import io.interlock.bench.measure.Peer;
import io.interlock.bench.measure.Result;
import io.interlock.bench.measure.Unit;
import io.interlock.bench.report.Plane.At;
import io.interlock.bench.report.Plane.Lines;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.util.List;
import java.util.function.Predicate;
import org.knowm.xchart.style.lines.SeriesLines;

/**
 * A row as a picture: a bar for each peer, as long as its median, under its name; and a thin line from its smallest to
 * its largest figure. Interlock has one colour and all others another one.
 */
final class BarChart {

    /*
     * Design. XChart's horizontal bars have neither error bars nor two colours in one place, and its vertical ones have
     * no room for names. So the picture is a plane with lines in it: thick ones that end bluntly are the bars, and thin
     * ones the spans. Peers are at the heights n - 1, ..., 1, 0.
     */

    private static final int HEIGHT_WITHOUT_PEERS = 130;
    private static final int HEIGHT_OF_A_PEER = 46;
    private static final float BAR = 16;
    /** All of these are parts of the height of a peer. */
    private static final double NAME_ABOVE = 0.42;
    private static final double CAP = 0.1;
    private static final double ROOM_ABOVE = 0.75;
    private static final double ROOM_BELOW = 0.45;
    private static final double ROOM_AT_THE_RIGHT = 1.05;

    private final Result result;
    private final Unit unit;
    private final List<String> peers;
    private final Plane plane;

    BarChart(Result result) {
        this.result = result;
        unit = result.row().unit();
        peers = result.row().peers().stream().map(Peer::name).filter(result.figures()::containsKey).toList();
        plane = new Plane(result.row().title(), unit.isMoreBetter() ? "more is better" : "less is better",
                HEIGHT_WITHOUT_PEERS + HEIGHT_OF_A_PEER * peers.size());
    }

    Plane drawn() {
        plane.show(0, ROOM_AT_THE_RIGHT * largest(), -ROOM_BELOW, peers.size() - 1 + ROOM_ABOVE);
        plane.chart().getStyler().setXAxisTickLabelsFormattingFunction(figure -> figure == 0 ? "0" : unit.format(
                figure));
        bars("Interlock", Plane.OURS, result.row()::isOurs);
        bars("others", Plane.OTHERS, peer -> !result.row().isOurs(peer));
        spans();
        peers.forEach(this::name);
        return plane;
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
        if (!lines.isEmpty()) {
            plane.draw(name, lines, colour, new BasicStroke(BAR, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER));
        }
    }

    private void spans() {
        Lines lines = new Lines();
        for (String peer : peers) {
            double height = height(peer);
            lines.add(result.min(peer), height, result.max(peer), height);
            lines.add(result.min(peer), height - CAP, result.min(peer), height + CAP);
            lines.add(result.max(peer), height - CAP, result.max(peer), height + CAP);
        }
        plane.draw("smallest to largest", lines, Plane.SPAN, SeriesLines.SOLID);
    }

    private void name(String peer) {
        plane.write(peer + ":  " + unit.format(result.median(peer).orElseThrow()), At.LEFT, 0,
                height(peer) + NAME_ABOVE, Plane.font(result.row().isOurs(peer) ? Font.BOLD : Font.PLAIN, 13));
    }
}
