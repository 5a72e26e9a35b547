package io.interlock.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.interlock.core.error.SegmentFormatException;
import io.interlock.core.testing.Async;
import io.interlock.memory.error.QueueDamagedException;
import io.interlock.memory.ring.RecordHeader;
import io.interlock.memory.ring.RingProbe;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Memory that somebody else wrote to. Whatever it holds, no call hangs, and nothing outside of the queue is read. */
class IpcQueueDamageTest extends QueueFixture {

    private IpcQueue<byte[]> queue;
    private RingProbe probe;

    /** A queue with three messages of ten bytes. */
    private void makeQueue() {
        queue = bytes(1 << 8);
        probe = new RingProbe(segment, queue.id());
        queue.offerAll(List.of(new byte[10], new byte[10], new byte[10]));
    }

    static List<Long> garbage() {
        List<Long> all = new ArrayList<>(List.of(0L, -1L, 0x0102030405060708L, Long.MIN_VALUE, Long.MAX_VALUE,
                0xFFFF_FFFFL, 10L));
        for (int length : new int[]{-1, -7, -8, -9, Integer.MIN_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE - 8, 1000,
            1 << 30, (1 << 8) - 8, 73}) {
            for (int type : new int[]{RecordHeader.MESSAGE, RecordHeader.REMOVED, RecordHeader.PADDING}) {
                all.add(length & 0xFFFF_FFFFL | (long) type << 32);
            }
        }
        return all;
    }

    /** Every call that looks at records. */
    private Map<String, Async.Action> looking() {
        Map<String, Async.Action> all = new LinkedHashMap<>();
        all.put("peek", queue::peek);
        all.put("element", queue::element);
        all.put("iterator", () -> queue.forEach(message -> {
        }));
        all.put("toArray", queue::toArray);
        all.put("contains", () -> queue.contains("x"));
        all.put("stream", () -> queue.stream().count());
        all.put("toString", queue::toString);
        all.put("removeIf", () -> queue.removeIf(message -> false));
        all.put("remove object", () -> queue.remove("x"));
        all.put("size", queue::size);
        all.put("offer", () -> queue.offer(new byte[10]));
        return all;
    }

    /** Every call that takes. */
    private Map<String, Async.Action> taking() {
        Map<String, Async.Action> all = new LinkedHashMap<>();
        all.put("take", queue::take);
        all.put("poll", queue::poll);
        all.put("poll timed", () -> queue.poll(1, TimeUnit.DAYS));
        all.put("remove", queue::remove);
        all.put("drainTo", () -> queue.drainTo(new ArrayList<>()));
        all.put("takeUpTo", () -> queue.takeUpTo(5));
        all.put("takeUpTo timed", () -> queue.takeUpTo(5, 1, TimeUnit.DAYS));
        all.put("read", () -> queue.read(message -> {
        }, 5));
        all.put("role take", () -> {
            try (ExclusiveConsumer<byte[]> consumer = queue.exclusiveConsumer()) {
                consumer.take();
            }
        });
        all.put("role drainTo", () -> {
            try (ExclusiveConsumer<byte[]> consumer = queue.exclusiveConsumer()) {
                consumer.drainTo(new ArrayList<>());
            }
        });
        return all;
    }

    /** Runs a call that may find the damage or not; a hang or any other exception is a failure. */
    private static void survives(String name, Async.Action action) {
        Async<String> call = Async.of(() -> {
            try {
                action.run();
                return "";
            } catch (QueueDamagedException | NoSuchElementException e) {
                return "";
            } catch (Throwable e) {
                return name + " threw " + e;
            }
        });
        assertEquals("", call.get(), name);
    }

    private void assertUsableAfterClear() throws InterruptedException {
        queue.clear();
        assertHolds(queue, List.of());
        for (int i = 0; i < 50; i++) {
            assertTrue(queue.offer(new byte[i]));
            assertEquals(i, sameBytes().take().length);
        }
    }

    @Nested
    class AHeader {

        @ParameterizedTest
        @MethodSource("io.interlock.memory.IpcQueueDamageTest#garbage")
        void ofTheOldestMessageIsReportedWithItsOffset(long header) throws InterruptedException {
            makeQueue();
            int at = probe.oldestOffset();
            probe.setHeader(at, header);
            taking().forEach((name, action) -> {
                Throwable thrown = Async.run(action).failure();
                assertInstanceOf(QueueDamagedException.class, thrown, name);
                assertNames(thrown, "\"q\"", at, "clear()");
            });
            assertUsableAfterClear();
        }

        @ParameterizedTest
        @MethodSource("io.interlock.memory.IpcQueueDamageTest#garbage")
        void ofTheOldestMessageIsSurvivedByThoseWhoLook(long header) throws InterruptedException {
            makeQueue();
            probe.setHeader(probe.oldestOffset(), header);
            looking().forEach(IpcQueueDamageTest::survives);
            assertUsableAfterClear();
        }

