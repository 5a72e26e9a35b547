package io.interlock.core.port;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What every {@link Mem} does. */
public abstract class MemContract {

    private static final int CAPACITY = 20_000;

    private final ByteBuffer bytes = ByteBuffer.allocateDirect(CAPACITY + 8).alignedSlice(8).limit(CAPACITY).slice();
    private final Mem mem = mem(bytes);

    /** The implementation over a direct buffer whose address is a multiple of 8. */
    protected abstract Mem mem(ByteBuffer direct);

    /** Every operation on one value, by name, with its width. */
    private static Map<String, BiConsumer<Mem, Integer>> operations(int width) {
        Map<String, BiConsumer<Mem, Integer>> all = new TreeMap<>();
        switch (width) {
            case 1 -> {
                all.put("getByte", (m, o) -> m.getByte(o));
                all.put("putByte", (m, o) -> m.putByte(o, (byte) 1));
            }
            case 2 -> {
                all.put("getShort", (m, o) -> m.getShort(o));
                all.put("putShort", (m, o) -> m.putShort(o, (short) 1));
            }
            case 4 -> {
                all.put("getInt", (m, o) -> m.getInt(o));
                all.put("putInt", (m, o) -> m.putInt(o, 1));
                all.put("getIntAcquire", (m, o) -> m.getIntAcquire(o));
                all.put("putIntRelease", (m, o) -> m.putIntRelease(o, 1));
                all.put("getIntVolatile", (m, o) -> m.getIntVolatile(o));
                all.put("putIntVolatile", (m, o) -> m.putIntVolatile(o, 1));
                all.put("casInt", (m, o) -> m.casInt(o, 0, 1));
                all.put("getAndAddInt", (m, o) -> m.getAndAddInt(o, 1));
                all.put("getAndSetInt", (m, o) -> m.getAndSetInt(o, 1));
            }
            default -> {
                all.put("getLong", (m, o) -> m.getLong(o));
                all.put("putLong", (m, o) -> m.putLong(o, 1));
                all.put("getLongAcquire", (m, o) -> m.getLongAcquire(o));
                all.put("putLongRelease", (m, o) -> m.putLongRelease(o, 1));
                all.put("getLongVolatile", (m, o) -> m.getLongVolatile(o));
                all.put("putLongVolatile", (m, o) -> m.putLongVolatile(o, 1));
                all.put("casLong", (m, o) -> m.casLong(o, 0, 1));
                all.put("getAndAddLong", (m, o) -> m.getAndAddLong(o, 1));
                all.put("getAndSetLong", (m, o) -> m.getAndSetLong(o, 1));
            }
        }
        return all;
    }

    @Nested
    class Words {

        @Test
        void narrowValuesReadAsWritten() {
            mem.putByte(3, (byte) -7);
            mem.putShort(6, (short) -30_000);
            assertEquals(-7, mem.getByte(3));
            assertEquals(-30_000, mem.getShort(6));
        }

        @Test
        void intsReadAsWrittenInEveryOrdering() {
            mem.putInt(8, -1);
            assertEquals(-1, mem.getInt(8));
            mem.putIntRelease(8, Integer.MIN_VALUE);
            assertEquals(Integer.MIN_VALUE, mem.getIntAcquire(8));
            mem.putIntVolatile(8, 77);
            assertEquals(77, mem.getIntVolatile(8));
            assertEquals(0, mem.getInt(12));
            assertEquals(0, mem.getInt(4));
        }

        @Test
        void longsReadAsWrittenInEveryOrdering() {
            mem.putLong(16, -1);
            assertEquals(-1, mem.getLong(16));
            mem.putLongRelease(16, Long.MIN_VALUE);
            assertEquals(Long.MIN_VALUE, mem.getLongAcquire(16));
            mem.putLongVolatile(16, 1L << 40);
            assertEquals(1L << 40, mem.getLongVolatile(16));
            assertEquals(0, mem.getLong(24));
            assertEquals(0, mem.getLong(8));
        }

        @Test
        void casChangesOnlyTheExpectedValue() {
            mem.putInt(8, 5);
            assertFalse(mem.casInt(8, 4, 6));
            assertEquals(5, mem.getInt(8));
            assertTrue(mem.casInt(8, 5, 6));
            assertEquals(6, mem.getInt(8));
            mem.putLong(16, 5L << 32);
            assertFalse(mem.casLong(16, 5, 6));
            assertTrue(mem.casLong(16, 5L << 32, -6));
            assertEquals(-6, mem.getLong(16));
        }

