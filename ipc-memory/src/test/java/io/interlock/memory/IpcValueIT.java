package io.interlock.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.interlock.core.Segment;
import io.interlock.core.testing.ChildJvm;
import io.interlock.core.testing.TestDirs;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Values between two JVMs. */
class IpcValueIT {

    @RegisterExtension
    final TestDirs dirs = new TestDirs();
    private Segment segment;

    @BeforeEach
    void create() {
        segment = dirs.closeLater(Segment.create(dirs.path("s")));
    }

    @Test
    void anotherProcessReadsAndWritesThem() {
        IpcInt i = IpcInt.create(segment, "i", -1);
        IpcLong l = IpcLong.create(segment, "l", 1L << 40);
        IpcDouble d = IpcDouble.create(segment, "d", 0.5);
        IpcBoolean b = IpcBoolean.create(segment, "b", true);
        ChildJvm child = MemoryChild.start(dirs, segment);
        assertEquals("ok -1", child.ask("int i 100"));
        assertEquals("ok " + (1L << 40), child.ask("long l -9"));
        assertEquals("ok 0.5", child.ask("double d -1.25"));
        assertEquals("ok true", child.ask("boolean b false"));
        assertEquals(100, i.get());
        assertEquals(-9, l.get());
        assertEquals(-1.25, d.get());
        assertEquals(false, b.get());
    }

    @Test
    void anAnonymousOneIsFoundByItsNumber() {
        IpcLong l = IpcLong.create(segment, 41);
        ChildJvm child = MemoryChild.start(dirs, segment);
        assertEquals("ok 42", child.ask("anonymous " + l.id()));
        assertEquals(42, l.get());
    }

    @Test
    void theLockIsTheSameInAllProcesses() {
        IpcLong l = IpcLong.create(segment, "l");
        ChildJvm first = MemoryChild.start(dirs, segment);
        ChildJvm second = MemoryChild.start(dirs, segment);
        String id = first.ask("lock l");
        assertEquals(id, second.ask("lock l"));
        assertEquals(id, "ok " + l.getLock().id());
    }

    @Test
    void twoProcessesWithTwoThreadsEachLoseNothing() {
        int times = 20_000;
        IpcInt i = IpcInt.create(segment, "int");
        IpcLong l = IpcLong.create(segment, "long");
        IpcDouble d = IpcDouble.create(segment, "double");
        IpcLong guarded = IpcLong.create(segment, "guarded");
        IpcIntArray ints = IpcIntArray.create(segment, "ints", 3);
        IpcLongArray longs = IpcLongArray.create(segment, "longs", 3);
        IpcDoubleArray doubles = IpcDoubleArray.create(segment, "doubles", 3);
        IpcFloatArray floats = IpcFloatArray.create(segment, "floats", 3);
        ChildJvm first = MemoryChild.start(dirs, segment);
        ChildJvm second = MemoryChild.start(dirs, segment);
        first.send("add 2 " + times);
        second.send("add 2 " + times);
        first.expectLine("ok added");
        second.expectLine("ok added");
        int expected = 4 * times;
        assertEquals(expected, i.get());
        assertEquals(expected, l.get());
        assertEquals(expected, d.get());
        assertEquals(expected, guarded.get());
        assertEquals(expected, ints.get(1));
        assertEquals(expected, longs.get(1));
        assertEquals(expected, doubles.get(1));
        assertEquals(expected, floats.get(1));
        assertEquals(0, ints.get(0) + longs.get(2) + doubles.get(0) + floats.get(2));
    }
}
