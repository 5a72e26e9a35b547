package io.interlock.stress.sim;

import io.interlock.core.robust.RobustWord;

/**
 * Judges a lock: one living process inside at a time, the word names it, and who comes after an owner that was killed
 * is told so, and nobody else. What is right is concluded from the word alone, whose every change is seen here.
 */
final class LockWatch implements Machine.Watcher {

    private final World world;
    private final int word;
    private final boolean untilRepaired;
    private final int inside;
    private final int toTell;
    /** Who has repaired, and is about to take the mark off. */
    private final int repairing;

    /** On the lock whose word is here, of which the first owner after a death is told. */
    LockWatch(World world, int word) {
        this(world, word, false);
    }

    private LockWatch(World world, int word, boolean untilRepaired) {
        this.world = world;
        this.word = word;
        this.untilRepaired = untilRepaired;
        this.inside = world.ghosts.add();
        this.toTell = world.ghosts.add();
        this.repairing = world.ghosts.add();
        world.machine.watch(word, word + 1, this);
    }

    /** On a lock of which every owner after a death is told until one has repaired. */
    static LockWatch untilRepaired(World world, int word) {
        return new LockWatch(world, word, true);
    }

    @Override
    public void killed(VirtualProcess process) {
        if (world.ghosts.get(inside) == process.index + 1) {
            world.ghosts.set(inside, 0);
        }
        if (isOwner(process, world.machine.memory.get(word, Long.BYTES))) {
            world.ghosts.set(toTell, 1);
            world.ghosts.set(repairing, 0);
        }
    }

    @Override
    public void changed(long before, long after, VirtualProcess by) {
        boolean ends = untilRepaired ? RobustWord.isInconsistent(before) && !RobustWord.isInconsistent(after)
                : isOwner(by, before) && RobustWord.isFree(after);
        if (ends && untilRepaired && world.ghosts.get(repairing) != by.index + 1) {
            world.machine.fail(by + " takes the mark of a death off, and has not repaired");
        }
        if (ends) {
            world.ghosts.set(toTell, 0);
            world.ghosts.set(repairing, 0);
        }
    }

    private static boolean isOwner(VirtualProcess process, long value) {
        return process.context() != null && RobustWord.participantOf(value) == process.context().participant;
    }

    /** To be called by whoever has just acquired the lock, with what it was told. */
    void enter(VirtualProcess me, boolean told) {
        me.note(() -> told ? "inside, told of a death" : "inside");
        me.check(world.ghosts.get(inside) == 0,
                () -> "enters while process " + (char) ('A' + world.ghosts.get(inside) - 1) + " is inside");
        me.check(isOwner(me, world.machine.memory.get(word, Long.BYTES)),
                () -> "is inside, and the word names another");
        me.check(told == (world.ghosts.get(toTell) == 1),
                () -> told ? "is told of a death that was none" : "is not told that an owner died");
        me.set(inside, me.index + 1);
    }

    /** To be called by whoever holds the lock and has put right what a dead owner left, before the mark goes. */
    void repairs(VirtualProcess me) {
        long other = world.ghosts.get(inside);
        me.check(other == 0 || other == me.index + 1,
                () -> "repairs while process " + (char) ('A' + other - 1) + " is inside");
        me.check(isOwner(me, world.machine.memory.get(word, Long.BYTES)),
                () -> "repairs, and the word names another");
        me.check(world.ghosts.get(toTell) == 1, () -> "repairs after a death that was none");
        me.set(repairing, me.index + 1);
        me.note(() -> "has repaired");
    }

    /** To be called before the lock is freed. */
    void leave(VirtualProcess me) {
        me.check(isOwner(me, world.machine.memory.get(word, Long.BYTES)),
                () -> "was inside, and the word names another");
        me.set(inside, 0);
        me.note(() -> "leaves");
    }

    @Override
    public String toString() {
        return "LockWatch[" + RobustWord.describe(world.machine.memory.get(word, Long.BYTES)) + "]";
    }
}
