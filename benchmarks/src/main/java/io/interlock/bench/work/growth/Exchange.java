package io.interlock.bench.work.growth;

import io.interlock.bench.peer.Lap;
import io.interlock.bench.peer.Part;
import io.interlock.bench.work.sync.Barrier;
import io.interlock.core.Segment;
import io.interlock.core.SegmentOptions;
import io.interlock.memory.Capacity;
import io.interlock.memory.Codec;
import io.interlock.memory.IpcLong;
import io.interlock.memory.IpcQueue;

/** Processes that send numbers through a queue, and as many that receive them. */
final class Exchange {

    private static final int BYTES = 256 << 10;

    private final IpcQueue<Long> queue;
    private final IpcLong sum;
    private final Barrier barrier;
    private final long messages;
    private final int pairs;
    private final boolean first;

    private Exchange(Part.Setting setting) {
        Segment segment = Segment.openOrCreate(setting.directory().resolve("segment"),
                SegmentOptions.defaults().withSizeBytes(8L * BYTES));
        queue = IpcQueue.openOrCreate(segment, "queue", Codec.int64(), Capacity.bytes(BYTES));
        sum = IpcLong.openOrCreate(segment, "sum");
        barrier = new Barrier(segment, setting.processes());
        pairs = setting.processes() / 2;
        messages = setting.operations() / pairs;
        first = setting.number() == 0;
    }

    /** After all have received: whether each number has come as often as it was sent. */
    private void check() throws InterruptedException {
        barrier.await();
        if (first && sum.getAndSet(0) != pairs * (messages * (messages - 1) / 2)) {
            throw new IllegalStateException("what was received is not what was sent");
        }
    }

    /** Sends 0, 1, 2, ... in each round; waits while the queue is full. */
    public static final class Sender implements Part {

        private final Exchange exchange;

        /** Opens or makes the queue. */
        public Sender(Setting setting) {
            exchange = new Exchange(setting);
        }

        @Override
        public Lap round() throws InterruptedException {
            exchange.barrier.await();
            for (long i = 0; i < exchange.messages; i++) {
                exchange.queue.put(i);
            }
            exchange.check();
            return Lap.UNCOUNTED;
        }
    }

    /** Receives its part of them; waits while the queue is empty. */
    public static final class Receiver implements Part {

        private final Exchange exchange;

        /** Opens or makes the queue. */
        public Receiver(Setting setting) {
            exchange = new Exchange(setting);
        }

        @Override
        public Lap round() throws InterruptedException {
            exchange.barrier.await();
            long start = System.nanoTime();
            long received = 0;
            for (long i = 0; i < exchange.messages; i++) {
                received += exchange.queue.take();
            }
            long end = System.nanoTime();
            exchange.sum.getAndAdd(received);
            exchange.check();
            return Lap.of(start, end, exchange.messages);
        }
    }
}
