package io.interlock.sync;

import io.interlock.core.object.ObjectType;
import io.interlock.core.object.ObjectTypes;
import java.util.List;

/** The kinds of object of this module, for the inspector. */
public final class SyncTypes implements ObjectTypes {

    @Override
    public List<ObjectType> types() {
        return List.of(LockLayout.LOCK, LockLayout.RLOCK, SemaphoreLayout.TYPE, EventLayout.TYPE, ConditionLayout.TYPE);
    }
}
