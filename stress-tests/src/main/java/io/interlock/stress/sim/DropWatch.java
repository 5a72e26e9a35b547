package io.interlock.stress.sim;

/**
 * Judges those who drop what is in a queue: nothing that was there before is there or taken afterwards, and how many
 * they say that they have dropped is right.
 */
final class DropWatch implements Machine.Watcher {

    private final World world;
    private final QueueWatch queue;
    /** Bit sets: what may have been dropped, what must be gone. */
    private final int dropped;
    private final int gone;
    /** How many were dropped by those who say how many. */
    private final int counted;
    /** For each process: what it may be dropping, which of that was there, what was gone when it began to take. */
    private final int dropping;
    private final int before;
    private final int goneBefore;
    private boolean counts;

    DropWatch(World world, QueueWatch queue) {
        this.world = world;
        this.queue = queue;
        this.dropped = world.ghosts.add();
        this.gone = world.ghosts.add();
        this.counted = world.ghosts.add();
        this.dropping = world.ghosts.add(4);
        this.before = world.ghosts.add(4);
        this.goneBefore = world.ghosts.add(4);
        world.machine.watch(0, 0, this);
    }

    /** Before a process drops what is there. */
    void begins(VirtualProcess me) {
        me.set(dropping + me.index, -1);
        me.set(before + me.index, queue.there());
    }

    /** Before it drops one item. */
    void begins(VirtualProcess me, long item) {
        me.set(dropping + me.index, QueueWatch.bit(item));
        me.set(before + me.index, QueueWatch.bit(item));
    }

    /**
     * After it has, or somebody else does for it: what was put meanwhile may be gone as well.
     *
     * @param byItself whether nobody else does; then everything that was there is gone
     */
    void ends(VirtualProcess me, boolean byItself) {
        me.set(dropped, world.ghosts.get(dropped) | queue.begun() & world.ghosts.get(dropping + me.index));
        long goneByNow = byItself ? world.ghosts.get(before + me.index) : 0;
        me.set(gone, world.ghosts.get(gone) | goneByNow);
        me.set(dropping + me.index, 0);
    }

    /** After it was refused: it has dropped nothing. */
    void fails(VirtualProcess me) {
        me.note(() -> "is refused");
        me.set(dropping + me.index, 0);
    }

    /** After it was told how many. */
    void counts(VirtualProcess me, int count) {
        me.note(() -> "has dropped " + count);
        me.add(counted, count);
    }

    /** Whoever was dropping may have done so. */
    @Override
    public void killed(VirtualProcess process) {
        long mayBe = queue.begun() & world.ghosts.get(dropping + process.index);
        world.ghosts.set(dropped, world.ghosts.get(dropped) | mayBe);
    }

    /** Before a process takes. */
    void takes(VirtualProcess me) {
        me.set(goneBefore + me.index, world.ghosts.get(gone));
    }

    /** After it has taken. */
    void took(VirtualProcess me, long item) {
        me.check((world.ghosts.get(goneBefore + me.index) & QueueWatch.bit(item)) == 0,
                () -> "took " + item + ", which was dropped before");
    }

    /** What may be missing in the end. */
    long mayBeMissing() {
        return world.ghosts.get(dropped);
    }

    /** What is wrong at the end, or null, with this in the queue and that missing. */
    String judge(long there, long missing) {
        if ((there & world.ghosts.get(gone)) != 0) {
            return "was dropped, and is there: " + Long.toBinaryString(there & world.ghosts.get(gone));
        }
        long count = world.ghosts.get(counted);
        boolean exact = !world.machine.hasKilled() && counts;
        return !exact || count == Long.bitCount(missing) ? null
                : Long.bitCount(missing) + " were dropped, and somebody was told " + count;
    }

    /** Says that nothing is dropped but by those who count. */
    void allCount() {
        counts = true;
    }

    @Override
    public String toString() {
        return "DropWatch of " + queue;
    }
}
