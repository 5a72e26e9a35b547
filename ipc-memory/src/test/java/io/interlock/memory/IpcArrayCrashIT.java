package io.interlock.memory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.interlock.core.Segment;
import io.interlock.core.testing.ChildJvm;
import io.interlock.core.testing.TestDirs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The holder of an array's lock is killed half way through a change. */
class IpcArrayCrashIT {

    @RegisterExtension
    final TestDirs dirs = new TestDirs();

    @Test
    void theNextOwnerIsToldAndFindsTheElementsAsTheDeadLeftThem() {
        Segment segment = dirs.closeLater(Segment.create(dirs.path("s")));
        IpcIntArray array = IpcIntArray.create(segment, "a", 2);
        ChildJvm child = MemoryChild.start(dirs, segment);
        child.ask("hold a", "ok true");
        assertFalse(array.getLock().tryLock());
        child.kill9();
        try (var held = array.getLock().hold()) {
            assertTrue(held.previousOwnerDied());
            assertArrayEquals(new int[]{1, 0}, array.toArray());
        }
        try (var held = array.getLock().hold()) {
            assertFalse(held.previousOwnerDied());
        }
    }
}
