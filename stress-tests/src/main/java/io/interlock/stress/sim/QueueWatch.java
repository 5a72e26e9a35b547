package io.interlock.stress.sim;

import io.interlock.core.Segment;
import io.interlock.memory.ring.Bytes;
import io.interlock.memory.ring.Ring;
import io.interlock.memory.ring.RingLayout;
import io.interlock.memory.ring.Snapshot;
import java.util.ArrayList;
import java.util.List;

/**
 * Judges a queue: what is in it is what was put and not taken, once, in the order of each producer. Who was killed may
 * have put what it was putting, and may have taken what it was taking.
 */
final class QueueWatch {

    private static final int PER_PRODUCER = 16;
    private static final int FIRST = 1000;

    private final World world;
    private final Contents contents;
    /** Bit sets of items: begun to be put, put, taken. */
    private final int begun;
    private final int put;
    private final int taken;
    /** Whether somebody has seen the end of the stream, and items that were begun to be put after that. */
    private final int ended;
    private final int late;
    /** For each process, how many it may be taking now, and the newest it has taken of each producer. */
    private final int taking;
    private final int newest;
    /** Who judges those who drop items, or null if nobody does. */
    private DropWatch drops;

    /** What is in a queue when nobody runs, oldest first. */
    interface Contents {

        List<Long> items();
    }

    QueueWatch(World world, Contents contents) {
        this.world = world;
        this.contents = contents;
        this.begun = world.ghosts.add();
        this.put = world.ghosts.add();
        this.taken = world.ghosts.add();
        this.ended = world.ghosts.add();
        this.late = world.ghosts.add();
        this.taking = world.ghosts.add(4);
        this.newest = world.ghosts.add(16);
    }

    /** What is in a shipped ring; the number at the beginning of each message. */
    static Contents of(Ring ring) {
        return () -> {
            Snapshot snapshot = Snapshot.of(ring);
            List<Long> items = new ArrayList<>();
            while (snapshot.next()) {
                items.add(Bytes.getLong(snapshot.bytes(), snapshot.payloadAt()));
            }
            return items;
        };
    }

    /** The ring under the shipped queue with this name, seen by who has this segment. */
    static Ring ring(Segment segment, String name) {
        return new Ring(segment.directory().open(RingLayout.TYPE, 0, name));
    }

    /** The item that a process puts as its {@code number}-th, from 0. */
    static long item(int producer, int number) {
        return FIRST + producer * PER_PRODUCER + number;
    }

    static long bit(long item) {
        return 1L << item - FIRST;
    }

    /** The items of one producer, from this one on. */
    static long sameProducerFrom(long item) {
        return ofProducer(item) & -bit(item);
    }

    /** The items of one producer before this one. */
    static long sameProducerBefore(long item) {
        return ofProducer(item) & bit(item) - 1;
    }

    private static long ofProducer(long item) {
        return (1L << PER_PRODUCER) - 1 << (item - FIRST) / PER_PRODUCER * PER_PRODUCER;
    }

    /** To be called once, if there is somebody who drops items. */
    DropWatch drops() {
        if (drops == null) {
            drops = new DropWatch(world, this);
        }
        return drops;
    }

    /** As bit sets: what somebody has begun to put; what was put and not taken; what was taken. */
    long begun() {
        return world.ghosts.get(begun);
    }

    long there() {
        return world.ghosts.get(put) & ~world.ghosts.get(taken);
    }

    long taken() {
        return world.ghosts.get(taken);
    }

    /** Whether it is an item that somebody has begun to put. */
    boolean isBegun(long item) {
        return isItem(item) && (world.ghosts.get(begun) & bit(item)) != 0;
    }

    /** How many may have been taken without that it was noted yet, or ever. */
    long beingTaken() {
        long count = 0;
        for (VirtualProcess process : world.machine.processes) {
            count += world.ghosts.get(taking + process.index);
        }
        return count;
    }

    /** Before an item is put. */
    void begins(VirtualProcess me, long item) {
        me.set(begun, world.ghosts.get(begun) | bit(item));
        me.set(late, world.ghosts.get(late) | bit(item) * world.ghosts.get(ended));
    }

