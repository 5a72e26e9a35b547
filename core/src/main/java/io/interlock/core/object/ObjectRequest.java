package io.interlock.core.object;

import io.interlock.core.port.Mem;

/**
 * What somebody wants of the directory.
 *
 * @param type        kind of the object
 * @param lengthBytes length of its block, for a new one
 * @param parent      id of the object to which it belongs, or 0
 * @param name        name, or empty for an anonymous object (then always new)
 * @param parameter0  first parameter; must be equal to that of an existing object
 * @param parameter1  second parameter; likewise
 * @param initializer fills the zeroed block of a new object, before anybody can see it
 */
public record ObjectRequest(ObjectType type, int lengthBytes, int parent, String name, long parameter0, long parameter1,
        Initializer initializer) {

    /** Fills a new block. */
    @FunctionalInterface
    public interface Initializer {

        /** Writes the start values, plain; the publication of the object orders them. */
        void fill(Mem mem, int offset);
    }

    /** A named or anonymous object with a block of its layout's length and no parameters. */
    public static ObjectRequest of(ObjectType type, String name, Initializer initializer) {
        return new ObjectRequest(type, type.layout().lengthBytes(), 0, name, 0, 0, initializer);
    }

    /** The same with parameters. */
    public ObjectRequest with(long first, long second) {
        return new ObjectRequest(type, lengthBytes, parent, name, first, second, initializer);
    }

    /** The same as a part of another object. */
    public ObjectRequest partOf(int parentId) {
        return new ObjectRequest(type, lengthBytes, parentId, name, parameter0, parameter1, initializer);
    }

    /** The same with another length. */
    public ObjectRequest ofLength(int bytes) {
        return new ObjectRequest(type, bytes, parent, name, parameter0, parameter1, initializer);
    }
}
