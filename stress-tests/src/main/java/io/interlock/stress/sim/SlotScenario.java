package io.interlock.stress.sim;

import io.interlock.core.Segment;
import io.interlock.core.port.Context;
import io.interlock.core.robust.RobustWord;

/**
 * A process dies holding a lock, and another one takes its participant slot: at the very generation, as after 2^18
 * others, or at the next. Nobody takes the new one for the dead one, or the dead one for alive.
 */
final class SlotScenario extends Scenario {

    /* Design.
     *
     * What an attachment does is done here in the same order with the library's own parts: take the lock byte, reap,
     * begin a generation. With "comesRound" the slot's generation is first set so far ahead that the one that begins
     * has the same 18 bits as the dead one.
     */

    /** What is wrong. */
    enum Flaw {
        /** Nothing. */
        NONE,
        /** The slot is used again without removing what its dead participants have left. */
        NO_REAP,
        /** A participant is its slot, whatever the generation. */
        NO_GENERATION
    }

    private static final int SLOT = 0;

    private final LockWatch watch;
    private final Flaw flaw;
    private final boolean comesRound;

    SlotScenario(World world, Flaw flaw, boolean comesRound, int survivors, int rounds) {
        super(world);
        this.flaw = flaw;
        this.comesRound = comesRound;
        Segment auditor = world.auditor();
        GuardKind.RLOCK.open(auditor.context(), auditor);
        watch = new LockWatch(world, GuardKind.word(auditor));
        VirtualProcess victim = attached(1);
        for (int i = 0; i < survivors; i++) {
            attached(1);
        }
        world.unattached(victim, SLOT, me -> attachAndRun(me, rounds));
    }

    private VirtualProcess attached(int rounds) {
        Guard[] guard = new Guard[1];
        VirtualProcess process = world.process(me -> run(me, guard[0], rounds));
        process.attach(context(process, process.slot, 1));
        guard[0] = GuardKind.RLOCK.open(process.context(), world.segment(process));
        return process;
    }

    private void run(VirtualProcess me, Guard guard, int rounds) {
        for (int round = 0; round < rounds; round++) {
            guard.lock();
            watch.enter(me, guard.previousOwnerDied());
            watch.leave(me);
            guard.unlock();
        }
    }

    private void attachAndRun(VirtualProcess me, int rounds) {
        if (!world.lockBytes.tryLock(SLOT)) {
            return;
        }
        if (flaw != Flaw.NO_REAP) {
            BackDoor.reap(world.context(me, SLOT, 0), SLOT);
        }
        if (comesRound) {
            world.mem.putLongVolatile(world.generationOffset(SLOT), 1 << RobustWord.GENERATION_BITS);
        }
        long generation = BackDoor.enter(world.participants, SLOT);
        me.attach(context(me, SLOT, generation));
        run(me, GuardKind.RLOCK.open(me.context(), world.segment(me)), rounds);
    }

    private Context context(VirtualProcess process, int slot, long generation) {
        return flaw == Flaw.NO_GENERATION ? world.contextWithoutGeneration(process, slot)
                : world.context(process, slot, generation);
    }
}
