package io.interlock.memory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.interlock.core.Segment;
import io.interlock.core.testing.ChildJvm;
import io.interlock.core.testing.TestDirs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Arrays between two JVMs. */
class IpcArrayIT {

    @RegisterExtension
    final TestDirs dirs = new TestDirs();

    @Test
    void anotherProcessReadsAndWritesThem() {
        Segment segment = dirs.closeLater(Segment.create(dirs.path("s")));
        IpcByteArray bytes = IpcByteArray.createOf(segment, "bytes", (byte) 1, (byte) -2, (byte) 3);
        IpcShortArray shorts = IpcShortArray.createOf(segment, "shorts", (short) 1000, (short) -2000, (short) 3);
        IpcDoubleArray doubles = IpcDoubleArray.createOf(segment, "doubles", -1.0, -2.0, -3.0);
        ChildJvm child = MemoryChild.start(dirs, segment);
        assertEquals("ok 3 3 3", child.ask("double-all"));
        bytes.getLock().run(() -> {
            assertArrayEquals(new byte[]{2, -4, 6}, bytes.toArray());
            assertArrayEquals(new short[]{2000, -4000, 6}, shorts.toArray());
            assertArrayEquals(new double[]{-2.0, -4.0, -6.0}, doubles.toArray());
        });
    }
}
