package io.interlock.memory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.interlock.core.error.ObjectMismatchException;
import io.interlock.core.testing.Async;
import io.interlock.memory.error.CodecException;
import io.interlock.sync.Until;
import java.io.DataOutputStream;
import java.io.InvalidClassException;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What goes into messages, and what happens when it does not. */
class IpcQueueCodecTest extends QueueFixture {

    private <E> IpcQueue<E> queue(Codec<E> codec) {
        return IpcQueue.create(segment, "q", codec, Capacity.bytes(1 << 12));
    }

    private <E> void assertRoundTrip(Codec<E> codec, List<E> items) {
        IpcQueue<E> mine = queue(codec);
        IpcQueue<E> theirs = IpcQueue.open(other, "q", codec);
        for (E item : items) {
            assertTrue(mine.offer(item));
            assertEquals(item, theirs.peek());
            assertEquals(item, theirs.poll());
        }
        assertTrue(mine.offerAll(items));
        assertEquals(items, new ArrayList<>(theirs));
        assertEquals(items, emptied(theirs));
    }

    @Nested
    class BuiltIn {

        @Test
        void bytesAreTakenAsTheyWere() {
            IpcQueue<byte[]> mine = queue(Codec.bytes());
            byte[] all = new byte[256];
            for (int i = 0; i < 256; i++) {
                all[i] = (byte) i;
            }
            for (byte[] item : new byte[][]{{}, {0}, {-1, 1}, all}) {
                mine.add(item);
                assertArrayEquals(item, sameBytes().poll());
            }
        }

        @Test
        void textIsTakenAsItWas() {
            assertRoundTrip(Codec.utf8(), List.of("", "a", "\0", "Gr\u00FC\u00DFe", "\u65E5\u672C",
                    "\uD83D\uDE00 smile",
                    "x".repeat(300)));
        }

        @Test
        void textThatIsNoneIsRefused() {
            IpcQueue<String> queue = queue(Codec.utf8());
            for (String half : new String[]{"\uD83D", "a\uDE00", "\uDE00\uD83D"}) {
                assertThrows(IllegalArgumentException.class, () -> queue.add(half));
            }
            assertTrue(queue.isEmpty());
        }

        @Test
        void intsAreTakenAsTheyWere() {
            assertRoundTrip(Codec.int32(), List.of(0, 1, -1, Integer.MIN_VALUE, Integer.MAX_VALUE));
        }

        @Test
        void longsAreTakenAsTheyWere() {
            assertRoundTrip(Codec.int64(), List.of(0L, 1L, -1L, 1L << 40, Long.MIN_VALUE, Long.MAX_VALUE));
        }

        @Test
        void doublesAreTakenAsTheyWere() {
            assertRoundTrip(Codec.float64(), List.of(0.0, -0.0, 1.5, Double.NaN, Double.MIN_VALUE, Double.MAX_VALUE,
                    Double.NEGATIVE_INFINITY));
        }

        @Test
        void haveDifferentIds() {
            List<String> ids = List.of(Codec.bytes().id(), Codec.utf8().id(), Codec.int32().id(), Codec.int64().id(),
                    Codec.float64().id(), Codec.serializable(Point.class).id());
            assertEquals(6, ids.stream().distinct().count(), ids::toString);
            assertTrue(ids.stream().noneMatch(String::isEmpty));
        }

        @Test
        void complainAboutMessagesOfAnotherLength() {
            IpcQueue<Integer> ints = queue(Codec.int32());
            IpcQueue<byte[]> raw = IpcQueue.open(other, "q", withId(Codec.bytes(), Codec.int32().id()));
            raw.add(new byte[3]);
            raw.add(new byte[0]);
            ints.add(7);
            assertArrayEquals(new byte[3], assertThrows(CodecException.class, ints::poll).message());
            assertArrayEquals(new byte[0], assertThrows(CodecException.class, ints::poll).message());
            assertEquals(7, ints.poll());
        }
    }

    private static <E> Codec<E> withId(Codec<E> codec, String id) {
        return new Codec<>() {

            @Override
            public String id() {
                return id;
            }

            @Override
            public void encode(E item, EncodeBuffer out) {
                codec.encode(item, out);
            }

            @Override
            public E decode(ByteBuffer message) {
                return codec.decode(message);
            }
        };
    }

