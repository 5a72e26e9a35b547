package io.interlock.stress.sim;

import io.interlock.core.Segment;
import io.interlock.memory.Capacity;
import io.interlock.memory.Codec;
import io.interlock.memory.IpcQueue;
import io.interlock.memory.error.QueueShutDownException;
import io.interlock.memory.ring.Adding;
import io.interlock.memory.ring.Reading;
import io.interlock.memory.ring.Ring;
import io.interlock.memory.ring.RingWord;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Processes that put into a queue and take from it, in the ways in which one can. */
final class QueueScenario extends Scenario {

    private static final String QUEUE = "queue";
    private static final int UNITS = 2;

    final QueueWatch watch;
    private final Segment auditor;
    private final Ring ring;
    private final int[] putsAtOnce = new int[8];
    private VirtualProcess successorOf;

    QueueScenario(World world, int items) {
        this(world, Capacity.items(items));
    }

    QueueScenario(World world, Capacity capacity) {
        super(world);
        auditor = world.auditor();
        IpcQueue.create(auditor, QUEUE, Codec.int64(), capacity);
        ring = QueueWatch.ring(auditor, QUEUE);
        watch = new QueueWatch(world, QueueWatch.of(auditor, QUEUE));
    }

    /** What one process has of the queue. */
    record View(IpcQueue<Long> queue, Ring ring) {
    }

    /** What a process does with the queue. */
    interface Use {

        void run(VirtualProcess me, View view) throws InterruptedException;
    }

    /** Adds a process; {@code puts} is 0 for a consumer. */
    private QueueScenario with(int puts, Use use) {
        View[] view = new View[1];
        Program program = me -> use.run(me, view[0]);
        VirtualProcess process = successorOf == null ? world.process(program) : world.replacement(successorOf, program);
        successorOf = null;
        putsAtOnce[process.index] = puts;
        Segment segment = world.segment(process);
        view[0] = new View(IpcQueue.open(segment, QUEUE, Codec.int64()), QueueWatch.ring(segment, QUEUE));
        return this;
    }

    /** Lets the next process begin only when the one with this number, from 0, was killed. */
    QueueScenario ifKilled(int number) {
        successorOf = world.machine.processes.get(number);
        return this;
    }

    /** A process that puts so many items and takes as many. */
    QueueScenario exchanger(int items) {
        return with(0, (me, view) -> {
            put(me, view, items, item -> view.queue.put(item));
            take(me, items, view.queue::take);
        });
    }

    /** A process that puts one item, and may be interrupted while it waits for room: then it has put nothing. */
    QueueScenario impatientProducer() {
        with(1, (me, view) -> {
            long item = QueueWatch.item(me.index, 0);
            watch.begins(me, item);
            try {
                view.queue.put(item);
                watch.hasPut(me, item);
            } catch (InterruptedException e) {
                watch.hasNotPut(me, item);
            }
        });
        world.machine.processes.get(world.machine.processes.size() - 1).interruptOnce();
        return this;
    }

    /** A process that takes one item, and may be interrupted while it waits for one: then it has taken nothing. */
    QueueScenario impatientConsumer() {
        with(0, (me, view) -> {
            watch.takes(me, 1);
            try {
                watch.took(me, view.queue.take());
            } catch (InterruptedException e) {
                watch.tookNothing(me);
            }
        });
        world.machine.processes.get(world.machine.processes.size() - 1).interruptOnce();
        return this;
    }

    /** A process that puts so many items, one after the other. */
    QueueScenario producer(int items) {
        return with(1, (me, view) -> put(me, view, items, item -> view.queue.put(item)));
    }

    /** The same in an exclusive role. */
    QueueScenario exclusiveProducer(int items) {
        return with(1, (me, view) -> {
            try (var role = view.queue.exclusiveProducer()) {
                put(me, view, items, role::put);
            }
        });
    }

    /** The same by claims. */
    QueueScenario claimer(int items) {
        return with(1, (me, view) -> {
            Adding claims = view.ring.producers.claims();
            put(me, view, items, item -> {
                int at = claims.begin(UNITS, 1, Long.MAX_VALUE, true);
                if (at == Adding.SHUT_DOWN) {
                    throw new QueueShutDownException("refused");
                }
                view.ring.writeHeader(at, Long.BYTES);
                me.context().mem.putLong(at + Long.BYTES, item);
                claims.commit(UNITS, 1);
            });
        });
    }

    /** Planted bug: commits, and writes the message then. */
    QueueScenario hastyProducer(int items) {
        return with(1, (me, view) -> put(me, view, items, item -> {
            int at = view.ring.producers.begin(UNITS, 1, Long.MAX_VALUE, true);
            view.ring.producers.commit(UNITS, 1);
            view.ring.writeHeader(at, Long.BYTES);
            me.context().mem.putLong(at + Long.BYTES, item);
        }));
    }

    /** A way of putting one item. */
    private interface Put {

        void put(long item) throws InterruptedException;
    }

    /** Puts items one after the other, until the queue is shut down. */
    private void put(VirtualProcess me, View view, int items, Put way) throws InterruptedException {
        for (int number = 0; number < items; number++) {
            long item = QueueWatch.item(me.index, number);
            watch.begins(me, item);
            try {
                way.put(item);
            } catch (QueueShutDownException e) {
                watch.hasNotPut(me, item);
                return;
            }
            watch.hasPut(me, item);
        }
    }