        @Test
        void getAndAddAndGetAndSetGiveTheEarlierValue() {
            assertEquals(0, mem.getAndAddInt(8, Integer.MAX_VALUE));
            assertEquals(Integer.MAX_VALUE, mem.getAndAddInt(8, 1));
            assertEquals(Integer.MIN_VALUE, mem.getAndSetInt(8, 3));
            assertEquals(3, mem.getInt(8));
            assertEquals(0, mem.getAndAddLong(16, Long.MAX_VALUE));
            assertEquals(Long.MAX_VALUE, mem.getAndAddLong(16, 1));
            assertEquals(Long.MIN_VALUE, mem.getAndSetLong(16, 3));
            assertEquals(3, mem.getLong(16));
        }

        @Test
        void standInTheByteOrderOfTheMachine() {
            mem.putInt(8, 0x01020304);
            assertEquals(ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? 4 : 1, mem.getByte(8));
            mem.putLong(16, 1L << 32 | 2);
            assertEquals(2, mem.getInt(new Context(mem, null, null, null, null, 0).futexOffset(16)));
        }

        @Test
        void fencesDoNothingThatCanBeSeenByOneThread() {
            mem.putInt(8, 1);
            mem.fullFence();
            mem.compilerFence();
            assertEquals(1, mem.getInt(8));
        }
    }

    @Nested
    class Places {

        @Test
        void areTheWordsAtTheirOffsets() {
            long place = mem.place(16, 16);
            mem.putLong(place, 5L << 40);
            assertEquals(5L << 40, mem.getLong(16));
            mem.putLongRelease(place + 8, 6);
            assertEquals(6, mem.getLong(24));
            mem.putLongVolatile(place, 7);
            assertEquals(7, mem.getLongVolatile(place));
            assertEquals(7, mem.getLong(place));
            assertEquals(7, mem.getAndSetLong(place, -8));
            assertFalse(mem.casLong(place, 7, 9));
            assertTrue(mem.casLong(place, -8, 9));
            assertEquals(9, mem.getLong(16));
            mem.putInt(24, 10);
            assertFalse(mem.casInt(place + 8, 9, 11));
            assertTrue(mem.casInt(place + 8, 10, 11));
            assertEquals(11, mem.getInt(place + 8));
            assertEquals(11, mem.getIntVolatile(place + 8));
            assertEquals(11, mem.getInt(24));
        }

        @Test
        void takeEveryAccessAndOrdering() {
            long place = mem.place(16, 16);
            assertEquals(0, mem.getAndAddLong(place, 3L << 40));
            assertEquals(3L << 40, mem.getAndAddLong(place, 1));
            assertEquals((3L << 40) + 1, mem.getLongAcquire(place));
            assertEquals((3L << 40) + 1, mem.getLong(16));
            mem.putInt(place + 8, 1);
            assertEquals(1, mem.getIntAcquire(place + 8));
            mem.putIntRelease(place + 8, 2);
            assertEquals(2, mem.getInt(24));
            mem.putIntVolatile(place + 8, 3);
            assertEquals(3, mem.getAndAddInt(place + 8, -5));
            assertEquals(-2, mem.getAndSetInt(place + 8, 7));
            assertEquals(7, mem.getInt(24));
            assertEquals(0, mem.getInt(28), "the word beside it");
        }

        @Test
        void areCheckedWhenTheyAreMade() {
            mem.place(CAPACITY - 8, 8);
            assertThrows(IndexOutOfBoundsException.class, () -> mem.place(CAPACITY - 7, 8));
            assertThrows(IndexOutOfBoundsException.class, () -> mem.place(-8, 8));
            assertThrows(IndexOutOfBoundsException.class, () -> mem.place(0, CAPACITY + 1));
        }
    }

    @Nested
    class Bulk {

        @Test
        void bytesComeBackAsTheyWentIn() {
            byte[] in = {1, 2, 3, 4, 5};
            byte[] out = new byte[6];
            mem.putBytes(11, in, 1, 3);
            mem.getBytes(10, out, 1, 5);
            assertArrayEquals(new byte[]{0, 0, 2, 3, 4, 0}, out);
        }

        @Test
        void zeroClearsExactlyItsRange() {
            byte[] ones = new byte[CAPACITY];
            Arrays.fill(ones, (byte) 1);
            mem.putBytes(0, ones, 0, CAPACITY);
            mem.zero(3, CAPACITY - 7);
            byte[] expected = new byte[CAPACITY];
            for (int i : new int[]{0, 1, 2, CAPACITY - 4, CAPACITY - 3, CAPACITY - 2, CAPACITY - 1}) {
                expected[i] = 1;
            }
            byte[] found = new byte[CAPACITY];
            mem.getBytes(0, found, 0, CAPACITY);
            assertArrayEquals(expected, found);
        }

