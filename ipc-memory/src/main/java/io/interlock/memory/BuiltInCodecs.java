package io.interlock.memory;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** The codecs of byte arrays and strings. */
final class BuiltInCodecs {

    static final Codec<byte[]> BYTES = new Codec<>() {
        @Override
        public String id() {
            return "bytes";
        }

        @Override
        public void encode(byte[] item, EncodeBuffer out) {
            out.putBytes(item);
        }

        @Override
        public byte[] decode(ByteBuffer message) {
            byte[] item = new byte[message.remaining()];
            message.get(item);
            return item;
        }

        @Override
        public String toString() {
            return "Codec[bytes]";
        }
    };

    static final Codec<String> UTF_8 = new Codec<>() {
        @Override
        public String id() {
            return "utf8";
        }

        @Override
        public void encode(String item, EncodeBuffer out) {
            out.putBytes(hasSurrogates(item) ? strictly(item) : item.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public String decode(ByteBuffer message) {
            byte[] utf8 = BYTES.decode(message);
            return new String(utf8, StandardCharsets.UTF_8);
        }

        @Override
        public String toString() {
            return "Codec[utf8]";
        }
    };

    private BuiltInCodecs() {
    }

    private static boolean hasSurrogates(String item) {
        for (int i = 0; i < item.length(); i++) {
            if (Character.isSurrogate(item.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    private static byte[] strictly(String item) {
        try {
            return BYTES.decode(StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(item)));
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("the string has half of a surrogate pair, which UTF-8 cannot hold", e);
        }
    }
}