    /** A way of taking one item. */
    private interface Take {

        long take() throws InterruptedException;
    }

    private void take(VirtualProcess me, int items, Take way) throws InterruptedException {
        for (int i = 0; i < items; i++) {
            watch.takes(me, 1);
            watch.took(me, way.take());
        }
    }

    /** A process that puts so many items at once. */
    QueueScenario batch(int items) {
        return batches(1, items);
    }

    /** A process that does that so often. */
    QueueScenario batches(int times, int items) {
        return with(items, (me, view) -> {
            for (int time = 0; time < times; time++) {
                List<Long> batch = new ArrayList<>();
                for (int number = time * items; number < (time + 1) * items; number++) {
                    batch.add(QueueWatch.item(me.index, number));
                    watch.begins(me, QueueWatch.item(me.index, number));
                }
                view.queue.putAll(batch);
                batch.forEach(item -> watch.hasPut(me, item));
            }
        });
    }

    /** A process that takes so many items, one after the other. */
    QueueScenario consumer(int items) {
        return with(0, (me, view) -> take(me, items, view.queue::take));
    }

    /** The same in an exclusive role. */
    QueueScenario exclusiveConsumer(int items) {
        return with(0, (me, view) -> {
            try (var role = view.queue.exclusiveConsumer()) {
                take(me, items, role::take);
            }
        });
    }

    /** A process that takes so many items, at most two at once. */
    QueueScenario batchConsumer(int items) {
        return with(0, (me, view) -> {
            for (int left = items; left > 0;) {
                watch.takes(me, 2);
                List<Long> batch = view.queue.takeUpTo(Math.min(left, 2));
                batch.forEach(item -> watch.took(me, item));
                left -= batch.size();
            }
        });
    }

    /** A process that looks at so many items where they lie; each is gone when it goes to the next. */
    QueueScenario handler(int items) {
        return with(0, (me, view) -> {
            Reading handlers = view.ring.consumers.handlers();
            for (int left = items; left > 0;) {
                int at = handlers.begin();
                if (at < 0) {
                    view.ring.consumers.await(Long.MAX_VALUE);
                    continue;
                }
                while (at >= 0 && left > 0) {
                    long item = me.context().mem.getLong(at + Long.BYTES);
                    watch.takes(me, 1);
                    at = handlers.next();
                    watch.took(me, item);
                    left--;
                }
                handlers.end();
            }
        });
    }

    /** A process that looks at an item where it lies, and leaves it there. */
    QueueScenario looker() {
        return with(0, (me, view) -> {
            Reading handlers = view.ring.consumers.handlers();
            if (handlers.begin() >= 0) {
                handlers.end();
            }
        });
    }

    /** A process that shuts the queue down. */
    QueueScenario closer() {
        return with(0, (me, view) -> view.queue.shutdown());
    }

    /** A process that takes until the end. */
    QueueScenario drainer() {
        return with(0, (me, view) -> {
            try {
                while (true) {
                    watch.takes(me, 1);
                    watch.took(me, view.queue.take());
                }
            } catch (QueueShutDownException e) {
                watch.sawEnd(me);
            }
        });
    }

    /** Items of nobody, which are there from the beginning. */
    QueueScenario prefilled(int items) {
        IpcQueue<Long> queue = IpcQueue.open(auditor, QUEUE, Codec.int64());
        for (int number = 0; number < items; number++) {
            queue.add(QueueWatch.item(3, number));
        }
        world.ghosts.atStart(() -> {
            for (int number = 0; number < items; number++) {
                watch.prefilled(QueueWatch.item(3, number));
            }
        });
        return this;
    }

    /** A process that removes one of those items from wherever it is. */
    QueueScenario remover(int number) {
        return with(0, (me, view) -> {
            long item = QueueWatch.item(3, number);
            watch.takes(me, 1);
            try {
                if (view.queue.remove(item)) {
                    watch.removed(me, item);
                } else {
                    watch.tookNothing(me);
                }
            } catch (IllegalStateException e) {
                watch.tookNothing(me); // somebody was in the middle of an operation for longer than a slice
            }
        });
    }

    /** A process that takes what is there. */
    QueueScenario poller() {
        return with(0, (me, view) -> poll(me, view.queue::poll));
    }

    /** The same in an exclusive role. */
    QueueScenario exclusivePoller() {
        return with(0, (me, view) -> {
            try (var role = view.queue.exclusiveConsumer()) {
                poll(me, role::poll);
            }
        });
    }

    private void poll(VirtualProcess me, Supplier<Long> way) {
        watch.takes(me, 1);
        for (Long item = way.get(); item != null; item = way.get()) {
            watch.took(me, item);
            watch.takes(me, 1);
        }
        watch.tookNothing(me);
    }

    /** A consumer while there is nothing, a producer while there is no room, until the end was asked for. */
    @Override
    public boolean mayWait(VirtualProcess process) {
        if (ring.isSealRequested()) {
            return false;
        }
        int puts = putsAtOnce[process.index];
        return puts == 0 ? ring.isEmpty() : ring.size() + puts > ring.maxMessages() || !hasBytes(UNITS * puts);
    }

    /** Whether so many units fit for sure, wherever in the ring they begin. */
    private boolean hasBytes(int units) {
        return ring.size() * UNITS + 2 * units <= ring.ringBytes() / RingWord.UNIT;
    }

    @Override
    public String judge() {
        return watch.judge();
    }
}
