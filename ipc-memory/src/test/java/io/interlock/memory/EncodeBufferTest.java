package io.interlock.memory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What those use who write new kinds of queue; what codecs use is tested with queues. */
class EncodeBufferTest {

    private final EncodeBuffer buffer = EncodeBuffer.borrow();

    @AfterEach
    final void giveBack() {
        buffer.giveBack();
    }

    @Nested
    class Set {

        @Test
        void writesOverWhatWasWritten() {
            buffer.putLong(-1);
            buffer.putLong(-1);
            buffer.setInt(3, 0x01020304);
            buffer.setLong(8, 0x1112131415161718L);
            ByteBuffer seen = ByteBuffer.wrap(buffer.bytes()).order(ByteOrder.nativeOrder());
            assertEquals(16, buffer.size());
            assertEquals(0x01020304, seen.getInt(3));
            assertEquals(0x1112131415161718L, seen.getLong(8));
            assertArrayEquals(new byte[]{-1, -1, -1}, Arrays.copyOf(buffer.bytes(), 3));
            assertEquals(-1, seen.get(7));
        }

        @ParameterizedTest
        @ValueSource(ints = {-1, 13, 14, 16, Integer.MIN_VALUE, Integer.MAX_VALUE})
        void ofFourBytesRefusesWhatWasNotWritten(int index) {
            buffer.putLong(0);
            buffer.putLong(0);
            assertThrows(IndexOutOfBoundsException.class, () -> buffer.setInt(index, 1));
            assertArrayEquals(new byte[16], Arrays.copyOf(buffer.bytes(), 16));
            buffer.setInt(12, 1);
        }

        @ParameterizedTest
        @ValueSource(ints = {-1, 9, 12, 16, Integer.MIN_VALUE, Integer.MAX_VALUE})
        void ofEightBytesRefusesWhatWasNotWritten(int index) {
            buffer.putLong(0);
            buffer.putLong(0);
            assertThrows(IndexOutOfBoundsException.class, () -> buffer.setLong(index, 1));
            assertArrayEquals(new byte[16], Arrays.copyOf(buffer.bytes(), 16));
            buffer.setLong(8, 1);
        }
    }

    @Nested
    class PutBytes {

        @ParameterizedTest
        @ValueSource(booleans = {true, false})
        void addsWhatIsLeftOfABuffer(boolean direct) {
            byte[] bytes = new byte[5_000];
            Arrays.fill(bytes, (byte) 7);
            ByteBuffer source = direct ? ByteBuffer.allocateDirect(5_000).put(bytes).flip() : ByteBuffer.wrap(bytes);
            source.position(1_000).limit(4_500);
            buffer.putByte((byte) 1);
            buffer.putBytes(source);
            assertEquals(3_501, buffer.size());
            assertEquals(0, source.remaining());
            assertEquals(1, buffer.bytes()[0]);
            assertArrayEquals(Arrays.copyOf(bytes, 3_500), Arrays.copyOfRange(buffer.bytes(), 1, 3_501));
            buffer.putBytes(ByteBuffer.allocate(0));
            assertEquals(3_501, buffer.size());
        }
    }

    @Nested
    class Part {

        @Test
        void isWhatTheCodecGets() {
            buffer.putInt(1);
            buffer.putLong(2);
            ByteBuffer part = buffer.part(4, 8);
            assertEquals(0, part.position());
            assertEquals(8, part.remaining());
            assertEquals(2, part.getLong());
            assertEquals(1, buffer.part(0, 4).getInt());
        }
    }

    @Nested
    class Borrow {

        @Test
        void givesAnotherOneWhileThisIsInUse() {
            EncodeBuffer other = EncodeBuffer.borrow();
            assertNotSame(buffer, other);
            other.giveBack();
        }

        @Test
        void givesTheSameEmptyOneAgain() {
            buffer.putLong(1);
            buffer.giveBack();
            assertSame(buffer, EncodeBuffer.borrow());
            assertEquals(0, buffer.size());
        }
    }
}
