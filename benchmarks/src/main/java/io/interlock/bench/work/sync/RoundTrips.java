package io.interlock.bench.work.sync;

import io.interlock.bench.peer.Lap;
import io.interlock.bench.peer.Part;
import java.util.Optional;
import java.util.Queue;
import org.HdrHistogram.Histogram;
import org.jctools.queues.MpmcArrayQueue;
import org.jctools.queues.SpscArrayQueue;

/**
 * A number goes there and comes back. The figure is that of round trips which nobody times one by one, since reading
 * the clock would be a part of the shortest of them; as many again are timed singly, for the latencies.
 */
final class RoundTrips {

    private RoundTrips() {
    }

    /** Sends each number and waits until it is back. */
    public static final class Caller implements Part {

        private final Wire wire;
        private final long trips;
        private long number;

        /** Opens or makes its end of the wire. */
        public Caller(Setting setting) throws Exception {
            this(WireKind.open(setting), setting.operations());
        }

        private Caller(Wire wire, long trips) {
            this.wire = wire;
            this.trips = trips;
        }

        @Override
        public Lap round() throws InterruptedException {
            call(); // the other one is there now
            long start = System.nanoTime();
            for (long i = 0; i < trips; i++) {
                call();
            }
            long end = System.nanoTime();
            return new Lap(start, end, trips, Optional.of(timed()));
        }

        private Histogram timed() throws InterruptedException {
            Histogram latencies = Lap.newHistogram();
            for (long i = 0; i < trips; i++) {
                long sent = System.nanoTime();
                call();
                latencies.recordValue(System.nanoTime() - sent);
            }
            return latencies;
        }

        private void call() throws InterruptedException {
            number++;
            wire.send(number);
            wire.receive(number);
        }
    }

    /** Waits for each number and sends it back. */
    public static final class Answerer implements Part {

        private final Wire wire;
        private final long trips;
        private long number;

        /** Opens or makes its end of the wire. */
        public Answerer(Setting setting) throws Exception {
            this(WireKind.open(setting), setting.operations());
        }

        private Answerer(Wire wire, long trips) {
            this.wire = wire;
            this.trips = trips;
        }

        @Override
        public Lap round() throws InterruptedException {
            for (long i = 0; i < 1 + 2 * trips; i++) {
                number++;
                wire.receive(number);
                wire.send(number);
            }
            return Lap.UNCOUNTED;
        }
    }

    /** Both in one JVM, as threads with queues of JCTools between them; the word tells which queues. */
    public static final class Threads implements Part {

        private static final int MESSAGES = QueueWires.BYTES / 16;
        private static final String SINGLE = "spsc";

        private final Caller caller;
        private final Answerer answerer;

        /** Makes the queues. */
        public Threads(Setting setting) {
            boolean single = setting.words().get(0).equals(SINGLE);
            Queue<Long> there = single ? new SpscArrayQueue<>(MESSAGES) : new MpmcArrayQueue<>(MESSAGES);
            Queue<Long> back = single ? new SpscArrayQueue<>(MESSAGES) : new MpmcArrayQueue<>(MESSAGES);
            caller = new Caller(new SpinningWire(there, back), setting.operations());
            answerer = new Answerer(new SpinningWire(back, there), setting.operations());
        }

        @Override
        public Lap round() throws InterruptedException {
            Thread thread = new Thread(this::answer, "answerer");
            thread.start();
            Lap lap = caller.round();
            thread.join();
            return lap;
        }

        /** Without an answerer the caller would wait for ever. */
        private void answer() {
            try {
                answerer.round();
            } catch (Throwable e) {
                e.printStackTrace();
                Runtime.getRuntime().halt(1);
            }
        }
    }
}
