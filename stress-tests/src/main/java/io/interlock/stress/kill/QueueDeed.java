package io.interlock.stress.kill;

import io.interlock.core.Segment;
import io.interlock.memory.Claim;
import io.interlock.memory.Codec;
import io.interlock.memory.ExclusiveConsumer;
import io.interlock.memory.ExclusiveProducer;
import io.interlock.memory.IpcLong;
import io.interlock.memory.IpcQueue;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts into a queue that has three items, or takes from it. What an onlooker sees while the process stands still is
 * what there is: all of what it does, or nothing.
 */
final class QueueDeed extends ObjectDeed {

    private static final List<Long> THERE = List.of(1L, 2L, 3L);
    private static final long FIRST = 100;
    private static final long SECOND = 101;
    private static final List<Long> AND_FIRST = List.of(1L, 2L, 3L, FIRST);
    private static final List<Long> AND_BOTH = List.of(1L, 2L, 3L, FIRST, SECOND);
    private static final List<Long> REST = List.of(2L, 3L);
    private static final long SURVIVORS = 7;
    private static final long LAST = 9;
    /** After a row's id: the side belongs to the process now, without doubt. */
    private static final String OWNED = "#owned";

    private final Operation operation;
    private IpcQueue<Long> queue;
    private IpcLong took;
    private List<Long> seen;
    private Survivor<Long> survivor;
    private boolean owned;

    /** What is done, and what there may be afterwards, or in between for an onlooker. */
    enum Operation {
        PUT("queue-putting", true, List.of(AND_FIRST)), BATCH("queue-batch-putting", true, List.of(AND_BOTH)),
        CLAIM("queue-claim-open", true, List.of(AND_FIRST)),
        PRODUCER_ROLE("queue-producer-role-held", true, List.of(AND_FIRST, AND_BOTH)),
        TAKE("queue-taking", false, List.of(REST)), HANDLER("queue-handler-running", false, List.of(REST)),
        CONSUMER_ROLE("queue-consumer-role-held", false, List.of(REST)),
        REMOVE("queue-removing", false, List.of(List.of(1L, 3L))), CLEAR("queue-clearing", false, List.of(List.of()));

        final String row;
        final boolean puts;
        final List<List<Long>> outcomes;

        Operation(String row, boolean puts, List<List<Long>> outcomes) {
            this.row = row;
            this.puts = puts;
            this.outcomes = outcomes;
        }

        /** Whether a survivor can want the same meanwhile, and what is left can still be told. */
        boolean takesOne() {
            return this == TAKE || this == HANDLER || this == CONSUMER_ROLE;
        }

        List<Long> last() {
            return outcomes.get(outcomes.size() - 1);
        }
    }

    QueueDeed(Operation operation) {
        this.operation = operation;
    }

    @Override
    void prepare(Segment made) throws InterruptedException {
        queue = IpcQueue.create(made, "queue", Codec.int64());
        queue.putAll(THERE);
        took = IpcLong.create(made, "took", 0);
    }

    @Override
    void act(Segment opened, Stage stage) throws InterruptedException {
        IpcQueue<Long> mine = IpcQueue.open(opened, "queue", Codec.int64());
        IpcLong taken = IpcLong.open(opened, "took");
        stage.is(operation.row);
        switch (operation) {
            case PUT -> mine.put(FIRST);
            case BATCH -> mine.putAll(List.of(FIRST, SECOND));
            case CLAIM -> claim(mine, stage);
            case PRODUCER_ROLE -> produce(mine, stage);
            case TAKE -> note(taken, mine.take(), stage);
            case HANDLER -> mine.read(message -> handle(taken, message.getLong(0), stage), 1);
            case CONSUMER_ROLE -> consume(mine, taken, stage);
            case REMOVE -> mine.remove(THERE.get(1));
            case CLEAR -> mine.clear();
        }
    }

    private void claim(IpcQueue<Long> mine, Stage stage) throws InterruptedException {
        Claim claim = mine.claim(Long.BYTES);
        stage.is(operation.row + OWNED);
        claim.buffer().putLong(FIRST);
        stage.is(operation.row);
        claim.commit();
    }

    private void produce(IpcQueue<Long> mine, Stage stage) throws InterruptedException {
        ExclusiveProducer<Long> producer = mine.exclusiveProducer();
        stage.is(operation.row + OWNED);
        producer.put(FIRST);
        producer.put(SECOND);
        stage.is(operation.row);
        producer.close();
    }

