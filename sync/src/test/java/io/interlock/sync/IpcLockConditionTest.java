package io.interlock.sync;

import io.interlock.core.Segment;

class IpcLockConditionTest extends ConditionContract {

    @Override
    IpcMutex newLock(Segment in, String name) {
        return IpcLock.create(in, name);
    }
}
