package io.interlock.bench.work.sync;

import io.interlock.bench.peer.Part.Setting;
import io.interlock.core.Segment;
import io.interlock.memory.Capacity;
import io.interlock.memory.Codec;
import io.interlock.memory.Connection;
import io.interlock.memory.DirectMessageHandler;
import io.interlock.memory.ExclusiveConsumer;
import io.interlock.memory.ExclusiveProducer;
import io.interlock.memory.IpcPipe;
import io.interlock.memory.IpcQueue;

/** Our queues, one for each way. */
final class QueueWires {

    /** Of every ring. */
    static final int BYTES = 64 << 10;

    private QueueWires() {
    }

    private static IpcQueue<Long> open(Segment segment, Setting setting, boolean sends) {
        return IpcQueue.openOrCreate(segment, WireKind.way(setting, sends), Codec.int64(), Capacity.bytes(BYTES));
    }

    /** For whoever wants; the reader spins. */
    static Wire spinning(Setting setting) {
        Segment segment = SyncWires.segment(setting);
        return new SpinningWire(open(segment, setting, true), open(segment, setting, false));
    }

    /** With this process as the only one on its side; the reader spins, and reads numbers where they lie. */
    static final class Exclusive implements Wire {

        private final ExclusiveProducer<Long> out;
        private final ExclusiveConsumer<Long> in;
        private final DirectMessageHandler reading;
        private long received;

        Exclusive(Setting setting) throws InterruptedException {
            Segment segment = SyncWires.segment(setting);
            out = open(segment, setting, true).exclusiveProducer();
            in = open(segment, setting, false).exclusiveConsumer();
            reading = (buffer, offset, length) -> received = buffer.getLong(offset);
        }

        @Override
        public void send(long number) {
            while (!out.offer(number)) {
                Thread.onSpinWait();
            }
        }

        @Override
        public void receive(long number) {
            while (in.readDirect(reading, 1) == 0) {
                Thread.onSpinWait();
            }
            Wire.check(number, received);
        }
    }

    /** For whoever wants; the reader sleeps. */
    static final class Sleeping implements Wire {

        private final IpcQueue<Long> out;
        private final IpcQueue<Long> in;

        Sleeping(Setting setting) {
            Segment segment = SyncWires.segment(setting);
            out = open(segment, setting, true);
            in = open(segment, setting, false);
        }

        @Override
        public void send(long number) throws InterruptedException {
            out.put(number);
        }

        @Override
        public void receive(long number) throws InterruptedException {
            Wire.check(number, in.take());
        }
    }

    /** The two of a pipe; the reader sleeps. */
    static final class Pipe implements Wire {

        private final Connection<Long> end;

        Pipe(Setting setting) {
            IpcPipe<Long> pipe =
                    IpcPipe.duplex(SyncWires.segment(setting), "pipe", Codec.int64(), Capacity.bytes(BYTES));
            end = setting.number() == 0 ? pipe.first() : pipe.second();
        }

        @Override
        public void send(long number) throws InterruptedException {
            end.send(number);
        }

        @Override
        public void receive(long number) throws InterruptedException {
            Wire.check(number, end.receive());
        }
    }
}
