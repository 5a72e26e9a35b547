package io.interlock.stress.kill;

import io.interlock.core.Segment;
import io.interlock.memory.Capacity;
import io.interlock.memory.Codec;
import io.interlock.memory.IpcLong;
import io.interlock.memory.IpcQueue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Waits for room in a full queue, or for an item in an empty one, beside a survivor, both asleep. */
final class QueueWaitDeed extends ObjectDeed {

    private static final long ACTORS = 1;
    private static final long SURVIVORS = 7;

    private final boolean puts;
    private final List<Long> given = Collections.synchronizedList(new ArrayList<>());
    private final List<Long> taken = Collections.synchronizedList(new ArrayList<>());
    private IpcQueue<Long> queue;
    private IpcLong took;
    private Survivor<Boolean> survivor;
    private Survivor<Boolean> second;
    private boolean there;

    QueueWaitDeed(boolean puts) {
        this.puts = puts;
    }

    @Override
    void prepare(Segment made) throws InterruptedException {
        queue = IpcQueue.create(made, "queue", Codec.int64(), Capacity.items(1));
        took = IpcLong.create(made, "took", -1);
        if (puts) {
            queue.put(0L);
            given.add(0L);
        }
    }

    @Override
    void act(Segment opened, Stage stage) throws InterruptedException {
        IpcQueue<Long> mine = IpcQueue.open(opened, "queue", Codec.int64());
        IpcLong note = IpcLong.open(opened, "took");
        stage.is(puts ? "queue-put-waiting" : "queue-get-waiting");
        if (puts) {
            mine.put(ACTORS);
        } else {
            long item = mine.take();
            stage.over();
            note.set(item);
        }
    }

    @Override
    void meanwhile() throws Exception {
        survive();
        give(10);
        // Whoever gets it: the other one is to get something, too, if both live.
        second = Survivor.begin(() -> {
            survivor.result();
            give(11);
            return true;
        });
    }

    @Override
    void look(Where where) throws Exception {
        there = second != null && (puts ? queue.isEmpty() : !queue.isEmpty());
        survive();
    }

    private void survive() throws Exception {
        if (survivor == null) {
            survivor = Survivor.asleep(this::wantTheSame);
        }
    }

    private boolean wantTheSame() throws InterruptedException {
        if (puts) {
            queue.put(SURVIVORS);
            given.add(SURVIVORS);
        } else {
            taken.add(queue.take());
        }
        return true;
    }

    /** Room for one, or one item. */
    private void give(long item) throws InterruptedException {
        if (puts) {
            taken.add(queue.take());
        } else {
            queue.put(item);
            given.add(item);
        }
    }

    /** What lay there when it died goes to the survivor; otherwise the dead one may have had it. */
    @Override
    Finding after(Fate fate) throws Exception {
        survive();
        boolean mayHaveIt = second != null && (fate == Fate.FINISHED || !there);
        boolean hadIt = mayHaveIt && !isDoneAfterASlice(survivor);
        if (second == null || hadIt) {
            give(12);
        }
        survivor.result();
        if (second != null) {
            second.result();
        }
        boolean lost = checkItems(fate);
        String had = puts ? "what it put is there, whole; others go on" : "what it took is gone; others go on";
        check(!lost || hadIt, "an item is gone with one who had not taken it");
        return new Finding(hadIt ? had : puts ? "others get the room" : "others get the item", survivor);
    }

    /** Everything that was given was taken once or is there. Gives whether an item has gone with the dead. */
    private boolean checkItems(Fate fate) {
        List<Long> out = new ArrayList<>(taken);
        for (Long item = queue.poll(); item != null; item = queue.poll()) {
            out.add(item);
        }
        if (took.get() >= 0) {
            out.add(took.get());
        }
        List<Long> in = new ArrayList<>(given);
        if (puts && (fate == Fate.FINISHED || out.contains(ACTORS))) {
            in.add(ACTORS);
        }
        Collections.sort(out);
        Collections.sort(in);
        boolean lost = !puts && fate == Fate.DIED && in.size() == out.size() + 1 && in.containsAll(out);
        check(lost || in.equals(out), "there came out " + out + ", there was put in " + in);
        return lost;
    }
}
