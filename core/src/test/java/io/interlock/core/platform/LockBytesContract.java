package io.interlock.core.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.interlock.core.testing.ChildJvm;
import io.interlock.core.testing.TestDirs;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every kind of {@link LockBytes} does, beside another process that uses the same or the other kind. */
abstract class LockBytesContract {

    @RegisterExtension
    final TestDirs dirs = new TestDirs();

    private Path file;
    private LockBytes mine;

    /** {@code ofd} or {@code fileLock}. */
    abstract String kind();

    @BeforeEach
    void openTheFile() throws Exception {
        Assumptions.assumeTrue(Platform.hasNativeCalls(), "skipped, no native calls here");
        file = Files.createFile(dirs.path("bytes"));
        mine = LockBytesChild.open(kind(), file);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ofd", "fileLock"})
    void aHeldByteIsSeenByTheOtherAndCannotBeTaken(String other) {
        ChildJvm child = child(other);
        assertTrue(mine.tryLock(3));
        assertEquals("true", child.ask("isLocked 3"));
        assertEquals("false", child.ask("lock 3"));
        assertEquals("false", child.ask("isLocked 2"));
        assertEquals("false", child.ask("isLocked 4"));
        assertEquals("true", child.ask("anyLocked 0 4"));
        assertEquals("true", child.ask("anyLocked 3 9"));
        assertEquals("false", child.ask("anyLocked 0 3"));
        assertEquals("false", child.ask("anyLocked 4 4095"));
        assertEquals("false", child.ask("anyLocked 3 3"));
        assertEquals("true", child.ask("lock 5"));
        assertTrue(mine.isLocked(5));
        assertFalse(mine.tryLock(5));
        assertTrue(mine.anyLocked(4, 6));
        assertFalse(mine.anyLocked(4, 5));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ofd", "fileLock"})
    void askingChangesNothing(String other) {
        ChildJvm child = child(other);
        assertTrue(mine.tryLock(1));
        assertEquals("true", child.ask("lock 2"));
        for (int i = 0; i < 3; i++) {
            assertTrue(mine.isLocked(1));
            assertTrue(mine.isLocked(2));
            assertEquals("true", child.ask("isLocked 1"));
            assertEquals("true", child.ask("isLocked 2"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ofd", "fileLock"})
    void aStoppedHolderKeepsItsByteAndAKilledOneLosesIt(String other) {
        ChildJvm child = child(other);
        assertEquals("true", child.ask("lock 4094"));
        child.stop();
        assertTrue(mine.isLocked(4094));
        assertFalse(mine.tryLock(4094));
        child.cont();
        assertEquals("true", child.ask("isLocked 4094"));
        child.kill9();
        assertFalse(mine.isLocked(4094));
        assertTrue(mine.tryLock(4094));
    }

    private ChildJvm child(String other) {
        ChildJvm child = dirs.closeLater(ChildJvm.of(LockBytesChild.class, other, file.toString()).start());
        child.expectLine("ready");
        return child;
    }
}
