package io.interlock.journal.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.interlock.memory.Codec;
import io.interlock.memory.EncodeBuffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The format of an excerpt, byte by byte, and that its check sees everything. */
class ExcerptTest {

    private static byte[] excerpt(long first, List<String> messages) {
        EncodeBuffer out = EncodeBuffer.borrow();
        try {
            Excerpt.begin(out);
            messages.forEach(message -> assertEquals(message.length(), Excerpt.add(out, message, Codec.utf8())));
            Excerpt.seal(out, Excerpt.crcOf(out.bytes(), out.size()), messages.size(), first);
            return Arrays.copyOf(out.bytes(), out.size());
        } finally {
            out.giveBack();
        }
    }

    private static byte[] one() {
        return excerpt(0x0102030405060708L, List.of("ab", "", "c"));
    }

    @Nested
    class TheFormat {

        @Test
        void isThis() {
            Assumptions.assumeTrue(ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN);
            String hex = HexFormat.of().formatHex(one());
            assertEquals("68caacc4", hex.substring(0, 8));
            assertEquals("03000001" + "0807060504030201" // count and format, first
                    + "02000000" + "6162" + "00000000" + "01000000" + "63", hex.substring(8));
        }

        @Test
        void hasTheseNumbers() {
            assertEquals(16, Excerpt.HEADER_LENGTH);
            assertEquals(4, Excerpt.LENGTH_LENGTH);
            assertEquals(16 << 20, ExcerptStore.LARGEST_EXCERPT);
        }

        @Test
        void isReadAsItWasWritten() {
            byte[] bytes = one();
            assertTrue(Excerpt.isWhole(bytes, bytes.length));
            assertEquals(3, Excerpt.countOf(bytes));
            assertEquals(0x0102030405060708L, Excerpt.firstOf(bytes));
            assertEquals(0x010203040506070BL, Excerpt.endOf(bytes));
        }

        @Test
        void isTheSameForMessagesThatComeAsTheyAre() {
            EncodeBuffer out = EncodeBuffer.borrow();
            try {
                Excerpt.begin(out);
                for (String message : List.of("ab", "", "c")) {
                    Excerpt.add(out, ByteBuffer.wrap(message.getBytes(StandardCharsets.UTF_8)));
                }
                Excerpt.seal(out, Excerpt.crcOf(out.bytes(), out.size()), 3, 0x0102030405060708L);
                assertEquals(HexFormat.of().formatHex(one()),
                        HexFormat.of().formatHex(Arrays.copyOf(out.bytes(), out.size())));
            } finally {
                out.giveBack();
            }
        }
    }

    @Nested
    class IsWhole {

        @Test
        void noticesEveryFlippedBit() {
            for (long first : new long[]{0, 1, 5, 1L << 31, 0x0102030405060708L}) {
                byte[] good = excerpt(first, List.of("some message", "another"));
                assertTrue(Excerpt.isWhole(good, good.length));
                for (int bit = 0; bit < 8 * good.length; bit++) {
                    byte[] bad = good.clone();
                    bad[bit / 8] ^= (byte) (1 << bit % 8);
                    assertFalse(Excerpt.isWhole(bad, bad.length), "bit " + bit + " of " + first);
                }
            }
        }

        @Test
        void noticesEveryOtherLength() {
            byte[] good = one();
            for (int length = 0; length < good.length; length++) {
                assertFalse(Excerpt.isWhole(good, length), "length " + length);
            }
            assertFalse(Excerpt.isWhole(Arrays.copyOf(good, good.length + 1), good.length + 1));
        }

        @Test
        void noticesAnIndexAndACountOfAnotherExcerpt() {
            byte[] good = excerpt(100, List.of("a", "b"));
            for (int first = 0; first < 300; first++) {
                for (int count = -2; count < 6; count++) {
                    byte[] other = good.clone();
                    ByteBuffer.wrap(other).order(ByteOrder.nativeOrder()).putInt(4, 1 << 24 | count & 0xFF_FFFF)
                            .putLong(8, first);
                    assertEquals(first == 100 && count == 2, Excerpt.isWhole(other, other.length));
                }
            }
        }

        @Test
        void isFalseForZeros() {
            assertFalse(Excerpt.isWhole(new byte[100], 100));
            assertFalse(Excerpt.isWhole(new byte[100], 0));
        }
    }

    @Nested
    class ACursor {

        @Test
        void walksOverTheMessages() {
            byte[] bytes = excerpt(10, List.of("ab", "", "c"));
            ExcerptCursor cursor = new ExcerptCursor();
            assertFalse(cursor.moveTo(0));
            assertFalse(cursor.isBehind(0));
            cursor.begin(bytes, bytes.length);
            assertTrue(cursor.isBehind(9));
            assertFalse(cursor.moveTo(9));
            for (String message : List.of("ab", "", "c")) {
                assertTrue(cursor.moveTo(10 + List.of("ab", "", "c").indexOf(message)));
                assertEquals(message, Codec.utf8().decode(cursor.message()));
                assertEquals(message.length(), cursor.messageLength());
            }
            assertFalse(cursor.moveTo(11), "it goes forwards only");
            assertFalse(cursor.moveTo(13));
            cursor.begin(bytes, bytes.length);
            assertTrue(cursor.moveTo(12));
            cursor.forget();
            assertFalse(cursor.moveTo(12));
            assertFalse(cursor.isBehind(9));
        }
    }
}
