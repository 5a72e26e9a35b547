package io.interlock.core.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.interlock.core.port.Mem;
import io.interlock.core.port.MemContract;
import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import org.junit.jupiter.api.Test;

class VarHandleMemTest extends MemContract {

    @Override
    protected Mem mem(ByteBuffer direct) {
        return new VarHandleMem(direct);
    }

    @Test
    void misalignedAtomicAccessesAreRefused() {
        Mem mem = new VarHandleMem(ByteBuffer.allocateDirect(72).alignedSlice(8));
        assertThrows(IllegalStateException.class, () -> mem.getIntVolatile(2));
        assertThrows(IllegalStateException.class, () -> mem.casLong(4, 0, 1));
        assertThrows(IllegalStateException.class, () -> mem.getAndAddLong(12, 1));
    }

    @Test
    void aReadOnlyBufferRefusesWrites() {
        Mem mem = new VarHandleMem(ByteBuffer.allocateDirect(64).asReadOnlyBuffer());
        assertThrows(ReadOnlyBufferException.class, () -> mem.putInt(0, 1));
        assertThrows(ReadOnlyBufferException.class, () -> mem.putBytes(0, new byte[1], 0, 1));
        assertThrows(UnsupportedOperationException.class, () -> mem.casLong(0, 0, 1));
        assertEquals(0, mem.getLongVolatile(0));
    }
}
