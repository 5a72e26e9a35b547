package io.interlock.stress.sim;

import io.interlock.core.robust.RobustWord;

/**
 * Judges a lock: one living process inside at a time, the word names it, and who comes after an owner that was killed
 * is told so, and nobody else. What is right is concluded from the word alone, whose every change is seen here.
 */
final class LockWatch implements Machine.Watcher {

    private final World world;
    private final int word;
    private final int inside;
    private final int toTell;

    /** On the lock whose word is here. */
    LockWatch(World world, int word) {
        this.world = world;
        this.word = word;
        this.inside = world.ghosts.add();
        this.toTell = world.ghosts.add();
        world.machine.watch(word, word + 1, this);
    }

    @Override
    public void killed(VirtualProcess process) {
        if (world.ghosts.get(inside) == process.index + 1) {
            world.ghosts.set(inside, 0);
        }
        if (isOwner(process, world.machine.memory.get(word, Long.BYTES))) {
            world.ghosts.set(toTell, 1);
        }
    }

    @Override
    public void changed(long before, long after, VirtualProcess by) {
        if (isOwner(by, before) && RobustWord.isFree(after)) {
            world.ghosts.set(toTell, 0);
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
