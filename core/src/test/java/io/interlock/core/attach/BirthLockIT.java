package io.interlock.core.attach;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.interlock.core.error.SegmentAccessException;
import io.interlock.core.platform.LockBytesChild;
import io.interlock.core.testing.ChildJvm;
import io.interlock.core.testing.TestDirs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class BirthLockIT {

    private static final long PATIENCE_MILLIS = 200;

    @RegisterExtension
    final TestDirs dirs = new TestDirs();

    @Nested
    class HeldByAStoppedCreator {

        @Test
        void isWaitedForAndThenSaidUntilThatIsDead() throws Exception {
            Path file = Files.createFile(dirs.path(".interlock.lock"));
            try (ChildJvm holder = ChildJvm.of(LockBytesChild.class, "fileLock", file.toString()).start()) {
                holder.expectLine("ready");
                assertEquals("true", holder.ask("lock 0"));
                holder.stop();

                long begin = System.nanoTime();
                SegmentAccessException refused = assertThrows(SegmentAccessException.class,
                        () -> BirthLock.of(dirs.directory(), TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS)));
                assertTrue(System.nanoTime() - begin >= TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS));
                assertEquals(file + " has been locked for 200 ms by another process; is that process stopped?",
                        refused.getMessage());

                holder.kill9();
                BirthLock.of(dirs.directory()).close();
            }
        }
    }
}
