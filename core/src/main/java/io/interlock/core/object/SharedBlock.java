package io.interlock.core.object;

import io.interlock.core.port.Context;

/**
 * One object of a segment, as the directory knows it.
 *
 * @param context     the handle of the segment
 * @param id          number of the object in its segment, from 1; it can be given to other processes
 * @param type        code of the kind
 * @param typeVersion version of the kind's layout
 * @param parent      id of the object to which this one belongs, or 0
 * @param name        its name, empty for an anonymous one
 * @param offset      offset of its block
 * @param length      length of its block
 * @param parameter0  first parameter of its creation
 * @param parameter1  second parameter of its creation
 */
public record SharedBlock(Context context, int id, int type, int typeVersion, int parent, String name, int offset,
        int length, long parameter0, long parameter1) {

    /** The name, or {@code #id} for an anonymous object. */
    public String label() {
        return name.isEmpty() ? "#" + id : name;
    }
}
