package io.interlock.core.object;

import io.interlock.core.format.EntryLayout;
import io.interlock.core.layout.Layout;
import java.util.List;

/**
 * A kind of object that can live in a segment: what the directory stores of it, and how a person is told of its state.
 *
 * @param code    number of the kind in the file; never reused
 * @param layout  layout of its block; name and version are the kind's
 * @param regions where words with an owner stand in the block, so that a reused participant slot can be cleaned without
 *                knowledge of the kind
 * @param state   tells the object's state in words
 */
public record ObjectType(int code, Layout layout, List<OwnerRegion> regions, StateDescription state) {

    /** Checks the declaration. */
    public ObjectType {
        if (code <= 0) {
            throw new IllegalArgumentException("code must be positive, code=" + code);
        }
        if (regions.size() > EntryLayout.MAX_REGIONS) {
            throw new IllegalArgumentException(
                    "a kind can have " + EntryLayout.MAX_REGIONS + " owner regions, regions=" + regions.size());
        }
        regions = List.copyOf(regions);
    }

    /** Name of the kind. */
    public String name() {
        return layout.name();
    }

    /** Tells the state of an object in words. */
    @FunctionalInterface
    public interface StateDescription {

        /** Reads the object, and nothing but reads. */
        void describe(Inspection object);
    }

    @Override
    public String toString() {
        return name();
    }
}
