package io.interlock.stress.sim;

import io.interlock.core.Segment;
import io.interlock.core.object.SharedBlock;
import io.interlock.memory.Capacity;
import io.interlock.memory.Claim;
import io.interlock.memory.Codec;
import io.interlock.memory.IpcQueue;
import io.interlock.memory.error.QueueShutDownException;
import io.interlock.memory.ring.RecordHeader;
import io.interlock.memory.ring.Ring;
import io.interlock.memory.ring.RingWord;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;

/** Processes that put into a queue and take from it, in the ways in which one can. */
final class QueueScenario extends Scenario {

    private static final String QUEUE = "queue";
    /** Also, that everything is dropped. */
    private static final int NOW = 2;

    final QueueWatch watch;
    private final ViewWatch views;
    private final Codec<Long> codec;
    /** That a message has. */
    private final int units;
    private final Segment auditor;
    private final Ring ring;
    /** Whether somebody has asked for the end: 0, 1, or {@link #NOW}. */
    private final int asked;
    private final int[] putsAtOnce = new int[8];
    private VirtualProcess successorOf;

    QueueScenario(World world, int items) {
        this(world, Capacity.items(items));
    }

    QueueScenario(World world, Capacity capacity) {
        this(world, capacity, Codec.int64(), Long.BYTES, false);
    }

    private QueueScenario(World world, Capacity capacity, Codec<Long> codec, int lengthBytes, boolean viewed) {
        super(world);
        this.codec = codec;
        units = RecordHeader.units(lengthBytes);
        auditor = world.auditor();
        IpcQueue.create(auditor, QUEUE, codec, capacity);
        ring = QueueWatch.ring(auditor, QUEUE);
        watch = new QueueWatch(world, QueueWatch.of(ring));
        views = viewed ? new ViewWatch(world, watch) : null;
        asked = world.ghosts.add();
    }

    /** In a ring of five messages, at which processes may look, and see whether one is whole. */
    static QueueScenario viewed(World world) {
        return new QueueScenario(world, Capacity.bytes(128), new Twice(), 2 * Long.BYTES, true);
    }

    /** What one process has of the queue. */
    record View(IpcQueue<Long> queue, Ring ring, SharedBlock block) {

        WeakRing weak(WeakRing.Flaw flaw) {
            return new WeakRing(ring, block, flaw);
        }
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
        view[0] = new View(IpcQueue.open(segment, QUEUE, codec), QueueWatch.ring(segment, QUEUE),
                segment.directory().find(0, QUEUE));
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
        return with(1, (me, view) -> put(me, view, items, item -> claim(view, item)));
    }

    /** The same, and before each of them it claims something that it gives up. */
    QueueScenario fickleClaimer(int items) {
        return with(1, (me, view) -> put(me, view, items, item -> {
            Claim claim = view.queue.claim(Long.BYTES);
            claim.directBuffer().putLong(0, 0);
            claim.abort();
            claim(view, item);
        }));
    }

    /** Claims more than it commits. */
    private static void claim(View view, long item) throws InterruptedException {
        Claim claim = view.queue.claim(2 * Long.BYTES);
        claim.directBuffer().putLong(0, item);
        claim.commit(Long.BYTES);
    }

    /** Planted bug: commits, and writes the message then. */
    QueueScenario hastyProducer(int items) {
        return with(1, (me, view) -> put(me, view, items, item -> {
            int at = view.ring.producers.begin(units, 1, Long.MAX_VALUE, true);
            view.ring.producers.commit(units, 1);
            view.ring.writeHeader(at, Long.BYTES);
            me.context().mem.putLong(at + Long.BYTES, item);
        }));
    }

