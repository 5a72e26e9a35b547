package io.interlock.memory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.interlock.memory.error.CodecException;
import java.nio.ByteBuffer;
import java.util.function.Function;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What is done with codecs that are not as they should be. */
class EncodingTest {

    private static Codec<String> codec(String id, Function<ByteBuffer, String> decode) {
        return new Codec<>() {

            @Override
            public String id() {
                return id;
            }

            @Override
            public void encode(String item, EncodeBuffer out) {
                throw new AssertionError("not asked for");
            }

            @Override
            public String decode(ByteBuffer message) {
                return decode.apply(message);
            }
        };
    }

    @Nested
    class IdOf {

        @Test
        void isTheIdIfItCanBeStored() {
            for (String id : new String[]{"a", "acme.order.v1", "x".repeat(Encoding.MAX_ID_BYTES),
                "\u00e4".repeat(Encoding.MAX_ID_BYTES / 2)}) {
                assertEquals(id, Encoding.idOf(codec(id, null)));
            }
        }

        @Test
        void refusesOthers() {
            for (String id : new String[]{"", "a\0b", "x".repeat(Encoding.MAX_ID_BYTES + 1),
                "\u00e4".repeat(Encoding.MAX_ID_BYTES / 2 + 1)}) {
                assertThrows(IllegalArgumentException.class, () -> Encoding.idOf(codec(id, null)), id);
            }
            assertThrows(NullPointerException.class, () -> Encoding.idOf(null));
            assertThrows(NullPointerException.class, () -> Encoding.idOf(codec(null, null)));
        }
    }

    @Nested
    class Decode {

        private final byte[] bytes = {9, 1, 2, 3, 9};

        private ByteBuffer message() {
            return ByteBuffer.wrap(bytes).position(1).limit(4);
        }

        @Test
        void givesTheItem() {
            assertEquals("1 2 3", Encoding.decode(message(), codec("c", in -> in.get() + " " + in.get() + " "
                    + in.get()), "queue \"q\""));
        }

        @Test
        void tellsWhatTheCodecThrewWithTheBytes() {
            for (Throwable cause : new Throwable[]{new IllegalStateException("no"), new StackOverflowError(),
                new AssertionError("no"), new NoClassDefFoundError("no")}) {
                CodecException told = assertThrows(CodecException.class, () -> Encoding.decode(message(),
                        codec("test.c", in -> {
                            in.get();
                            throw EncodingTest.<RuntimeException>sneaky(cause);
                        }), "pipe \"p\""));
                assertSame(cause, told.getCause());
                assertArrayEquals(new byte[]{1, 2, 3}, told.message());
                assertTrue(told.getMessage().contains("test.c") && told.getMessage().contains("of pipe \"p\""),
                        told.getMessage());
            }
        }

        @Test
        void refusesNull() {
            CodecException told = assertThrows(CodecException.class, () -> Encoding.decode(message(),
                    codec("c", in -> null), "queue \"q\""));
            assertTrue(told.getCause().getMessage().contains("null"), told.getCause().toString());
        }

        @Test
        void hasTheBytesWhateverTheCodecDidToTheBuffer() {
            CodecException told = assertThrows(CodecException.class, () -> Encoding.decode(message(),
                    codec("c", in -> {
                        in.clear().limit(2);
                        throw new IllegalStateException();
                    }), "queue \"q\""));
            assertArrayEquals(new byte[]{1, 2, 3}, told.message());
        }

        @Test
        void letsAnOutOfMemoryErrorThrough() {
            OutOfMemoryError error = new OutOfMemoryError("of a test");
            assertSame(error, assertThrows(OutOfMemoryError.class, () -> Encoding.decode(message(),
                    codec("c", in -> {
                        throw error;
                    }), "queue \"q\"")));
        }
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> T sneaky(Throwable any) throws T {
        throw (T) any;
    }
}