    /** After it was put. */
    void hasPut(VirtualProcess me, long item) {
        me.set(put, world.ghosts.get(put) | bit(item));
        me.check((world.ghosts.get(late) & bit(item)) == 0, () -> "has put " + item + " after the end of the stream");
        me.note(() -> "has put " + item);
    }

    /** After it was not put. */
    void hasNotPut(VirtualProcess me, long item) {
        me.set(begun, world.ghosts.get(begun) & ~bit(item));
        me.check((world.ghosts.get(taken) & bit(item)) == 0, () -> "did not put " + item + ", and it was taken");
    }

    /** Before at most so many items are taken. */
    void takes(VirtualProcess me, int most) {
        me.set(taking + me.index, most);
        if (drops != null) {
            drops.takes(me);
        }
    }

    /** After nothing was taken. */
    void tookNothing(VirtualProcess me) {
        me.set(taking + me.index, 0);
    }

    /** After a process was told that nothing will come any more. */
    void sawEnd(VirtualProcess me) {
        me.note(() -> "has seen the end");
        me.set(taking + me.index, 0);
        me.set(ended, 1);
    }

    /** After one item was taken from the front. */
    void took(VirtualProcess me, long item) {
        removed(me, item);
        int producer = (int) (item - FIRST) / PER_PRODUCER;
        int last = newest + 4 * me.index + producer;
        me.check(item > world.ghosts.get(last), () -> "took " + item + " after " + world.ghosts.get(last));
        me.set(last, item);
    }

    /** After one item was taken from wherever it was. */
    void removed(VirtualProcess me, long item) {
        me.note(() -> "has taken " + item);
        me.check(isBegun(item), () -> "took " + item + ", which nobody put");
        me.check((world.ghosts.get(taken) & bit(item)) == 0, () -> "took " + item + ", which was taken before");
        me.set(taken, world.ghosts.get(taken) | bit(item));
        if (drops != null) {
            drops.took(me, item);
        }
        me.set(taking + me.index, 0);
    }

    /** Notes an item that is in the queue from the beginning. */
    void prefilled(long item) {
        world.ghosts.set(begun, world.ghosts.get(begun) | bit(item));
        world.ghosts.set(put, world.ghosts.get(put) | bit(item));
    }

    private static boolean isItem(long item) {
        return item >= FIRST && item < FIRST + 4 * PER_PRODUCER;
    }

    /** What is wrong at the end, or null. */
    String judge() {
        long there = 0;
        long last = 0;
        long[] newestThere = new long[4];
        for (long item : contents.items()) {
            if (!isBegun(item)) {
                return item + " is in the queue, and nobody put it";
            }
            if ((there & bit(item)) != 0 || (world.ghosts.get(taken) & bit(item)) != 0) {
                return item + " is in the queue, and was taken or is there twice";
            }
            int producer = (int) (item - FIRST) / PER_PRODUCER;
            if (item < newestThere[producer]) {
                return item + " stands behind " + last;
            }
            newestThere[producer] = item;
            there |= bit(item);
            last = item;
        }
        if (there != 0 && world.ghosts.get(ended) == 1) {
            return "somebody has seen the end of the stream, and something is left";
        }
        long missing = there() & ~there;
        String wrong = drops == null ? null : drops.judge(there, missing);
        if (wrong != null) {
            return wrong;
        }
        long lost = drops == null ? missing : missing & ~drops.mayBeMissing();
        return Long.bitCount(lost) <= takenByTheDead() ? null
                : "items are lost: " + Long.toBinaryString(lost) + ", and " + takenByTheDead() + " may be";
    }

    private long takenByTheDead() {
        long count = 0;
        for (VirtualProcess process : world.machine.processes) {
            count += process.state == VirtualProcess.State.DEAD ? world.ghosts.get(taking + process.index) : 0;
        }
        return count;
    }

    @Override
    public String toString() {
        return "QueueWatch" + contents.items();
    }
}