    private void consume(IpcQueue<Long> mine, IpcLong taken, Stage stage) throws InterruptedException {
        ExclusiveConsumer<Long> consumer = mine.exclusiveConsumer();
        stage.is(operation.row + OWNED);
        long item = consumer.take();
        stage.is(operation.row);
        consumer.close();
        note(taken, item, stage);
    }

    private void handle(IpcLong taken, long item, Stage stage) {
        stage.is(operation.row + OWNED);
        taken.set(item);
        stage.is(operation.row);
    }

    private static void note(IpcLong taken, long item, Stage stage) {
        stage.over();
        taken.set(item);
    }

    @Override
    void look(Where where) {
        owned = where.stage().endsWith(OWNED);
        seen = new ArrayList<>(queue);
        check(seen.equals(THERE) || operation.outcomes.contains(seen), "in the middle of it an onlooker sees " + seen);
        if (where.early()) {
            compete();
        }
    }

    private void compete() {
        if (survivor == null && operation.puts) {
            survivor = Survivor.begin(() -> {
                queue.put(SURVIVORS);
                return SURVIVORS;
            });
        } else if (survivor == null && operation.takesOne()) {
            survivor = Survivor.begin(queue::take);
        }
    }

    @Override
    String whileStopped() throws InterruptedException {
        compete();
        boolean waits = survivor != null && !isDoneAfterASlice(survivor);
        check(waits || !owned, "the side of a stopped process was taken from it");
        if (operation.puts) {
            must("an item", (time, unit) -> THERE.get(0).equals(queue.poll(time, unit)));
            seen.remove(0);
        } else {
            must("room", (time, unit) -> queue.offer(SURVIVORS, time, unit));
            seen.add(SURVIVORS);
        }
        return waits ? "wait on that side; the other side goes on" : "go on on the other side";
    }

    @Override
    Finding after(Fate fate) throws Exception {
        boolean early = survivor != null;
        compete();
        if (survivor != null) {
            survivor.result();
        }
        List<Long> left = rest();
        return new Finding(fate == Fate.DIED ? afterDeath(left) : afterAll(left), early ? survivor : null);
    }

    /** What is in the queue, which still works. */
    private List<Long> rest() throws InterruptedException {
        must("room", (time, unit) -> queue.offer(LAST, time, unit));
        List<Long> left = new ArrayList<>();
        for (Long item = queue.poll(); item != LAST; item = queue.poll()) {
            check(item != null, "an item that was put is not there");
            left.add(item);
        }
        check(queue.poll() == null && queue.isEmpty(), "something is there that nobody put");
        return left;
    }

    /** What was there when it died is there now, but for what the survivor has put or taken. */
    private String afterDeath(List<Long> left) throws Exception {
        if (operation.puts) {
            check(left.remove(SURVIVORS), "what a survivor put is lost: " + left);
        } else if (survivor != null) {
            left.add(0, survivor.result());
        }
        check(left.equals(seen), "there was " + seen + " when it died, now " + left);
        boolean happened = operation.puts ? seen.contains(FIRST) : !seen.containsAll(THERE);
        return operation.puts ? happened ? "what it put is there, whole" : "it put nothing; others put"
                : happened ? "what it took is gone; others take" : "nothing is gone; others take";
    }

    /** Everybody has put or taken his own. */
    private String afterAll(List<Long> left) throws Exception {
        List<Long> expected = new ArrayList<>(operation.last());
        if (operation.puts) {
            check(left.remove(SURVIVORS) && !left.contains(SURVIVORS), "what a survivor put is lost: " + left);
            expected.removeAll(THERE.subList(0, THERE.size() - countOfThere(left)));
        } else {
            left.remove(SURVIVORS);
        }
        if (operation.takesOne()) {
            check(took.get() == 1 || took.get() == 2, "it took " + took.get());
            check(survivor.result() + took.get() == 3, "it took " + took.get() + ", a survivor " + survivor.result());
            expected.remove(Long.valueOf(2));
        }
        check(left.equals(expected), "there is " + left + ", expected " + expected);
        return "what it did is done";
    }

    private static int countOfThere(List<Long> items) {
        return (int) items.stream().filter(THERE::contains).count();
    }
}