        @Test
        void nothingIsCopiedAtLengthZero() {
            mem.putBytes(CAPACITY, new byte[0], 0, 0);
            mem.getBytes(CAPACITY, new byte[0], 0, 0);
            mem.zero(CAPACITY, 0);
            assertEquals(0, mem.getLong(CAPACITY - 8));
        }

        @Test
        void rangesOutsideAreRefused() {
            byte[] array = new byte[16];
            assertThrows(IndexOutOfBoundsException.class, () -> mem.getBytes(CAPACITY - 8, array, 0, 9));
            assertThrows(IndexOutOfBoundsException.class, () -> mem.putBytes(CAPACITY - 8, array, 0, 9));
            assertThrows(IndexOutOfBoundsException.class, () -> mem.zero(CAPACITY - 8, 9));
            assertThrows(IndexOutOfBoundsException.class, () -> mem.getBytes(-1, array, 0, 2));
            assertThrows(IndexOutOfBoundsException.class, () -> mem.putBytes(-1, array, 0, 2));
            assertThrows(IndexOutOfBoundsException.class, () -> mem.zero(-1, 2));
            assertThrows(IndexOutOfBoundsException.class, () -> mem.getBytes(0, array, 10, 7));
            assertThrows(IndexOutOfBoundsException.class, () -> mem.putBytes(0, array, 10, 7));
        }
    }

    @Nested
    class Buffer {

        @Test
        void sharesTheMemoryInNativeOrderFromPositionZero() {
            ByteBuffer buffer = mem.buffer();
            assertEquals(0, buffer.position());
            assertEquals(CAPACITY, buffer.remaining());
            assertEquals(ByteOrder.nativeOrder(), buffer.order());
            mem.putLong(32, 99);
            assertEquals(99, buffer.getLong(32));
            buffer.putInt(40, 98);
            assertEquals(98, mem.getInt(40));
        }

        @Test
        void hasAPositionOfItsOwn() {
            mem.buffer().position(100);
            assertEquals(0, mem.buffer().position());
            assertEquals(CAPACITY, mem.capacity());
        }
    }

    @TestFactory
    Stream<DynamicTest> reachesTheLastWordAndNothingBeyond() {
        return List.of(1, 2, 4, 8).stream().flatMap(width -> operations(width).entrySet().stream()
                .map(operation -> DynamicTest.dynamicTest(operation.getKey(), () -> {
                    operation.getValue().accept(mem, 0);
                    operation.getValue().accept(mem, CAPACITY - width);
                    for (int outside : new int[]{-width, CAPACITY, CAPACITY + width, Integer.MIN_VALUE,
                        Integer.MAX_VALUE - width + 1}) {
                        assertThrows(IndexOutOfBoundsException.class, () -> operation.getValue().accept(mem, outside));
                    }
                })));
    }

    @Nested
    class Atomicity {

        private static final int TIMES = 100_000;

        @Test
        void twoThreadsLoseNoIncrement() throws InterruptedException {
            bothThreads(() -> {
                for (int i = 0; i < TIMES; i++) {
                    mem.getAndAddLong(64, 1);
                    mem.getAndAddInt(72, 1);
                }
            });
            assertEquals(2L * TIMES, mem.getLongVolatile(64));
            assertEquals(2 * TIMES, mem.getIntVolatile(72));
        }

        @Test
        void twoThreadsLoseNoCas() throws InterruptedException {
            bothThreads(() -> {
                for (int done = 0; done < TIMES;) {
                    long seen = mem.getLongVolatile(80);
                    done += mem.casLong(80, seen, seen + 1) ? 1 : 0;
                }
            });
            assertEquals(2L * TIMES, mem.getLongVolatile(80));
        }

        @Test
        void whatWasWrittenBeforeAReleaseIsSeenAfterTheAcquire() throws InterruptedException {
            Thread writer = new Thread(() -> {
                for (int i = 1; i <= TIMES; i++) {
                    mem.putLong(256, i);
                    mem.putLongRelease(384, i);
                }
            });
            writer.start();
            for (long seen = 0; seen < TIMES;) {
                seen = mem.getLongAcquire(384);
                assertTrue(mem.getLong(256) >= seen);
            }
            writer.join();
        }

        private void bothThreads(Runnable work) throws InterruptedException {
            Thread other = new Thread(work);
            other.start();
            work.run();
            other.join();
        }
    }
}
