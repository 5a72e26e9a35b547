package io.interlock.stress.sim;

/**
 * Judges looks at a queue that take nothing: each item that is seen was there at some moment of the look, once and in
 * order, and whatever was there all the time is seen.
 */
final class ViewWatch {

    private final World world;
    private final QueueWatch queue;
    /** For each process, as bit sets: what was there when it began to look, what was gone by then, what it has seen. */
    private final int there;
    private final int gone;
    private final int seen;

    ViewWatch(World world, QueueWatch queue) {
        this.world = world;
        this.queue = queue;
        this.there = world.ghosts.add(4);
        this.gone = world.ghosts.add(4);
        this.seen = world.ghosts.add(4);
    }

    /** Before a process looks. */
    void begins(VirtualProcess me) {
        me.set(there + me.index, queue.there());
        me.set(gone + me.index, queue.taken());
        me.set(seen + me.index, 0);
    }

    /** After it has seen an item. */
    void sees(VirtualProcess me, long item) {
        me.note(() -> "sees " + item);
        long before = world.ghosts.get(seen + me.index);
        me.check(queue.isBegun(item), () -> "sees " + item + ", which nobody put");
        me.check((world.ghosts.get(gone + me.index) & QueueWatch.bit(item)) == 0,
                () -> "sees " + item + ", which was taken before it looked");
        me.check((before & QueueWatch.sameProducerFrom(item)) == 0,
                () -> "sees " + item + " again, or after a newer one");
        me.set(seen + me.index, before | QueueWatch.bit(item));
    }

    /** After it has seen everything. */
    void hasSeenAll(VirtualProcess me) {
        requireNone(me, unseen(me), "has not seen");
    }

    /** After it has taken everything, unless somebody was in its way, who can be so for longer than a slice. */
    void hasTakenAll(VirtualProcess me) {
        requireNone(me, world.machine.hasKilled() ? 0 : unseen(me), "has not taken");
    }

    /** After it has seen the oldest item only, or null. */
    void hasSeenFirst(VirtualProcess me, Long item) {
        long older = item == null ? -1 : QueueWatch.sameProducerBefore(item);
        requireNone(me, unseen(me) & older, "has not seen as the oldest");
        if (item != null) {
            sees(me, item);
        }
    }

    /** After it has looked for one item only. */
    void hasLookedFor(VirtualProcess me, long item, boolean found) {
        if (found) {
            sees(me, item);
        } else {
            requireNone(me, unseen(me) & QueueWatch.bit(item), "has not found");
        }
    }

    /** What was there when it began to look, and is there now for all that is known. */
    private long unseen(VirtualProcess me) {
        return world.ghosts.get(there + me.index) & ~queue.taken() & ~world.ghosts.get(seen + me.index);
    }

    /** Some may be gone without that it was noted yet. */
    private void requireNone(VirtualProcess me, long items, String what) {
        me.check(Long.bitCount(items) <= queue.beingTaken(),
                () -> what + " " + Long.toBinaryString(items) + ", which was there all the time");
    }

    @Override
    public String toString() {
        return "ViewWatch of " + queue;
    }
}
