package io.interlock.stress.fuzz;

import static io.interlock.stress.fuzz.Calls.SHORT_NANOS;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.interlock.core.Segment;
import io.interlock.memory.Claim;
import io.interlock.memory.Codec;
import io.interlock.memory.ExclusiveConsumer;
import io.interlock.memory.ExclusiveProducer;
import io.interlock.memory.IpcQueue;
import io.interlock.memory.error.CodecException;
import io.interlock.memory.error.QueueDamagedException;
import io.interlock.memory.error.QueueShutDownException;
import io.interlock.stress.fuzz.CallJudge.Documented;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * Everything that a queue can be asked for.
 *
 * @param <E> what is queued
 */
final class QueueCalls<E> {

    /** Units of 8 bytes in the largest ring of the specimen: so many messages there can be. */
    private static final int MOST_MESSAGES = Specimen.SMALL_RING.ringBytes() / Long.BYTES;
    private static final Documented HELD =
            Documented.of(IllegalStateException.class, "^cannot .* its consuming side is (held|free)");
    private static final Documented FULL = Documented.of(IllegalStateException.class, "^Queue full$");
    private static final Documented NOTHING = Documented.of(NoSuchElementException.class, "");
    private static final Documented TOO_LARGE =
            Documented.of(IllegalArgumentException.class, "is too large for queue|can never fit into queue");

    private static final Documented NO_AGRONA =
            Documented.of(UnsupportedOperationException.class, "^Agrona's buffers need");

    private final Segment segment;
    private final Calls calls;
    private final Codec<E> codec;
    private final E item;
    private final int itemBytes;
    private final IpcQueue<E> queue;

    /**
     * Opens a queue.
     *
     * @param itemBytes length of messages of which all bytes are zero and that the codec can read; 0 if there are none
     */
    private QueueCalls(Segment segment, Calls calls, String name, Codec<E> codec, E item, int itemBytes) {
        this.segment = segment;
        this.calls = calls;
        this.codec = codec;
        this.item = item;
        this.itemBytes = itemBytes;
        calls.on(name);
        this.queue = calls.get("open", () -> IpcQueue.open(segment, name, codec));
    }

    /** Uses all queues of the specimen. */
    static void all(Segment segment, Calls calls) {
        new QueueCalls<>(segment, calls, "texts", Codec.utf8(), "more", 20).use();
        new QueueCalls<>(segment, calls, "words", Codec.int64(), 9L, Long.BYTES).use();
        new QueueCalls<>(segment, calls, "ended", Codec.bytes(), new byte[9], 20).use();
        new QueueCalls<>(segment, calls, "full", Codec.int32(), 9, Integer.BYTES).use();
        new QueueCalls<>(segment, calls, "empty", Codec.float64(), 9.5, Double.BYTES).use();
        new QueueCalls<>(segment, calls, "roles", Codec.serializable(String.class), "more", 0).use();
        new QueueCalls<>(segment, calls, "inside", Codec.utf8(), "more", 20).use();
    }

    private void use() {
        if (queue == null) {
            return;
        }
        figures();
        look();
        take();
        read();
        put();
        claim();
        look();
        remove();
        produceAlone();
        consumeAlone();
        clear();
        end();
    }

    private void figures() {
        calls.run("open by id", () -> IpcQueue.open(segment, queue.id(), codec));
        calls.number("capacityItems", 1, Integer.MAX_VALUE, queue::capacityItems);
        calls.number("capacityBytes", 1, Integer.MAX_VALUE, queue::capacityBytes);
        calls.number("largestMessageBytes", 1, Integer.MAX_VALUE, queue::largestMessageBytes);
        calls.number("size", 0, queue.capacityItems(), queue::size);
        calls.number("remainingCapacity", 0, Integer.MAX_VALUE, queue::remainingCapacity);
        calls.test("isEmpty", queue::isEmpty);
        calls.test("isShutDown", queue::isShutDown);
    }

    private void look() {
        calls.run("peek", queue::peek);
        calls.run("element", queue::element, NOTHING);
        calls.run("contains", () -> queue.contains(item));
        calls.run("toArray", queue::toArray);
        calls.run("iterator", () -> {
            int seen = 0;
            for (Iterator<E> items = queue.iterator(); items.hasNext(); seen++) {
                items.next();
            }
            calls.check("iterator shows at most " + MOST_MESSAGES, seen <= MOST_MESSAGES);
        });
    }

    private void take() {
        calls.run("poll", queue::poll);
        calls.waiting("timed poll", () -> queue.poll(SHORT_NANOS, NANOSECONDS));
        calls.untimed("take", queue::take);
        calls.waiting("timed takeUpTo", () -> queue.takeUpTo(2, SHORT_NANOS, NANOSECONDS));
        calls.untimed("takeUpTo", () -> queue.takeUpTo(1));
        calls.run("drainTo", () -> queue.drainTo(new ArrayList<>(), 2));
    }

