package io.interlock.bench.work.sync;

import io.interlock.bench.peer.Part.Setting;
import io.interlock.core.Segment;
import io.interlock.memory.IpcLong;
import io.interlock.sync.IpcCondition;
import io.interlock.sync.IpcEvent;
import io.interlock.sync.IpcLock;
import io.interlock.sync.IpcSemaphore;

/** What wakes processes and carries no messages. */
final class SyncWires {

    private SyncWires() {
    }

    /** The segment of a part. */
    static Segment segment(Setting setting) {
        return Segment.openOrCreate(setting.directory().resolve("segment"));
    }

    /** A permit is released for each number. */
    static final class Semaphores implements Wire {

        private final IpcSemaphore out;
        private final IpcSemaphore in;

        Semaphores(Setting setting) {
            Segment segment = segment(setting);
            out = IpcSemaphore.openOrCreate(segment, WireKind.way(setting, true), 0);
            in = IpcSemaphore.openOrCreate(segment, WireKind.way(setting, false), 0);
        }

        @Override
        public void send(long number) {
            out.release();
        }

        @Override
        public void receive(long number) throws InterruptedException {
            in.acquire();
        }
    }

    /** An event is set for each number, and cleared by whoever has waited for it, before it answers. */
    static final class Events implements Wire {

        private final IpcEvent out;
        private final IpcEvent in;

        Events(Setting setting) {
            Segment segment = segment(setting);
            out = IpcEvent.openOrCreate(segment, WireKind.way(setting, true));
            in = IpcEvent.openOrCreate(segment, WireKind.way(setting, false));
        }

        @Override
        public void send(long number) {
            in.clear();
            out.set();
        }

        @Override
        public void receive(long number) throws InterruptedException {
            in.await();
        }
    }

    /** A number of each way under one lock, and a condition for whoever waits for it. */
    static final class Conditions implements Wire {

        private final IpcLock lock;
        private final IpcCondition sent;
        private final IpcCondition received;
        private final IpcLong out;
        private final IpcLong in;

        Conditions(Setting setting) {
            Segment segment = segment(setting);
            lock = IpcLock.openOrCreate(segment, "lock");
            sent = lock.condition(WireKind.way(setting, true));
            received = lock.condition(WireKind.way(setting, false));
            out = IpcLong.openOrCreate(segment, WireKind.way(setting, true) + "-number", 0);
            in = IpcLong.openOrCreate(segment, WireKind.way(setting, false) + "-number", 0);
        }

        @Override
        public void send(long number) {
            lock.lock();
            try {
                out.setPlain(number);
                sent.signal();
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void receive(long number) throws InterruptedException {
            lock.lock();
            try {
                while (in.getPlain() != number) {
                    received.await();
                }
            } finally {
                lock.unlock();
            }
        }
    }
}
