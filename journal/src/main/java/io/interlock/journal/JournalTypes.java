package io.interlock.journal;

import io.interlock.core.object.ObjectType;
import io.interlock.core.object.ObjectTypes;
import java.util.List;

/** The kinds of object of this module, for the inspector. */
public final class JournalTypes implements ObjectTypes {

    @Override
    public List<ObjectType> types() {
        return List.of(JournalLayout.TYPE, TailerLayout.TYPE);
    }
}