        @ParameterizedTest
        @MethodSource("io.interlock.memory.IpcQueueDamageTest#garbage")
        void inTheMiddleIsSurvivedByAll(long header) throws InterruptedException {
            makeQueue();
            probe.setHeader(probe.oldestOffset() + 24, header);
            looking().forEach(IpcQueueDamageTest::survives);
            survives("drainTo", () -> queue.drainTo(new ArrayList<>()));
            survives("drainTo", () -> queue.drainTo(new ArrayList<>()));
            survives("take", queue::poll);
            survives("take", queue::poll);
            assertUsableAfterClear();
        }

        @Test
        void inTheMiddleLosesNothingThatLiesBefore() throws InterruptedException {
            makeQueue();
            probe.setHeader(probe.oldestOffset() + 24, -1);
            assertEquals(10, queue.take().length);
            assertThrows(QueueDamagedException.class, queue::take);
            assertThrows(QueueDamagedException.class, queue::take);
            assertUsableAfterClear();
        }

        @ParameterizedTest
        @ValueSource(ints = {RecordHeader.REMOVED, RecordHeader.PADDING})
        void thatHidesTheOnlyMessageIsReportedByAllWhoLookForIt(int type) throws InterruptedException {
            makeQueue();
            queue.clear();
            queue.add(new byte[10]);
            probe.setHeader(probe.oldestOffset(), RecordHeader.of(10, type));
            taking().forEach((name, action) -> assertInstanceOf(QueueDamagedException.class, Async.run(action)
                    .failure(), name));
            looking().forEach(IpcQueueDamageTest::survives);
            assertUsableAfterClear();
        }

        @Test
        void thatCannotBeReadLeavesTheSidesToOthers() {
            makeQueue();
            probe.setHeader(probe.oldestOffset(), -1);
            assertThrows(QueueDamagedException.class, queue::poll);
            assertInstanceOf(QueueDamagedException.class, Async.of(queue::poll).failure());
            assertTrue(Async.of(() -> queue.offer(new byte[1])).get());
            Async.run(queue::clear).get();
            assertTrue(queue.isEmpty());
        }

        @Test
        void thatCannotBeReadDoesNotKeepAShutDownNow() {
            makeQueue();
            probe.setHeader(probe.oldestOffset(), -1);
            assertEquals(3, queue.shutdownNow());
            assertTrue(queue.isEmpty());
        }
    }

    @Nested
    class APosition {

        @Test
        void thatNoRingHasIsReported() throws InterruptedException {
            makeQueue();
            long tail = probe.tail();
            for (long wrong : new long[]{tail + 1000, tail - 1000, tail + (1L << 50), -1 >>> 1, 0x7FFF_FFFF_FFFF_FFF0L,
                tail + (1L << 60)}) {
                probe.setTail(wrong);
                looking().forEach(IpcQueueDamageTest::survives);
                survives("poll", queue::poll);
                survives("drainTo", () -> queue.drainTo(new ArrayList<>()));
                survives("offer", () -> queue.offer(new byte[90]));
                probe.restartAt(tail);
            }
            assertUsableAfterClear();
        }

        @Test
        void inTheMiddleOfARecordIsReported() throws InterruptedException {
            makeQueue();
            probe.setHead(probe.head() + 1);
            assertThrows(QueueDamagedException.class, queue::take);
            assertThrows(QueueDamagedException.class, queue::poll);
            looking().forEach(IpcQueueDamageTest::survives);
            assertUsableAfterClear();
        }

        @Test
        void behindTheTailIsReported() throws InterruptedException {
            makeQueue();
            probe.setHead(probe.tail() + 5 + (1L << 32));
            survives("poll", queue::poll);
            looking().forEach(IpcQueueDamageTest::survives);
            assertUsableAfterClear();
        }
    }

    @Nested
    class ACount {

        @Test
        void ofMoreMessagesThanThereMayBeLeavesTheFiguresInTheirRange() {
            IpcQueue<Integer> few = IpcQueue.create(segment, "few", Codec.int32(), Capacity.items(2));
            new RingProbe(segment, few.id()).setTail(RingProbe.word(2_000_000, 4));
            assertEquals(2, few.size());
            assertEquals(0, few.remainingCapacity());
        }
    }

    @Nested
    class ASize {

        @Test
        void thatNoRingHasIsReportedWhenTheQueueIsOpened() {
            makeQueue();
            for (int wrong : new int[]{0, -1, 1000, 64, 1 << 30, Integer.MIN_VALUE}) {
                probe.setRingBytes(wrong);
                assertThrows(SegmentFormatException.class, () -> sameBytes());
            }
            probe.setRingBytes(1 << 8);
            assertEquals(3, sameBytes().size());
        }
    }
}
