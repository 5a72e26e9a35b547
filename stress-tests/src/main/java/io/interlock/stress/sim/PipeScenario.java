package io.interlock.stress.sim;

import io.interlock.core.Segment;
import io.interlock.core.format.RobustLockLayout;
import io.interlock.core.layout.Layout;
import io.interlock.core.object.Directory;
import io.interlock.core.object.SharedBlock;
import io.interlock.core.object.TypeRegistry;
import io.interlock.core.port.Context;
import io.interlock.memory.Capacity;
import io.interlock.memory.Codec;
import io.interlock.memory.Connection;
import io.interlock.memory.IpcPipe;
import io.interlock.memory.error.BrokenPipeException;
import io.interlock.memory.error.EndOfStreamException;
import io.interlock.memory.ring.Ring;
import io.interlock.memory.ring.RingLayout;
import java.util.ArrayList;
import java.util.List;

/**
 * Processes that use the ends of a pipe: an end is one process's for ever, what was sent is received, once and in
 * order, and after that comes the end of the stream, whoever has died.
 */
final class PipeScenario extends Scenario {

    private static final String PIPE = "pipe";
    private static final int FIRST = 0;
    private static final int SECOND = 1;

    private final boolean duplex;
    private final Capacity capacity;
    private final SharedBlock block;
    /** What the first end sends, and what the second one does. */
    private final QueueWatch forth;
    private final QueueWatch back;
    private final Ring forthRing;
    private final Ring backRing;
    /** For each end, who has used it. */
    private final int users;
    private VirtualProcess successorOf;

    private PipeScenario(World world, boolean duplex, int items) {
        super(world);
        this.duplex = duplex;
        this.capacity = Capacity.items(items);
        Segment auditor = world.auditor();
        open(auditor);
        block = auditor.directory().find(0, PIPE);
        forthRing = ring(block, "from-first");
        backRing = duplex ? ring(block, "from-second") : null;
        forth = new QueueWatch(world, QueueWatch.of(forthRing));
        back = duplex ? new QueueWatch(world, QueueWatch.of(backRing)) : null;
        users = world.ghosts.add(2);
    }

    /** A pipe with room for so many items whose first end sends. */
    static PipeScenario simplex(World world, int items) {
        return new PipeScenario(world, false, items);
    }

    /** A pipe whose ends send and receive. */
    static PipeScenario duplex(World world, int items) {
        return new PipeScenario(world, true, items);
    }

    /** Lets the slice of somebody who waits be over once, though everybody lives: it is a limit of his own. */
    PipeScenario sliceMayEnd() {
        world.machine.mayJumpOnce(Context.OWNER_SLICE_NANOS);
        return this;
    }

    private IpcPipe<Long> open(Segment segment) {
        return duplex ? IpcPipe.duplex(segment, PIPE, Codec.int64(), capacity)
                : IpcPipe.simplex(segment, PIPE, Codec.int64(), capacity);
    }

    /** One of the queues of a pipe. */
    static Ring ring(SharedBlock pipe, String queue) {
        return new Ring(new Directory(pipe.context()).open(RingLayout.TYPE, pipe.id(), queue));
    }

    /** Where something stands in the block of a pipe. */
    static int place(SharedBlock pipe, String field) {
        Layout layout = TypeRegistry.byCode(pipe.type()).orElseThrow().layout();
        return pipe.offset() + WeakRing.field(layout, field).offset();
    }

    /** What a process does with a pipe. */
    private interface Use {

        void run(VirtualProcess me, IpcPipe<Long> pipe) throws InterruptedException;
    }

    private PipeScenario with(Use use) {
        List<IpcPipe<Long>> pipes = new ArrayList<>();
        Program program = me -> {
            IpcPipe<Long> pipe = pipes.get(0);
            BackDoor.forgetClose(pipe.first());
            BackDoor.forgetClose(pipe.second());
            use.run(me, pipe);
        };
        VirtualProcess process = successorOf == null ? world.process(program) : world.replacement(successorOf, program);
        successorOf = null;
        pipes.add(open(world.segment(process)));
        return this;
    }

    /** Lets the next process begin only when the one with this number, from 0, was killed. */
    PipeScenario ifKilled(int number) {
        successorOf = world.machine.processes.get(number);
        return this;
    }

