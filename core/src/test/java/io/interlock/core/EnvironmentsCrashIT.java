package io.interlock.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.interlock.core.port.Context;
import io.interlock.core.robust.EventCount;
import io.interlock.core.robust.RobustWord;
import io.interlock.core.testing.ChildJvm;
import io.interlock.core.testing.Commands;
import io.interlock.core.testing.Mounts;
import io.interlock.core.testing.SegmentChild;
import io.interlock.core.testing.TestDirs;
import io.interlock.core.testing.TestObjects;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The same promises without the export, without native code, across PID namespaces, on other file systems. */
class EnvironmentsCrashIT {

    private static final SegmentOptions SMALL = SegmentOptions.defaults().withSizeBytes(1 << 16);

    @RegisterExtension
    final TestDirs dirs = new TestDirs();

    @Nested
    class WithoutTheExport {

        @Test
        void aProcessSharesWithOneThatHasIt() {
            ChildJvm child = SegmentChild.start(dirs, ChildJvm.of(SegmentChild.class).withoutExport());
            assertEquals("native=true agrona=false", child.ask("platform", "ok"));
            sharesAndDies(child, dirs.path("one"));
        }
    }

    @Nested
    class WithoutNativeCode {

        @Test
        void aProcessSharesWithOneThatHasIt() {
            ChildJvm child = SegmentChild.start(dirs, poor());
            assertEquals("native=false agrona=true", child.ask("platform", "ok"));
            sharesAndDies(child, dirs.path("one"));
            assertTrue(child.errors().contains("without native calls"), child.errors());
        }

        @Test
        void twoProcessesShareASegment() {
            ChildJvm first = SegmentChild.start(dirs, poor().withoutExport());
            ChildJvm second = SegmentChild.start(dirs, poor());
            assertEquals("native=false agrona=false", first.ask("platform", "ok"));
            Path path = dirs.path("one");
            first.ask("create " + path + " size=65536", "ok");
            second.ask("open " + path, "ok");
            second.send("await flag 0 5");
            first.ask("put flag 0 5", "ok");
            second.expectLine("ok");
            first.ask("lock lock 1", "ok true");
            assertEquals("false", second.ask("lock lock 1", "ok"));
            first.kill9();
            second.ask("lock lock 60000000000", "ok true inconsistent");
        }

        @Test
        void aProcessSeesTheDeathOfOneThatHasIt() {
            ChildJvm poor = SegmentChild.start(dirs, poor());
            ChildJvm rich = SegmentChild.start(dirs);
            Path path = dirs.path("one");
            rich.ask("create " + path + " size=65536", "ok");
            poor.ask("open " + path, "ok");
            rich.ask("lock lock 1", "ok true");
            assertEquals("false", poor.ask("lock lock 1", "ok"));
            rich.kill9();
            poor.ask("lock lock 60000000000", "ok true inconsistent");
        }

        @Test
        void aSegmentMayBeClosedAndOpenedAgain() {
            ChildJvm poor = SegmentChild.start(dirs, poor());
            ChildJvm rich = SegmentChild.start(dirs);
            Path path = dirs.path("one");
            poor.ask("create " + path + " size=65536", "ok");
            rich.ask("open " + path, "ok");
            poor.ask("add counter 0 3", "ok");
            poor.ask("close", "ok");
            poor.ask("open " + path, "ok");
            assertEquals("3", poor.ask("get counter 0", "ok"));
            assertEquals("false", rich.ask("isDead " + poor.ask("slot", "ok") + " " + poor.ask("generation", "ok"),
                    "ok"));
        }

        private ChildJvm.Builder poor() {
            return ChildJvm.of(SegmentChild.class).withoutNativeLibrary();
        }
    }

    @Nested
    class AcrossPidNamespaces {

        @Test
        void theLivingAndTheDeadAreSeen() {
            Commands.assume("unshare", "--pid", "--fork", "true");
            ChildJvm child =
                    SegmentChild.start(dirs, ChildJvm.of(SegmentChild.class).under("unshare", "--pid", "--fork"));
            sharesAndDies(child, dirs.path("one"));
        }

        @Test
        void aChildInsideSeesThoseOutside() {
            Commands.assume("unshare", "--pid", "--fork", "true");
            ChildJvm outside = SegmentChild.start(dirs);
            ChildJvm inside =
                    SegmentChild.start(dirs, ChildJvm.of(SegmentChild.class).under("unshare", "--pid", "--fork"));
            Path path = dirs.path("one");
            outside.ask("create " + path + " size=65536", "ok");
            inside.ask("open " + path, "ok");
            outside.ask("lock lock 1", "ok true");
            assertEquals("false", inside.ask("lock lock 100000000", "ok"));
            outside.kill9();
            inside.ask("lock lock 60000000000", "ok true inconsistent");
        }
    }

    @Nested
    class OnOtherFileSystems {

        @Test
        void overlayShowsTheLivingAndTheDead() throws Exception {
            Path path = Mounts.overlay(dirs).resolve("one");
            sharesAndDies(SegmentChild.start(dirs), path);
        }

        @Test
        void ext4ShowsTheLivingAndTheDead() throws Exception {
            Path path = Mounts.ext4(dirs).resolve("one");
            sharesAndDies(SegmentChild.start(dirs), path);
        }

        @Test
        void overlayShowsThemToProcessesWithoutNativeCode() throws Exception {
            Path path = Mounts.overlay(dirs).resolve("one");
            sharesAndDies(SegmentChild.start(dirs, ChildJvm.of(SegmentChild.class).withoutNativeLibrary()), path);
        }
    }

    /** A child and this process share memory, wake each other, and see each other alive; then the child's death. */
    private void sharesAndDies(ChildJvm child, Path path) {
        Segment mine = dirs.closeLater(Segment.create(path, SMALL));
        Context context = mine.context();
        int flag = TestObjects.words(mine, "flag").offset();
        child.ask("open " + path, "ok");
        int slot = Integer.parseInt(child.ask("slot", "ok"));
        int generation = Integer.parseInt(child.ask("generation", "ok"));
        assertEquals(2, mine.stats().participants());
        assertFalse(context.liveness.isDead(slot, generation));
        child.send("await flag 0 17");
        context.mem.putLongVolatile(flag, 17);
        new EventCount(context, flag + 8).signalAll();
        child.expectLine("ok");
        child.ask("add flag 0 3", "ok");
        assertEquals(20, context.mem.getLongVolatile(flag));
        assertEquals("false", child.ask("isDead " + mySlot(context), "ok"));
        child.ask("lock lock 1", "ok true");
        for (int i = 0; i < 100; i++) {
            assertFalse(context.liveness.isDead(slot, generation));
        }
        child.stop();
        assertFalse(context.liveness.isDead(slot, generation));
        child.cont();
        assertEquals("20", child.ask("get flag 0", "ok"));
        child.kill9();
        assertTrue(context.liveness.isDead(slot, generation));
        assertEquals(1, mine.stats().participants());
        var lock = TestObjects.lock(TestObjects.guarded(mine, "lock"));
        assertTrue(lock.tryAcquireOrTakeOver(context.self.current()));
        assertTrue(lock.isInconsistent());
    }

    private static String mySlot(Context context) {
        return RobustWord.slotOf(context.participant) + " "
                + RobustWord.generationOf(context.participant);
    }
}
