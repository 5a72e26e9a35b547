package io.interlock.core.platform;

import static org.junit.jupiter.api.Assertions.assertFalse;

import io.interlock.core.port.Context;
import io.interlock.core.port.Futex;
import io.interlock.core.port.FutexContract;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class BackoffFutexTest extends FutexContract {

    @Override
    protected Futex futex(Context of) {
        return new BackoffFutex(of.mem);
    }

    @Test
    void saysThatItReachesNobodyElse() {
        BackoffFutex futex = new BackoffFutex(new VarHandleMem(ByteBuffer.allocateDirect(64)));
        assertFalse(futex.reachesOthers());
        assertFalse(futex.barrier());
    }
}
