package io.interlock.stress.sim;

import io.interlock.core.Segment;
import io.interlock.core.port.Mem;
import io.interlock.sync.IpcEvent;
import io.interlock.sync.IpcLock;
import java.util.ArrayList;
import java.util.List;

/**
 * A small queue under a shipped lock, in the place of the ring, whose number of items is the difference of its two
 * positions, or a word of its own: which is wrong for ever once somebody was killed between the two stores.
 */
final class CountedScenario extends Scenario {

    private static final int PLACES = 4;
    private static final String QUEUE = "small";

    private final boolean apart;
    private final int head;
    private final int tail;
    private final int count;
    private final int items;
    private final QueueWatch watch;

    /** One process puts, another one puts and then takes what is there. */
    CountedScenario(World world, boolean apart) {
        super(world);
        this.apart = apart;
        Segment auditor = world.auditor();
        IpcLock.create(auditor, GuardKind.NAME);
        IpcEvent.create(auditor, QUEUE);
        int block = auditor.directory().find(0, QUEUE).offset();
        head = name(block, "head");
        tail = name(block + 8, "tail");
        count = name(block + 16, "count");
        items = name(block + 24, "items");
        watch = new QueueWatch(world, this::contents);
        add((me, lock) -> put(me, lock, 2));
        add((me, lock) -> {
            put(me, lock, 1);
            takeAll(me, lock);
        });
    }

    private int name(int offset, String field) {
        world.names.put(offset, QUEUE + "." + field);
        return offset;
    }

    private void add(Use use) {
        IpcLock[] lock = new IpcLock[1];
        VirtualProcess process = world.process(me -> use.run(me, lock[0]));
        lock[0] = IpcLock.open(world.segment(process), GuardKind.NAME);
    }

    /** What a process does. */
    private interface Use {

        void run(VirtualProcess me, IpcLock lock) throws InterruptedException;
    }

    private List<Long> contents() {
        List<Long> there = new ArrayList<>();
        for (long at = world.mem.getLong(head), left = size(world.mem); left > 0; left--) {
            there.add(world.mem.getLong(place(at++)));
        }
        return there;
    }

    private int place(long position) {
        return items + (int) (position % PLACES) * Long.BYTES;
    }

    private long size(Mem mem) {
        return apart ? mem.getLong(count) : mem.getLong(tail) - mem.getLong(head);
    }

    private void put(VirtualProcess me, IpcLock lock, int number) {
        Mem mem = me.context().mem;
        for (int i = 0; i < number; i++) {
            long item = QueueWatch.item(me.index, i);
            watch.begins(me, item);
            lock.lock();
            long at = mem.getLong(tail);
            mem.putLong(place(at), item);
            mem.putLongRelease(tail, at + 1);
            add(mem, 1);
            lock.unlock();
            watch.hasPut(me, item);
        }
    }

    private void takeAll(VirtualProcess me, IpcLock lock) {
        Mem mem = me.context().mem;
        while (true) {
            watch.takes(me, 1);
            lock.lock();
            if (size(mem) == 0) {
                lock.unlock();
                watch.tookNothing(me);
                return;
            }
            long at = mem.getLong(head);
            long item = mem.getLong(place(at));
            mem.putLongRelease(head, at + 1);
            add(mem, -1);
            lock.unlock();
            watch.took(me, item);
        }
    }

    private void add(Mem mem, int delta) {
        if (apart) {
            mem.putLong(count, mem.getLong(count) + delta);
        }
    }

    @Override
    public String judge() {
        return watch.judge();
    }
}
