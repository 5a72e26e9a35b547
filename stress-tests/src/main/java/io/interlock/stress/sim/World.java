package io.interlock.stress.sim;

import io.interlock.core.Segment;
import io.interlock.core.attach.Header;
import io.interlock.core.attach.Participants;
import io.interlock.core.format.HeaderLayout;
import io.interlock.core.format.ParticipantLayout;
import io.interlock.core.port.Context;
import io.interlock.core.port.Liveness;
import io.interlock.core.port.Mem;
import io.interlock.core.robust.RobustWord;
import java.util.HashMap;
import java.util.Map;

/**
 * A simulated machine with one segment on it and processes that are attached to it; a scenario furnishes it with
 * objects and programs.
 */
final class World {

    private static final int SLOTS = 6;
    private static final int HEAP_BYTES = 16 << 10;
    private static final int AUDITOR_SLOT = SLOTS - 1;
    private static final long GENERATION = 1;

    final Machine machine;
    final Ghosts ghosts;
    final Mem mem;
    final SimLockBytes lockBytes;
    final Participants participants;
    /** What stands at some offsets, where no layout says so. */
    final Map<Integer, String> names = new HashMap<>();
    private final SimFutex futex;

    World(Tweaks tweaks) {
        machine = new Machine((int) Header.smallestSize(SLOTS) + HEAP_BYTES, SLOTS);
        ghosts = machine.ghosts;
        mem = tweaks.mem(machine);
        BackDoor.format(mem, SLOTS);
        futex = tweaks.futex(machine);
        lockBytes = new SimLockBytes(machine);
        participants = new Participants(mem, lockBytes);
        machine.memory.isStatistics(HeaderLayout.WAITS_OFFSET);
        machine.memory.isStatistics(HeaderLayout.RECOVERIES_OFFSET);
    }

    /** What of the machine a planted bug changes. */
    interface Tweaks {

        /** The machine as it is. */
        Tweaks NONE = new Tweaks() {
        };

        default SimFutex futex(Machine machine) {
            return new SimFutex(machine);
        }

        default SimMem mem(Machine machine) {
            return new SimMem(machine);
        }
    }

    /** Adds a process that is attached from its beginning. */
    VirtualProcess process(Program program) {
        return attached(add(program, machine.processes.size(), null));
    }

    /** Adds a process that begins, attached, when another one is killed. */
    VirtualProcess replacement(VirtualProcess of, Program program) {
        return attached(add(program, machine.processes.size(), of));
    }

    /** Adds a process that has to attach by itself when another one is killed, to any slot or to this one. */
    VirtualProcess unattached(VirtualProcess after, int slot, Program program) {
        return add(program, slot, after);
    }

    private VirtualProcess add(Program program, int slot, VirtualProcess after) {
        VirtualProcess process = new VirtualProcess(machine, machine.processes.size(), slot, program, after);
        machine.processes.add(process);
        return process;
    }

    private VirtualProcess attached(VirtualProcess process) {
        setGeneration(process.slot, GENERATION);
        process.attach(context(process, process.slot, GENERATION));
        return process;
    }

    private void setGeneration(int slot, long generation) {
        mem.putLong(generationOffset(slot), generation);
    }

    /** Where the generation of a slot stands. */
    int generationOffset(int slot) {
        return mem.getInt(HeaderLayout.PARTICIPANTS_OFFSET) + slot * ParticipantLayout.LAYOUT.lengthBytes()
                + ParticipantLayout.GENERATION_OFFSET;
    }

    /** The handle of a process in this slot. */
    Context context(VirtualProcess process, int slot, long generation) {
        return context(process, participants.liveness(slot), RobustWord.participant(slot, generation));
    }

    /** The same for a process that does not know of generations: a planted bug. */
    Context contextWithoutGeneration(VirtualProcess process, int slot) {
        return context(process, (s, generation) -> !lockBytes.isLocked(s), RobustWord.participant(slot, 0));
    }

    private Context context(VirtualProcess process, Liveness liveness, int participant) {
        return new Context(mem, futex, liveness, machine::nanoTime, new SimSelf(process), participant);
    }

    /** The segment as a process sees it. */
    Segment segment(VirtualProcess process) {
        return segment(process.context(), process.slot);
    }

    /** The segment behind a handle. */
    Segment segment(Context context, int slot) {
        return BackDoor.segment(context, participants, slot);
    }

    /** The segment as somebody sees it who is no process: for preparing and judging, when nobody runs. */
    Segment auditor() {
        setGeneration(AUDITOR_SLOT, GENERATION);
        VirtualProcess nobody = new VirtualProcess(machine, 7, AUDITOR_SLOT, me -> {
        }, null);
        return segment(context(nobody, AUDITOR_SLOT, GENERATION), AUDITOR_SLOT);
    }

    @Override
    public String toString() {
        return "World[" + machine + "]";
    }
}