    /** A codec of text made of two functions. */
    private static Codec<String> codec(BiConsumer<String, EncodeBuffer> encode, Function<ByteBuffer, String> decode) {
        return new Codec<>() {

            @Override
            public String id() {
                return "test";
            }

            @Override
            public void encode(String item, EncodeBuffer out) {
                encode.accept(item, out);
            }

            @Override
            public String decode(ByteBuffer message) {
                return decode.apply(message);
            }
        };
    }

    private static String text(ByteBuffer message) {
        return StandardCharsets.UTF_8.decode(message).toString();
    }

    private static void write(String text, EncodeBuffer out) {
        out.putBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Two numbers. */
    record Point(int x, int y) implements Serializable {
    }

    /** Somebody who should not come in. */
    record Stranger(int x) implements Serializable {
    }

    /** As its name says. */
    record AClassWhoseNameIsLongerThanThePlaceThatTheQueueHasForTheIdOfItsCodec(int x) implements Serializable {
    }

    /** Differs at its beginning. */
    record BClassWhoseNameIsLongerThanThePlaceThatTheQueueHasForTheIdOfItsCodec(int x) implements Serializable {
    }

    /** Has room for others. */
    record Box(Object content) implements Serializable {
    }

    /** One of two. */
    enum Side {
        LEFT, RIGHT
    }

    @Nested
    class SerializableObjects {

        @Test
        void areTakenEqual() {
            assertRoundTrip(Codec.serializable(Point.class), List.of(new Point(1, -2), new Point(0, 0)));
        }

        @Test
        void canBeOfAdmittedClassesInside() {
            Codec<Box> codec = Codec.serializable(Box.class, Point.class, Side.class, ArrayList.class);
            assertRoundTrip(codec, List.of(new Box(new Point(1, 2)), new Box(Side.LEFT), new Box(null),
                    new Box(new ArrayList<>(List.of(new Point(3, 4), Side.RIGHT)))));
        }

        @Test
        void canHoldTextAndNumbers() {
            Codec<Box> codec = Codec.serializable(Box.class, Integer.class, Number.class, int[].class);
            IpcQueue<Box> mine = queue(codec);
            mine.add(new Box("text"));
            mine.add(new Box(4711));
            mine.add(new Box(new int[]{1, 2}));
            assertEquals("text", mine.poll().content());
            assertEquals(4711, mine.poll().content());
            assertArrayEquals(new int[]{1, 2}, (int[]) mine.poll().content());
        }

        @Test
        void ofClassesThatWereNotNamedAreRefused() {
            Codec<Box> trusting = Codec.serializable(Box.class, Stranger.class);
            Codec<Box> careful = Codec.serializable(Box.class, Point.class);
            IpcQueue<Box> mine = queue(withId(trusting, "box"));
            IpcQueue<Box> theirs = IpcQueue.open(other, "q", withId(careful, "box"));
            mine.add(new Box(new Stranger(1)));
            mine.add(new Box(null));
            CodecException thrown = assertThrows(CodecException.class, theirs::poll);
            assertTrue(causes(thrown).stream().anyMatch(InvalidClassException.class::isInstance), thrown::toString);
            assertEquals(new Box(null), theirs.poll());
            assertNull(theirs.poll());
        }

        @Test
        void ofAnotherTypeAreRefused() {
            IpcQueue<Stranger> mine = queue(withId(Codec.serializable(Stranger.class), "x"));
            IpcQueue<Point> theirs = IpcQueue.open(other, "q", withId(Codec.serializable(Point.class), "x"));
            mine.add(new Stranger(1));
            assertThrows(CodecException.class, theirs::poll);
            assertNull(theirs.poll());
        }

        @Test
        void thatAreNoneAreRefusedAndNothingIsEnqueued() {
            IpcQueue<Box> mine = queue(Codec.serializable(Box.class));
            assertThrows(RuntimeException.class, () -> mine.add(new Box(new Object())));
            assertTrue(mine.isEmpty());
            mine.add(new Box(null));
            assertEquals(1, mine.size());
        }

        @Test
        void canHaveAClassWithALongName() {
            var longest = new AClassWhoseNameIsLongerThanThePlaceThatTheQueueHasForTheIdOfItsCodec(5);
            assertRoundTrip(Codec.serializable(
                    AClassWhoseNameIsLongerThanThePlaceThatTheQueueHasForTheIdOfItsCodec.class), List.of(longest));
            assertThrows(ObjectMismatchException.class, () -> IpcQueue.open(other, "q", Codec.serializable(
                    BClassWhoseNameIsLongerThanThePlaceThatTheQueueHasForTheIdOfItsCodec.class)));
        }

        @Test
        void ofBrokenBytesAreRefused() {
            Codec<Point> points = Codec.serializable(Point.class);
            IpcQueue<Point> mine = queue(points);
            IpcQueue<byte[]> raw = IpcQueue.open(other, "q", withId(Codec.bytes(), points.id()));
            for (byte[] broken : new byte[][]{{}, {1, 2, 3}, new byte[100], {(byte) 0xAC, (byte) 0xED, 0, 5}}) {
                raw.add(broken);
                assertArrayEquals(broken, assertThrows(CodecException.class, mine::poll).message());
            }
        }

        private List<Throwable> causes(Throwable thrown) {
            List<Throwable> all = new ArrayList<>();
            for (Throwable t = thrown; t != null; t = t.getCause()) {
                all.add(t);
            }
            return all;
        }
    }

    @Nested
    class Id {

        @Test
        void isNotNullAndNotTooLong() {
            for (String id : new String[]{"", "x".repeat(65), "\u00FC".repeat(33), "a\0b"}) {
                assertThrows(IllegalArgumentException.class, () -> queue(withId(Codec.bytes(), id)));
            }
            assertThrows(NullPointerException.class, () -> queue(withId(Codec.bytes(), null)));
            assertEquals(0, segment.directory().size());
        }

        @Test
        void canBeAsLongAsItsPlace() {
            String longest = "x".repeat(63) + "y";
            queue(withId(Codec.bytes(), longest)).add(new byte[]{7});
            assertEquals(1, IpcQueue.open(other, "q", withId(Codec.bytes(), longest)).size());
        }
    }

    @Nested
    class EncodeBuffers {

        @Test
        void takeNumbersInNativeOrder() {
            IpcQueue<String> queue = queue(codec((item, out) -> {
                out.putByte((byte) 7);
                out.putInt(-4711);
                out.putLong(1L << 40);
                out.putDouble(2.5);
                out.putBytes(new byte[]{1, 2});
                out.putBytes(new byte[]{9, 3, 4, 9}, 1, 2);
            }, message -> {
                assertEquals(ByteOrder.nativeOrder(), message.order());
                assertEquals(25, message.remaining());
                return message.get() + " " + message.getInt() + " " + message.getLong() + " " + message.getDouble()
                        + " " + message.getInt();
            }));
            queue.add("x");
            int four = ByteBuffer.wrap(new byte[]{1, 2, 3, 4}).order(ByteOrder.nativeOrder()).getInt();
            assertEquals("7 -4711 " + (1L << 40) + " 2.5 " + four, queue.poll());
        }

        @Test
        void areOutputStreams() {
            IpcQueue<String> queue = queue(codec((item, out) -> {
                try {
                    DataOutputStream data = new DataOutputStream(out);
                    data.writeUTF(item);
                    data.flush();
                    out.write(0x141);
                    out.write(new byte[]{'B', 'C'});
                    out.write(new byte[]{'-', 'D', '-'}, 1, 1);
                    out.close();
                } catch (java.io.IOException e) {
                    throw new AssertionError(e);
                }
            }, message -> text(message)));
            queue.add("word");
            assertEquals("\0\4wordABCD", queue.poll());
        }

        @Test
        void checkBounds() {
            IpcQueue<String> queue = queue(codec((item, out) -> out.putBytes(new byte[3], 2, 2), message -> ""));
            assertThrows(IndexOutOfBoundsException.class, () -> queue.add("x"));
            assertTrue(queue.isEmpty());
        }

        @Test
        void growAsFarAsACodecWantsAndThenTheMessageIsRefused() {
            IpcQueue<String> queue = queue(codec((item, out) -> {
                for (int i = 0; i < 300_000; i++) {
                    out.putLong(i);
                }
            }, message -> ""));
            assertNames(assertThrows(IllegalArgumentException.class, () -> queue.add("x")), 2_400_000,
                    queue.largestMessageBytes());
            assertTrue(queue.isEmpty());
        }

        @Test
        void beginEmptyForEachItem() {
            IpcQueue<String> queue = queue(codec(IpcQueueCodecTest::write, IpcQueueCodecTest::text));
            queue.offerAll(List.of("a long one", "", "b"));
            assertEquals(List.of("a long one", "", "b"), emptied(queue));
        }
    }

    @Nested
    class Encode {

        private final IllegalStateException failure = new IllegalStateException("bad");

        private IpcQueue<String> failing() {
            return queue(codec((item, out) -> {
                out.putLong(1);
                if (item.startsWith("bad")) {
                    throw failure;
                }
                write(item, out);
            }, message -> {
                message.getLong();
                return text(message);
            }));
        }

        @Test
        void thatThrowsEnqueuesNothing() {
            IpcQueue<String> queue = failing();
            queue.add("first");
            for (Executable call : List.<Executable>of(() -> queue.put("bad"), () -> queue.offer("bad"),
                    () -> queue.add("bad"), () -> queue.offer("bad", 1, TimeUnit.DAYS),
                    () -> queue.offerAll(List.of("good", "bad", "good")),
                    () -> queue.putAll(List.of("good", "bad")))) {
                assertSame(failure, assertThrows(IllegalStateException.class, call));
                assertHolds(queue, List.of("first"));
            }
            queue.add("second");
            assertEquals(List.of("first", "second"), emptied(queue));
        }

        @Test
        void thatThrowsLeavesTheQueueToOthers() {
            IpcQueue<String> queue = failing();
            assertThrows(IllegalStateException.class, () -> queue.put("bad"));
            Async.run(() -> queue.put("good")).get();
            assertEquals("good", queue.poll());
        }

        @Test
        void thatThrowsAnErrorEnqueuesNothingEither() {
            IpcQueue<String> queue = queue(codec((item, out) -> {
                throw new StackOverflowError();
            }, IpcQueueCodecTest::text));
            assertThrows(StackOverflowError.class, () -> queue.put("x"));
            assertTrue(queue.isEmpty());
        }

        @Test
        void mayUseAnotherQueue() {
            IpcQueue<String> log = IpcQueue.create(segment, "log", Codec.utf8(), Capacity.bytes(1 << 10));
            IpcQueue<String> queue = queue(codec((item, out) -> {
                out.putInt(1);
                log.add("encoding " + item);
                write(item, out);
            }, message -> {
                message.getInt();
                return text(message);
            }));
            queue.add("abc");
            assertEquals("abc", queue.poll());
            assertEquals("encoding abc", log.poll());
        }

        @Test
        void mayUseTheSameQueue() {
            List<IpcQueue<String>> itself = new ArrayList<>();
            IpcQueue<String> queue = queue(codec((item, out) -> {
                out.putInt(1);
                if (item.startsWith("outer")) {
                    itself.get(0).add("inner");
                }
                write(item, out);
            }, message -> {
                message.getInt();
                return text(message);
            }));
            itself.add(queue);
            queue.add("outer");
            assertEquals(List.of("inner", "outer"), emptied(queue));
        }
    }

    /** Every way to take. */
    enum Taking {
        POLL, POLL_TIMED, TAKE, REMOVE, DRAIN_TO, TAKE_UP_TO, TAKE_UP_TO_TIMED;

        <E> void call(IpcQueue<E> queue, Collection<E> got) throws InterruptedException {
            switch (this) {
                case POLL -> got.add(queue.poll());
                case POLL_TIMED -> got.add(queue.poll(1, TimeUnit.DAYS));
                case TAKE -> got.add(queue.take());
                case REMOVE -> got.add(queue.remove());
                case DRAIN_TO -> queue.drainTo(got, 3);
                case TAKE_UP_TO -> got.addAll(queue.takeUpTo(3));
                case TAKE_UP_TO_TIMED -> got.addAll(queue.takeUpTo(3, 1, TimeUnit.DAYS));
                default -> throw new AssertionError(this);
            }
        }
    }

    @Nested
    class Decode {

        private final IllegalStateException failure = new IllegalStateException("bad");

        private IpcQueue<String> failing() {
            return queue(codec(IpcQueueCodecTest::write, message -> {
                String text = text(message);
                if (text.startsWith("bad")) {
                    throw failure;
                }
                return text;
            }));
        }

        private byte[] bytesOf(String text) {
            return text.getBytes(StandardCharsets.UTF_8);
        }

        @ParameterizedTest
        @EnumSource
        void thatThrowsLosesThisMessageAndNoOther(Taking taking) throws InterruptedException {
            IpcQueue<String> queue = failing();
            queue.offerAll(List.of("bad one", "next"));
            List<String> got = new ArrayList<>();
            CodecException thrown = assertThrows(CodecException.class, () -> taking.call(queue, got));
            assertSame(failure, thrown.getCause());
            assertArrayEquals(bytesOf("bad one"), thrown.message());
            if (!queue.isEmpty()) {
                taking.call(queue, got);
            }
            thrown.others().forEach(item -> got.add((String) item));
            assertEquals(List.of("next"), got);
            assertTrue(queue.isEmpty());
        }

        @Test
        void thatThrowsInTheMiddleOfDrainToLeavesTheOthersThereOrInTheTarget() {
            IpcQueue<String> queue = failing();
            queue.offerAll(List.of("a", "b", "bad one", "c", "bad two", "d"));
            List<String> target = new ArrayList<>();
            List<String> refused = new ArrayList<>();
            while (!queue.isEmpty()) {
                try {
                    queue.drainTo(target);
                } catch (CodecException e) {
                    addRefused(e, refused);
                }
            }
            assertEquals(List.of("a", "b", "c", "d"), target);
            assertEquals(List.of("bad one", "bad two"), refused);
        }

        @Test
        void thatThrowsInTheMiddleOfTakeUpToLosesNoOther() throws InterruptedException {
            IpcQueue<String> queue = failing();
            queue.offerAll(List.of("a", "b", "bad one", "c", "bad two"));
            List<String> got = new ArrayList<>();
            List<String> refused = new ArrayList<>();
            while (!queue.isEmpty()) {
                try {
                    got.addAll(queue.takeUpTo(10));
                } catch (CodecException e) {
                    e.others().forEach(item -> got.add((String) item));
                    addRefused(e, refused);
                }
            }
            assertEquals(List.of("a", "b", "c"), got);
            assertEquals(List.of("bad one", "bad two"), refused);
        }

        private void addRefused(CodecException first, List<String> refused) {
            refused.add(new String(first.message(), StandardCharsets.UTF_8));
            for (Throwable next : first.getSuppressed()) {
                refused.add(new String(((CodecException) next).message(), StandardCharsets.UTF_8));
            }
        }

        @Test
        void thatThrowsMakesRoomAllTheSame() {
            IpcQueue<String> queue = IpcQueue.create(segment, "small",
                    codec(IpcQueueCodecTest::write, message -> {
                        throw failure;
                    }), Capacity.items(1));
            queue.add("a");
            Async<Void> producer = Async.run(() -> queue.put("b"));
            awaitAsleep(producer);
            assertThrows(CodecException.class, queue::poll);
            producer.get();
            assertThrows(CodecException.class, queue::take);
            assertNull(queue.poll());
        }

        @Test
        void thatThrowsInALookTakesNothing() {
            IpcQueue<String> queue = failing();
            queue.offerAll(List.of("bad one", "next"));
            assertArrayEquals(bytesOf("bad one"), assertThrows(CodecException.class, queue::peek).message());
            assertThrows(CodecException.class, queue::element);
            assertEquals(2, queue.size());
            assertThrows(CodecException.class, () -> {
                for (Iterator<String> all = queue.iterator(); all.hasNext();) {
                    all.next();
                }
            });
            assertThrows(CodecException.class, queue::poll);
            assertHolds(queue, List.of("next"));
        }

        @Test
        void isNotAskedByClear() {
            IpcQueue<String> queue = failing();
            queue.offerAll(List.of("bad one", "bad two"));
            queue.clear();
            assertTrue(queue.isEmpty());
        }

        @Test
        void thatReturnsNullIsRefused() {
            IpcQueue<String> queue = queue(codec(IpcQueueCodecTest::write, message -> null));
            queue.add("a");
            assertArrayEquals(bytesOf("a"), assertThrows(CodecException.class, queue::poll).message());
            assertNull(queue.poll());
        }

        @Test
        void seesItsMessageFromBeginningToEnd() {
            IpcQueue<String> queue = queue(codec(IpcQueueCodecTest::write, message -> message.position() + "-"
                    + message.remaining() + text(message)));
            queue.offerAll(List.of("a", "bcd", "", "efghijklm"));
            assertEquals(List.of("0-1a", "0-3bcd", "0-0", "0-9efghijklm"), emptied(queue));
        }

        @Test
        void beyondTheEndOfTheMessageIsRefused() {
            IpcQueue<String> queue = queue(codec(IpcQueueCodecTest::write, message -> "" + message.getLong()));
            queue.offerAll(List.of("short", "longer than eight"));
            assertInstanceOf(java.nio.BufferUnderflowException.class,
                    assertThrows(CodecException.class, queue::poll).getCause());
            assertFalse(queue.poll().isEmpty());
        }

        @Test
        void cannotChangeTheQueue() {
            IpcQueue<String> queue = queue(codec(IpcQueueCodecTest::write, message -> {
                String text = text(message);
                for (int i = 0; !message.isReadOnly() && i < message.limit(); i++) {
                    message.put(i, (byte) 'x');
                }
                return text;
            }));
            queue.offerAll(List.of("abc", "def"));
            assertEquals("abc", queue.peek());
            assertEquals("[abc, def]", queue.toString());
            assertHolds(queue, List.of("abc", "def"));
            assertEquals(List.of("abc", "def"), emptied(queue));
        }

        @Test
        void thatThrowsAnErrorLosesAtMostThisMessage() {
            IpcQueue<String> queue = queue(codec(IpcQueueCodecTest::write, message -> {
                String text = text(message);
                if (text.startsWith("bad")) {
                    throw new StackOverflowError();
                }
                return text;
            }));
            queue.offerAll(List.of("bad", "next"));
            CodecException thrown = assertThrows(CodecException.class, queue::poll);
            assertEquals(StackOverflowError.class, thrown.getCause().getClass());
            Async.run(() -> assertEquals("next", queue.poll())).get();
            assertTrue(queue.isEmpty());
        }

        @Test
        void thatThrowsAnErrorInABatchLosesNoOther() {
            IpcQueue<String> queue = queue(codec(IpcQueueCodecTest::write, message -> {
                String text = text(message);
                if (text.startsWith("bad")) {
                    throw new StackOverflowError();
                }
                return text;
            }));
            queue.offerAll(List.of("a", "bad", "b", "c"));
            List<String> target = new ArrayList<>();
            while (!queue.isEmpty()) {
                try {
                    queue.drainTo(target);
                } catch (StackOverflowError | CodecException e) {
                    assertTrue(target.contains("a"));
                }
            }
            assertEquals(List.of("a", "b", "c"), target);
        }

        @Test
        void runsOutsideOfTheQueue() {
            List<IpcQueue<String>> itself = new ArrayList<>();
            IpcQueue<String> queue = queue(codec(IpcQueueCodecTest::write, message -> {
                String text = text(message);
                if (text.equals("outer")) {
                    itself.get(0).add("more");
                    return text + "+" + itself.get(0).poll();
                }
                return text;
            }));
            itself.add(queue);
            queue.offerAll(List.of("outer", "inner"));
            assertEquals("outer+inner", queue.poll());
            assertEquals("more", queue.poll());
        }

        @Test
        void ofOneMessageKeepsNobodyElseFromTaking() {
            List<Async<String>> inside = new ArrayList<>();
            IpcQueue<String> queue = queue(codec(IpcQueueCodecTest::write, message -> {
                String text = text(message);
                if (text.equals("slow")) {
                    return text + inside.get(0).get();
                }
                return text;
            }));
            queue.offerAll(List.of("slow", "fast"));
            inside.add(Async.of(() -> {
                Until.isTrue("the slow one is out", () -> queue.size() == 1);
                return queue.take();
            }));
            assertEquals("slowfast", queue.poll());
        }
    }
}
