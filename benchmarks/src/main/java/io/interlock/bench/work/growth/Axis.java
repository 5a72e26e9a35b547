package io.interlock.bench.work.growth;

import io.interlock.bench.measure.Growth.Line;
import io.interlock.bench.measure.Growth.Point;
import io.interlock.bench.measure.Peer;
import io.interlock.bench.work.Scale;
import java.util.ArrayList;
import java.util.List;

/** With what cost grows, and how much of it there is at the points of a line. */
enum Axis {

    /** That do the same. */
    PROCESSES("process", "processes", List.of(1, 2, 4, 8, 16)),
    /** Threads that wait for the same. */
    WAITERS("waiter", "waiters", List.of(1, 4, 16, 64, 256)),
    /** Size of a segment. */
    MEBIBYTES("MiB", "MiB", List.of(1, 4, 16, 64, 256, 1024)),
    /** Named ones in a segment. */
    OBJECTS("object", "objects", List.of(1, 10, 100, 1000));

    private final String one;
    private final String many;
    private final List<Integer> all;

    Axis(String one, String many, List<Integer> all) {
        this.one = one;
        this.many = many;
        this.all = all;
    }

    /** Who does the work with so much of it. */
    @FunctionalInterface
    interface PeerOf {

        Peer of(String name, int x);
    }

    /** In words. */
    String title() {
        return many;
    }

    /** A line over all of it. */
    Line line(String name, Scale scale, PeerOf peer) {
        return line(name, scale, all.get(0), peer);
    }

    /** The same without the first points. */
    Line line(String name, Scale scale, int least, PeerOf peer) {
        List<Point> points = new ArrayList<>();
        for (int x : scale.some(all.stream().filter(each -> each >= least).toList())) {
            points.add(new Point(x, peer.of(name + ", " + x + " " + (x == 1 ? one : many), x)));
        }
        return new Line(name, points);
    }
}
