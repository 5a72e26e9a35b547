package io.interlock.core.object;

import java.util.List;

/** Announces the kinds of object of one module; found by {@link java.util.ServiceLoader}. */
public interface ObjectTypes {

    /** The kinds. */
    List<ObjectType> types();
}
