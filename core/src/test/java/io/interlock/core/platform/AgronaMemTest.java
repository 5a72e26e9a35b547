package io.interlock.core.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.interlock.core.port.Mem;
import io.interlock.core.port.MemContract;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class AgronaMemTest extends MemContract {

    @Override
    protected Mem mem(ByteBuffer direct) {
        return new AgronaMem(direct);
    }

    @Test
    void directBufferIsTheSameMemory() {
        AgronaMem mem = new AgronaMem(ByteBuffer.allocateDirect(64));
        mem.directBuffer(8, 8).putLong(0, 42);
        assertEquals(42, mem.getLong(8));
    }

    @Test
    void isChosenWhereTheExportIsGiven() {
        assertEquals(Platform.hasAgrona() ? AgronaMem.class : VarHandleMem.class,
                Platform.mem(ByteBuffer.allocateDirect(64)).getClass());
    }
}
