package io.interlock.core.format;

import java.nio.charset.StandardCharsets;

/** What a name may be. */
public final class NameLimits {

    /** Longest name, in bytes of UTF-8. */
    public static final int MAX_BYTES = 128;

    private NameLimits() {
    }

    /**
     * Checks a name and encodes it.
     *
     * @param what what is named, for the message
     * @throws IllegalArgumentException if the name is empty, too long, or has a slash or a NUL
     */
    public static byte[] encode(String what, String name) {
        if (name == null) {
            throw new NullPointerException(what + " name must not be null");
        }
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        if (bytes.length == 0 || bytes.length > MAX_BYTES) {
            throw new IllegalArgumentException(what + " name must have 1 to " + MAX_BYTES
                    + " bytes of UTF-8, it has " + bytes.length + (bytes.length > 0 ? ": " + name.substring(0, 16)
                            + "..."
                            : ""));
        }
        if (name.indexOf('/') >= 0 || name.indexOf('\0') >= 0) {
            throw new IllegalArgumentException(
                    what + " name must not contain a slash or a NUL: \"" + name.replace('\0', '?') + "\"");
        }
        return bytes;
    }
}
