package io.interlock.stress.kill;

import io.interlock.core.Segment;
import io.interlock.memory.Claim;
import io.interlock.memory.Codec;
import io.interlock.memory.ExclusiveConsumer;
import io.interlock.memory.ExclusiveProducer;
import io.interlock.memory.IpcQueue;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Puts into a queue that has three items, or takes from it. What an onlooker sees at the point is what there is. */
final class QueueDeed extends ObjectDeed {

    private static final List<Long> THERE = List.of(1L, 2L, 3L);
    private static final List<Long> PUT = List.of(100L, 101L);
    private static final long SURVIVORS = 7;

    private final Operation operation;
    private IpcQueue<Long> queue;
    private List<Long> seen;
    private Survivor<Long> survivor;

    /** What is done. */
    enum Operation {
        PUT("queue-putting"), BATCH("queue-batch-putting"), CLAIM("queue-claim-open"),
        PRODUCER_ROLE("queue-producer-role-held"), TAKE("queue-taking"), HANDLER("queue-handler-running"),
        CONSUMER_ROLE("queue-consumer-role-held"), REMOVE("queue-removing"), CLEAR("queue-clearing");

        final String row;

        Operation(String row) {
            this.row = row;
        }

        boolean puts() {
            return compareTo(PRODUCER_ROLE) <= 0;
        }

        /** Whether a survivor can want the same meanwhile, and what is left can still be told. */
        boolean takesOne() {
            return compareTo(TAKE) >= 0 && compareTo(CONSUMER_ROLE) <= 0;
        }
    }

    QueueDeed(Operation operation) {
        this.operation = operation;
    }

    @Override
    void prepare(Segment made) throws InterruptedException {
        queue = IpcQueue.create(made, "queue", Codec.int64());
        queue.putAll(THERE);
    }

    @Override
    void act(Segment opened, Stage stage) throws InterruptedException {
        IpcQueue<Long> mine = IpcQueue.open(opened, "queue", Codec.int64());
        stage.is(operation.row);
        switch (operation) {
            case PUT -> mine.put(PUT.get(0));
            case BATCH -> mine.putAll(PUT);
            case CLAIM -> claim(mine);
            case PRODUCER_ROLE -> produce(mine);
            case TAKE -> mine.take();
            case HANDLER -> mine.read(message -> stage.is(operation.row), 1);
            case CONSUMER_ROLE -> consume(mine);
            case REMOVE -> mine.remove(THERE.get(1));
            case CLEAR -> mine.clear();
        }
    }

    private static void claim(IpcQueue<Long> mine) throws InterruptedException {
        try (Claim claim = mine.claim(Long.BYTES)) {
            claim.buffer().putLong(PUT.get(0));
            claim.commit();
        }
    }

    private static void produce(IpcQueue<Long> mine) throws InterruptedException {
        try (ExclusiveProducer<Long> producer = mine.exclusiveProducer()) {
            producer.put(PUT.get(0));
            producer.put(PUT.get(1));
        }
    }

    private static void consume(IpcQueue<Long> mine) throws InterruptedException {
        try (ExclusiveConsumer<Long> consumer = mine.exclusiveConsumer()) {
            consumer.take();
        }
    }

    @Override
    void look(String stage, boolean early) {
        seen = new ArrayList<>(queue);
        if (early && operation.puts()) {
            survivor = Survivor.begin(this::put);
        } else if (early && operation.takesOne()) {
            survivor = Survivor.begin(this::take);
        }
    }

    private Long put() throws InterruptedException {
        must("room", (time, unit) -> queue.offer(SURVIVORS, time, unit));
        return SURVIVORS;
    }

    private Long take() throws InterruptedException {
        return queue.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    String whileStopped() throws InterruptedException {
        boolean other = operation.puts() ? queue.peek() != null : queue.offer(SURVIVORS, PATIENCE_SECONDS,
                TimeUnit.SECONDS);
        check(other, "the other side does not go on");
        if (!operation.puts()) {
            seen.add(SURVIVORS);
        }
        boolean waits = survivor != null
                && !survivor.isDoneWithin(LONGER_THAN_A_SLICE_MILLIS, TimeUnit.MILLISECONDS);
        return waits ? "wait on that side; the other side goes on" : "go on, on the other side";
    }

    @Override
    Finding after(Fate fate) throws Exception {
        boolean wasEarly = survivor != null;
        if (!wasEarly && operation.puts()) {
            survivor = Survivor.begin(this::put);
        }
        if (survivor != null) {
            survivor.result();
        }
        List<Long> left = new ArrayList<>();
        check(queue.offer(SURVIVORS + 1, PATIENCE_SECONDS, TimeUnit.SECONDS), "nothing can be put any more");
        for (Long item = take(); item != SURVIVORS + 1; item = take()) {
            check(item != null, "an item that was put is not there");
            left.add(item);
        }
        check(queue.poll() == null && queue.isEmpty(), "something is there that nobody put");
        long wentOn = wasEarly ? survivor.doneNanos() : System.nanoTime();
        return new Finding(fate == Fate.DIED ? afterDeath(left) : afterAll(left), wentOn);
    }

    /** What was there when it died is there now, but for what the survivor has put or taken. */
    private String afterDeath(List<Long> left) throws Exception {
        if (operation.puts()) {
            check(left.remove(SURVIVORS), "what a survivor put is lost: " + left);
        } else if (survivor != null) {
            left.add(0, survivor.result());
        }
        check(left.equals(seen), "there was " + seen + " when it died, now " + left);
        boolean happened = !withoutSurvivors(seen).equals(THERE);
        return operation.puts() ? happened ? "what it put is there, whole" : "it put nothing; others put"
                : happened ? "what it took is gone; others take" : "nothing is gone; others take";
    }

    private String afterAll(List<Long> left) throws Exception {
        List<Long> rest = withoutSurvivors(left);
        List<Long> expected = new ArrayList<>(THERE);
        switch (operation) {
            case PUT, CLAIM -> expected.add(PUT.get(0));
            case BATCH, PRODUCER_ROLE -> expected.addAll(PUT);
            case TAKE, HANDLER, CONSUMER_ROLE -> expected.removeAll(survivor == null ? THERE.subList(0, 1) : THERE
                    .subList(0, 2));
            case REMOVE -> expected.remove(1);
            case CLEAR -> expected.clear();
        }
        check(rest.equals(expected), "there is " + rest + ", expected " + expected);
        return "what it did is done";
    }

    private static List<Long> withoutSurvivors(List<Long> items) {
        List<Long> others = new ArrayList<>(items);
        others.removeIf(item -> item == SURVIVORS);
        return others;
    }
}