    /** A process that sends so many items from the first end, and closes it. */
    PipeScenario sender(int items) {
        return with((me, pipe) -> {
            if (send(me, FIRST, pipe.first(), forth, items)) {
                pipe.first().close();
            }
        });
    }

    /** A process that receives at the second end until the end of the stream, and closes it. */
    PipeScenario receiver() {
        return with((me, pipe) -> {
            receive(me, pipe.second(), forth, Integer.MAX_VALUE);
            pipe.second().close();
        });
    }

    /** A process that receives one item at the second end, and closes it: what it has not received is dropped. */
    PipeScenario quitter() {
        DropWatch drops = forth.drops();
        return with((me, pipe) -> {
            receive(me, pipe.second(), forth, 1);
            drops.begins(me);
            pipe.second().close();
            drops.ends(me, false);
        });
    }

    /** A process that sends an item from the first end, receives one there, and closes it. */
    PipeScenario caller() {
        return with((me, pipe) -> {
            if (send(me, FIRST, pipe.first(), forth, 1)) {
                receive(me, pipe.first(), back, 1);
                pipe.first().close();
            }
        });
    }

    /** A process that answers one item from the second end, waits for the end of the stream, and closes it. */
    PipeScenario answerer() {
        return with((me, pipe) -> {
            if (receive(me, pipe.second(), forth, 1) && send(me, SECOND, pipe.second(), back, 1)) {
                receive(me, pipe.second(), forth, 1);
            }
            pipe.second().close();
        });
    }

    /** The same as a receiver with a copy of the operation. */
    PipeScenario weakReceiver(WeakReceiver.Flaw flaw) {
        WeakReceiver[] receiver = new WeakReceiver[1];
        VirtualProcess process = world.process(me -> receive(me, receiver[0], forth, Integer.MAX_VALUE));
        receiver[0] = new WeakReceiver(world.segment(process).directory().find(0, PIPE), flaw);
        return this;
    }

    /** Sends items one after the other; false if the end is another's, or the other one is gone. */
    private boolean send(VirtualProcess me, int end, Connection<Long> connection, QueueWatch watch, int items)
            throws InterruptedException {
        for (int number = 0; number < items; number++) {
            long item = QueueWatch.item(me.index, number);
            watch.begins(me, item);
            try {
                connection.send(item);
            } catch (BrokenPipeException e) {
                watch.hasNotPut(me, item);
                me.note(() -> "finds nobody who would receive");
                return false;
            } catch (IllegalStateException e) {
                watch.hasNotPut(me, item);
                me.note(() -> "is refused");
                return false;
            }
            uses(me, end);
            watch.hasPut(me, item);
        }
        return true;
    }

    /** A way of receiving one item. */
    interface Receiving {

        long receive() throws InterruptedException;
    }

    private boolean receive(VirtualProcess me, Connection<Long> connection, QueueWatch watch, int items)
            throws InterruptedException {
        return receive(me, connection::receive, watch, items);
    }

    /** Receives items one after the other; false if the end of the stream came first. */
    private boolean receive(VirtualProcess me, Receiving way, QueueWatch watch, int items) throws InterruptedException {
        try {
            for (int i = 0; i < items; i++) {
                watch.takes(me, 1);
                watch.took(me, way.receive());
            }
            return true;
        } catch (EndOfStreamException e) {
            watch.sawEnd(me);
            return false;
        }
    }

    private void uses(VirtualProcess me, int end) {
        long user = ghost(users + end);
        me.check(user == 0 || user == me.index + 1,
                () -> "uses an end that process " + (char) ('A' + user - 1) + " has used");
        me.set(users + end, me.index + 1);
    }

    /** While the other end was never used: one waits for somebody who does. */
    @Override
    public boolean mayWait(VirtualProcess process) {
        boolean second = process.index == 1;
        return isUnused(second ? "first" : "second");
    }

    private boolean isUnused(String end) {
        return world.mem.getLong(place(block, end + "End") + RobustLockLayout.WORD_OFFSET) == 0
                && world.mem.getInt(place(block, end + "Closed")) == 0;
    }

    @Override
    public String judge() {
        String wrong = forth.judge();
        return wrong != null || back == null ? wrong : back.judge();
    }
}
