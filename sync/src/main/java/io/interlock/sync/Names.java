package io.interlock.sync;

/** Names of objects, on their way to the directory. */
final class Names {

    private Names() {
    }

    /** A name that somebody gave: the empty one stands for anonymous objects and cannot be asked for. */
    static String checked(String name) {
        if (name == null) {
            throw new NullPointerException("object name must not be null");
        }
        if (name.isEmpty()) {
            throw new IllegalArgumentException(
                    "object name must have 1 to 128 bytes of UTF-8, it has 0; for an anonymous object leave it out");
        }
        return name;
    }
}
