package io.interlock.bench.measure;

import java.util.List;
import java.util.Optional;

/**
 * How the figures of a row grow with something. Its peers are the points of lines: each of them does the same work
 * with more of it.
 *
 * @param axis  what there is more and more of, such as {@code processes}
 * @param lines one for each kind of work
 */
public record Growth(String axis, List<Line> lines) {

    /**
     * One work, with more and more of something.
     *
     * @param name   as the report calls it
     * @param points by growing x
     */
    public record Line(String name, List<Point> points) {

        /** That of a peer, if it is one of these. */
        public Optional<Point> point(String peer) {
            return points.stream().filter(point -> point.name().equals(peer)).findFirst();
        }
    }

    /**
     * One peer of a line.
     *
     * @param x    how much there is
     * @param peer who does the work with so much
     */
    public record Point(double x, Peer peer) {

        /** That of its peer. */
        public String name() {
            return peer.name();
        }

        /** How much there is, as it is written. */
        public String amount() {
            return x == Math.rint(x) ? Long.toString((long) x) : Double.toString(x);
        }
    }

    /**
     * What came of a line.
     *
     * @param ofSize how many times as much there was at its last point as at its first one
     * @param ofCost how many times as much an operation did cost there
     */
    public record Rate(double ofSize, double ofCost) {

        /** That of a line of which fewer than two points took part. */
        static final Rate UNKNOWN = new Rate(Double.NaN, Double.NaN);

        /** Whether there is anything to tell. */
        public boolean isKnown() {
            return !Double.isNaN(ofCost);
        }

        /** At most 1 unless the cost has grown worse than linearly. */
        public double ofLinear() {
            return ofCost / ofSize;
        }
    }

    /** That on which a peer is a point. */
    public Optional<Line> line(String peer) {
        return lines.stream().filter(line -> line.point(peer).isPresent()).findFirst();
    }

    /** All of them. */
    List<Peer> peers() {
        return lines.stream().flatMap(line -> line.points().stream()).map(Point::peer).toList();
    }
}