    /** A process that puts one item in a role: a copy of the way in which that ends. */
    QueueScenario weakRole(WeakRing.Flaw flaw) {
        return with(1, (me, view) -> put(me, view, 1, item -> view.weak(flaw).putInRole(item)));
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

    /** A process that looks at so many items where they lie, or until the end; each is gone when it goes on. */
    QueueScenario handler(int items) {
        return with(0, (me, view) -> {
            for (int left = items; left > 0;) {
                int read = read(me, view, left);
                if (read == 0 && view.queue.isShutDown() && view.queue.isEmpty()) {
                    return;
                }
                if (read == 0) {
                    view.ring.consumers.await(Long.MAX_VALUE);
                }
                left -= read;
            }
        });
    }

    /** Reads what is there; an item is taken when the handler is shown the next one, or at the end. */
    private int read(VirtualProcess me, View view, int limit) {
        List<Long> read = new ArrayList<>();
        int count = view.queue.readDirect((buffer, index, length) -> {
            if (!read.isEmpty()) {
                watch.took(me, read.get(read.size() - 1));
            }
            read.add(buffer.getLong(index));
            watch.takes(me, 1);
        }, limit);
        if (count > 0) {
            watch.took(me, read.get(count - 1));
        }
        return count;
    }

    /** A process that looks at an item where it lies, and leaves it there: its handler throws. */
    QueueScenario looker() {
        return with(0, (me, view) -> {
            try {
                view.queue.readDirect((buffer, index, length) -> {
                    throw new CancellationException("not now");
                }, 1);
            } catch (CancellationException e) {
                me.note(() -> "has left an item there");
            }
        });
    }

    /** A process that shuts the queue down. */
    QueueScenario closer() {
        return with(0, (me, view) -> {
            view.queue.shutdown();
            me.set(asked, 1);
        });
    }

    /** A process that shuts the queue down and drops what is left, and counts that if nobody else drops anything. */
    QueueScenario closerNow(boolean counts) {
        return closerNow(counts, queue -> queue.shutdownNow());
    }

    /** Planted bug: how many are dropped is looked up before they are. */
    QueueScenario hastyCloserNow() {
        return closerNow(true, queue -> {
            int size = queue.size();
            queue.shutdownNow();
            return size;
        });
    }

    private QueueScenario closerNow(boolean counts, ToIntFunction<IpcQueue<Long>> way) {
        if (counts) {
            watch.drops().allCount();
        }
        DropWatch drops = watch.drops();
        return with(0, (me, view) -> {
            drops.begins(me);
            int dropped = way.applyAsInt(view.queue);
            me.set(asked, NOW);
            drops.ends(me, counts && !world.machine.hasKilled());
            drops.counts(me, dropped);
        });
    }

    /** A process that drops what is there. */
    QueueScenario clearer() {
        return clearer(view -> view.queue.clear());
    }

    /** The same by a copy of the operation. */
    QueueScenario weakClearer(WeakRing.Flaw flaw) {
        return clearer(view -> view.weak(flaw).clear());
    }

    private QueueScenario clearer(Consumer<View> way) {
        DropWatch drops = watch.drops();
        return with(0, (me, view) -> {
            drops.begins(me);
            try {
                way.accept(view);
                drops.ends(me, true);
            } catch (IllegalStateException e) {
                drops.fails(me); // somebody was in the middle of an operation for longer than a slice
            }
        });
    }

    /** A process that takes everything that is there at once. */
    QueueScenario drainerAtOnce(int most) {
        return with(0, (me, view) -> {
            views.begins(me);
            watch.takes(me, most);
            List<Long> items = new ArrayList<>();
            view.queue.drainTo(items);
            items.forEach(item -> watch.took(me, item));
            watch.tookNothing(me);
            me.note(() -> "has taken " + items);
            views.hasTakenAll(me);
        });
    }

    /** A process that walks over what is there. */
    QueueScenario walker() {
        return walker(view -> view.queue);
    }

    /** The same by a copy of the operation. */
    QueueScenario weakWalker(WeakRing.Flaw flaw) {
        return walker(view -> view.weak(flaw).items());
    }

    private QueueScenario walker(Function<View, Iterable<Long>> way) {
        return with(0, (me, view) -> {
            views.begins(me);
            for (long item : way.apply(view)) {
                views.sees(me, item);
            }
            views.hasSeenAll(me);
        });
    }

    /** A process that looks at the oldest item. */
    QueueScenario peeker() {
        return with(0, (me, view) -> {
            views.begins(me);
            views.hasSeenFirst(me, view.queue.peek());
        });
    }

    /** A process that asks whether one of those items is there that are there from the beginning. */
    QueueScenario finder(int number) {
        return with(0, (me, view) -> {
            long item = QueueWatch.item(3, number);
            views.begins(me);
            views.hasLookedFor(me, item, view.queue.contains(item));
        });
    }

    /** A process that walks up to one of those items and removes it. */
    QueueScenario walkingRemover(int number) {
        DropWatch drops = watch.drops();
        return with(0, (me, view) -> {
            Iterator<Long> items = view.queue.iterator();
            while (items.hasNext()) {
                if (items.next() == QueueWatch.item(3, number)) {
                    drops.begins(me, QueueWatch.item(3, number));
                    try {
                        items.remove();
                        drops.ends(me, true);
                    } catch (IllegalStateException e) {
                        drops.fails(me); // as by clearer
                    }
                }
            }
        });
    }

    /** A process that takes until the end. */
    QueueScenario drainer() {
        return with(0, (me, view) -> drain(me, view.queue::take));
    }

    /** The same in an exclusive role. */
    QueueScenario exclusiveDrainer() {
        return with(0, (me, view) -> {
            try (var role = view.queue.exclusiveConsumer()) {
                drain(me, role::take);
            }
        });
    }

    private void drain(VirtualProcess me, Take way) throws InterruptedException {
        try {
            take(me, Integer.MAX_VALUE, way);
        } catch (QueueShutDownException e) {
            watch.sawEnd(me);
        }
    }

    /** Items of nobody, which are there from the beginning. */
    QueueScenario prefilled(int items) {
        IpcQueue<Long> queue = IpcQueue.open(auditor, QUEUE, codec);
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
        if (ring.isSealRequested() || ghost(asked) != 0) {
            return false;
        }
        int puts = putsAtOnce[process.index];
        return puts == 0 ? ring.isEmpty() : ring.size() + puts > ring.maxMessages() || !hasBytes(units * puts);
    }

    /** Whether so many units fit for sure, wherever in the ring they begin. */
    private boolean hasBytes(int wanted) {
        return ring.size() * units + 2 * wanted <= ring.ringBytes() / RingWord.UNIT;
    }

    @Override
    public String judge() {
        String wrong = watch.judge();
        if (wrong != null || ghost(asked) != NOW) {
            return wrong;
        }
        Long item = IpcQueue.open(auditor, QUEUE, codec).poll();
        return item == null ? null : item + " can be taken, and everything was to be dropped";
    }
}
