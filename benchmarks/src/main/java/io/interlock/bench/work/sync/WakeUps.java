package io.interlock.bench.work.sync;

import io.interlock.bench.peer.Lap;
import io.interlock.bench.peer.Part;
import io.interlock.bench.peer.Stopwatch;
import io.interlock.memory.IpcLong;

/**
 * One process wakes another one, which notes how long ago that was sent: the monotonic clock is one for all processes.
 * The way back, which nobody times, lets the waiter wait again.
 */
final class WakeUps {

    private WakeUps() {
    }

    private static IpcLong sentNanos(Part.Setting setting) {
        return IpcLong.openOrCreate(SyncWires.segment(setting), "sent-nanos", 0);
    }

    /** Tells the time and wakes. */
    public static final class Waker implements Part {

        private final Wire wire;
        private final IpcLong sentNanos;
        private final long times;
        private long number;

        /** Opens or makes its end of the wire. */
        public Waker(Setting setting) throws Exception {
            wire = WireKind.open(setting);
            sentNanos = sentNanos(setting);
            times = setting.operations();
        }

        @Override
        public Lap round() throws InterruptedException {
            for (long i = 0; i < times; i++) {
                number++;
                sentNanos.setPlain(System.nanoTime());
                wire.send(number);
                wire.receive(number);
            }
            return Lap.UNCOUNTED;
        }
    }

    /** Is woken. Its lap lasts as long as all the ways to it together. */
    public static final class Waiter implements Part {

        private final Wire wire;
        private final IpcLong sentNanos;
        private final long times;
        private long number;

        /** Opens or makes its end of the wire. */
        public Waiter(Setting setting) throws Exception {
            wire = WireKind.open(setting);
            sentNanos = sentNanos(setting);
            times = setting.operations();
        }

        @Override
        public Lap round() throws InterruptedException {
            Stopwatch stopwatch = new Stopwatch();
            for (long i = 0; i < times; i++) {
                number++;
                wire.receive(number);
                stopwatch.add(System.nanoTime() - sentNanos.getPlain());
                wire.send(number);
            }
            return stopwatch.lap();
        }
    }
}