    private void read() {
        calls.run("read", () -> queue.read(message -> {
            while (message.hasRemaining()) {
                message.get();
            }
        }, 1));
        calls.run("readDirect", () -> queue.readDirect((buffer, index, length) -> {
            for (int i = 0; i < length; i++) {
                buffer.getByte(index + i);
            }
        }, 1), NO_AGRONA);
    }

    private void put() {
        calls.run("offer", () -> queue.offer(item));
        calls.waiting("timed offer", () -> queue.offer(item, SHORT_NANOS, NANOSECONDS));
        calls.run("add", () -> queue.add(item), FULL);
        calls.run("offerAll", () -> queue.offerAll(List.of(item, item)), TOO_LARGE);
        calls.waiting("timed offerAll", () -> queue.offerAll(List.of(item), SHORT_NANOS, NANOSECONDS), TOO_LARGE);
        calls.untimed("put", () -> queue.put(item));
        calls.untimed("putAll", () -> queue.putAll(List.of(item, item)), TOO_LARGE);
    }

    private void claim() {
        ended(calls.get("tryClaim", () -> queue.tryClaim(itemBytes), TOO_LARGE), false);
        ended(calls.get("timed claim", () -> queue.claim(itemBytes, SHORT_NANOS, NANOSECONDS), TOO_LARGE), true);
        calls.untimed("claim", () -> queue.claim(itemBytes).abort(), TOO_LARGE);
    }

    private void ended(Claim claim, boolean whole) {
        if (claim == null) {
            return;
        }
        calls.run("write into a claim", () -> claim.buffer().put(0, new byte[itemBytes]));
        if (whole && itemBytes > 0) {
            calls.run("commit", claim::commit);
        } else {
            calls.run("abort", claim::abort);
        }
    }

    private void remove() {
        calls.run("remove an item", () -> queue.remove(item), HELD);
        calls.run("remove by iterator", () -> {
            Iterator<E> items = queue.iterator();
            if (items.hasNext()) {
                items.next();
                items.remove();
            }
        }, HELD);
        calls.run("remove", () -> queue.remove(), NOTHING);
    }

    private void produceAlone() {
        ExclusiveProducer<E> producer =
                calls.get("exclusiveProducer", () -> queue.exclusiveProducer(SHORT_NANOS, NANOSECONDS));
        if (producer == null) {
            return;
        }
        calls.run("role offer", () -> producer.offer(item));
        calls.waiting("role timed offer", () -> producer.offer(item, SHORT_NANOS, NANOSECONDS));
        calls.run("role offerAll", () -> producer.offerAll(List.of(item, item)), TOO_LARGE);
        calls.untimed("role put", () -> producer.put(item));
        ended(calls.get("role tryClaim", () -> producer.tryClaim(itemBytes), TOO_LARGE), true);
        calls.run("role close", producer::close);
    }

    private void consumeAlone() {
        ExclusiveConsumer<E> consumer =
                calls.get("exclusiveConsumer", () -> queue.exclusiveConsumer(SHORT_NANOS, NANOSECONDS));
        if (consumer == null) {
            return;
        }
        calls.run("role poll", consumer::poll);
        calls.waiting("role timed poll", () -> consumer.poll(SHORT_NANOS, NANOSECONDS));
        calls.untimed("role take", consumer::take);
        calls.waiting("role takeUpTo", () -> consumer.takeUpTo(2, SHORT_NANOS, NANOSECONDS));
        calls.run("role read", () -> consumer.read(message -> {
        }, 1));
        calls.run("role drainTo", () -> consumer.drainTo(new ArrayList<>()));
        calls.run("role close", consumer::close);
    }

    /** "Drops all items, damaged ones included", and the queue can be used again. */
    private void clear() {
        calls.run("drainTo all", () -> queue.drainTo(new ArrayList<>()));
        if (calls.run("clear", queue::clear, HELD)) {
            calls.run("offer and poll after clear", () -> {
                try {
                    queue.offer(item);
                    queue.poll();
                } catch (QueueDamagedException | CodecException e) {
                    throw new IllegalStateException("clear() has left damage: " + e.getMessage(), e);
                } catch (QueueShutDownException e) {
                    calls.test("isShutDown", queue::isShutDown); // not yet, if somebody holds the producers' side
                }
            });
        }
    }

    private void end() {
        calls.run("shutdown", queue::shutdown);
        calls.number("shutdownNow", 0, Integer.MAX_VALUE, queue::shutdownNow);
        calls.test("isShutDown", queue::isShutDown);
        calls.run("toString", queue::toString);
    }
}
