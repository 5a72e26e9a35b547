package io.interlock.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.interlock.core.error.ParticipantsFullException;
import io.interlock.core.error.SegmentNotFoundException;
import io.interlock.core.testing.ChildJvm;
import io.interlock.core.testing.Commands;
import io.interlock.core.testing.Mounts;
import io.interlock.core.testing.SegmentChild;
import io.interlock.core.testing.TestDirs;
import io.interlock.core.testing.TestObjects;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Segments between real processes. */
class SegmentIT {

    private static final SegmentOptions SMALL = SegmentOptions.defaults().withSizeBytes(1 << 16);

    @RegisterExtension
    final TestDirs dirs = new TestDirs();

    @Nested
    class OpenOrCreate {

        @Test
        void byTenProcessesAtOnceMakesOneSegment() {
            Path path = dirs.path("one");
            List<ChildJvm> children = children(10);
            children.forEach(child -> child.send("openOrCreate " + path + " size=65536"));
            children.forEach(child -> child.expectLine("ok " + path));
            children.forEach(child -> child.send("add counter 0 1000"));
            children.forEach(child -> child.expectLine("ok"));
            try (Segment segment = Segment.open(path)) {
                assertEquals(11, segment.stats().participants());
                assertEquals(1, segment.stats().objects());
                int word = TestObjects.words(segment, "counter").offset();
                assertEquals(10_000, segment.context().mem.getLongVolatile(word));
            }
            assertEquals(List.of(".interlock.lock", "one"), files(dirs.directory()));
        }
    }

    @Nested
    class Open {

        @Test
        void aThousandTimesNeedsNoMoreDescriptorsThanOnce() {
            Path path = dirs.path("one");
            Segment.create(path, SMALL).close();
            ChildJvm child = SegmentChild.start(dirs, ChildJvm.of(SegmentChild.class)
                    .under("sh", "-c", "ulimit -n 256; exec \"$@\"", "sh").with("-XX:-MaxFDLimit"));
            child.ask("reopen " + path + " 1000", "ok");
        }
    }

    @Nested
    class SpaceForTwo {

        @Tag("proof")
        @Test
        void oneNameIsAttachedByAllTen() {
            Path directory = Mounts.tmpfs(dirs, "1m");
            List<ChildJvm> children = children(10);
            children.forEach(child -> child.send("openOrCreate " + directory.resolve("one") + " size=450000"));
            children.forEach(child -> child.expectLine("ok"));
            children.forEach(ChildJvm::close);
            assertEquals(List.of(".interlock.lock", "one"), files(directory));
        }

        @Tag("proof")
        @Test
        void ofTenNamesTwoAreBornAndEightFailCleanly() {
            Path directory = Mounts.tmpfs(dirs, "1m");
            List<ChildJvm> children = children(10);
            for (int i = 0; i < 10; i++) {
                children.get(i).send("create " + directory.resolve("name" + i) + " size=450000");
            }
            List<String> answers = children.stream().map(ChildJvm::nextLine).toList();
            assertEquals(2, answers.stream().filter(a -> a.startsWith("ok")).count(), answers.toString());
            assertEquals(8, answers.stream().filter(a -> a.startsWith("failed NoSpaceException")).count(),
                    answers.toString());
            assertEquals(3, files(directory).size(), files(directory).toString());
        }
    }

    @Nested
    class ResetIfUnused {

        @Test
        void changesNothingWhileAnotherProcessIsAttached() {
            Segment mine = dirs.closeLater(Segment.create(dirs.path("one"), SMALL));
            TestObjects.words(mine, "words");
            ChildJvm child = SegmentChild.start(dirs);
            child.ask("open " + mine.path(), "ok");
            assertSame(mine, mine.resetIfUnused());
            assertEquals(1, mine.stats().objects());
            child.ask("close", "ok");
            Segment fresh = dirs.closeLater(mine.resetIfUnused());
            assertNotSame(mine, fresh);
            assertEquals(0, fresh.stats().objects());
            child.ask("open " + mine.path(), "ok");
            assertEquals(2, fresh.stats().participants());
        }
    }

    @Nested
    class Temporary {

        @Test
        void isRemovedByTheLastToLeaveIt() {
            ChildJvm first = SegmentChild.start(dirs, inThisDirectory());
            ChildJvm second = SegmentChild.start(dirs, inThisDirectory());
            Path path = Path.of(first.ask("temporary size=65536", "ok"));
            assertEquals(dirs.directory(), path.getParent());
            second.ask("open " + path, "ok");
            first.ask("close", "ok");
            assertTrue(Files.exists(path));
            second.ask("close", "ok");
            assertFalse(Files.exists(path));
        }

        @Test
        void isRemovedHoweverTwoLeaveItAtOnce() {
            ChildJvm first = SegmentChild.start(dirs, inThisDirectory());
            ChildJvm second = SegmentChild.start(dirs, inThisDirectory());
            for (int round = 0; round < 20; round++) {
                Path path = Path.of(first.ask("temporary size=65536", "ok"));
                second.ask("open " + path, "ok");
                first.send("close");
                second.send("close");
                first.expectLine("ok");
                second.expectLine("ok");
                assertFalse(Files.exists(path), "in round " + round);
            }
        }
    }

    @Nested
    class Names {

        @Test
        void areFilesOfTheGivenDirectory() {
            ChildJvm child = SegmentChild.start(dirs, inThisDirectory());
            assertEquals(dirs.path("orders").toString(), child.ask("create orders size=65536", "ok"));
            child.ask("create bills size=65536", "ok");
            assertEquals("bills:1,orders:1", child.ask("list", "ok"));
            child.ask("unlink orders", "ok");
            assertEquals("bills:1", child.ask("list", "ok"));
            child.ask("open orders", "failed SegmentNotFoundException");
        }

        @Test
        void oneBadFileDoesNotHideTheOthers() throws Exception {
            ChildJvm child = SegmentChild.start(dirs, inThisDirectory());
            Files.writeString(dirs.path("note"), "no segment");
            child.ask("create orders size=65536", "ok");
            String list = child.ask("list", "ok");
            assertTrue(list.contains("orders:1") && list.contains("note:") && list.contains("not an Interlock"), list);
        }
    }

    @Nested
    class Participants {

        @Test
        void beyondTheNumberAreRefusedUntilOneLeaves() {
            Segment mine = dirs.closeLater(Segment.create(dirs.path("two"), SMALL.withMaxParticipants(2)));
            ChildJvm first = SegmentChild.start(dirs);
            ChildJvm second = SegmentChild.start(dirs);
            first.ask("open " + mine.path(), "ok");
            String refusal = second.ask("open " + mine.path(), "failed ParticipantsFullException");
            assertTrue(refusal.contains("2 participant") && refusal.contains("maxParticipants"), refusal);
            first.ask("close", "ok");
            second.ask("open " + mine.path(), "ok");
            mine.close();
            first.ask("open " + mine.path(), "ok");
            assertThrows(ParticipantsFullException.class, () -> Segment.open(mine.path()));
        }
    }

    @Nested
    class FilesThatChange {

        @Test
        void replacedWhileAttachedKeepsTheOldOneForThoseWhoHaveIt() {
            ChildJvm child = SegmentChild.start(dirs);
            Path path = dirs.path("one");
            child.ask("create " + path + " size=65536", "ok");
            child.ask("add counter 0 7", "ok");
            Segment.unlink(path);
            assertThrows(SegmentNotFoundException.class, () -> Segment.open(path));
            Segment fresh = dirs.closeLater(Segment.create(path, SMALL));
            assertEquals(0, fresh.stats().objects());
            assertEquals("7", child.ask("get counter 0", "ok"));
            assertEquals(1, fresh.stats().participants());
            child.ask("close", "ok");
            child.ask("open " + path, "ok");
            assertEquals(2, fresh.stats().participants());
        }
    }

    @Nested
    class Access {

        @Test
        void anotherUsersSegmentIsRefused() throws IOException {
            Commands.assumeRoot();
            Segment mine = dirs.closeLater(Segment.create(dirs.path("mine"), SMALL));
            Commands.assume("chmod", "755", dirs.directory().toString());
            ChildJvm stranger = stranger();
            stranger.ask("open " + mine.path(), "failed SegmentAccessException no permission");
            stranger.ask("openOrCreate " + mine.path(), "failed SegmentAccessException no permission");
            String refusal = stranger.ask("create " + dirs.path("other"), "failed SegmentAccessException");
            assertTrue(refusal.contains("not writable"), refusal);
            String unlinked = stranger.ask("unlink " + mine.path(), "failed SegmentAccessException");
            assertTrue(unlinked.contains("permission"), unlinked);
            assertTrue(Files.exists(mine.path()));
        }

        @Test
        void aSegmentForAllIsSharedWithAnotherUser() throws IOException {
            Commands.assumeRoot();
            Segment mine = dirs.closeLater(Segment.create(dirs.path("ours"), SMALL.withPermissions("rw-rw-rw-")));
            Commands.assume("chmod", "755", dirs.directory().toString());
            ChildJvm stranger = stranger();
            stranger.ask("open " + mine.path(), "ok");
            assertEquals(2, mine.stats().participants());
            stranger.kill9();
            assertEquals(1, mine.stats().participants());
        }

        @Test
        void aReadOnlyFileIsRefused() throws IOException {
            Commands.assumeRoot();
            Path path = dirs.path("readonly");
            Segment.create(path, SMALL.withPermissions("r--r--r--")).close();
            Commands.assume("chmod", "777", dirs.directory().toString());
            stranger().ask("open " + path, "failed SegmentAccessException no permission");
        }

        @Test
        void aReadOnlyFileSystemIsRefused() {
            Path directory = Mounts.tmpfs(dirs, "1m");
            Path path = directory.resolve("one");
            ChildJvm creator = SegmentChild.start(dirs);
            creator.ask("create " + path + " size=65536", "ok");
            creator.close();
            Mounts.readOnly(directory);
            ChildJvm child = SegmentChild.start(dirs);
            child.ask("open " + path, "failed SegmentAccessException");
            child.ask("create " + directory.resolve("two"), "failed SegmentAccessException");
            child.ask("unlink " + path, "failed SegmentAccessException");
        }

        private ChildJvm stranger() throws IOException {
            Commands.assume("setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups", "true");
            Path copy = Files.createDirectory(dirs.path("classes"));
            Commands.assume("chmod", "755", copy.toString());
            return SegmentChild.start(dirs, ChildJvm.of(SegmentChild.class).withCopyOfClassPath(copy)
                    .under("setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups"));
        }
    }

    @Nested
    class NoSpace {

        @Test
        void isToldAndLeavesNothingBehind() {
            Path directory = Mounts.tmpfs(dirs, "1m");
            ChildJvm child = SegmentChild.start(dirs);
            String refusal = child.ask("create " + directory.resolve("big") + " size=2000000",
                    "failed NoSpaceException");
            assertTrue(refusal.contains("2000000") && refusal.contains("bytes free"), refusal);
            assertEquals(List.of(".interlock.lock"), files(directory));
            child.ask("create " + directory.resolve("fits") + " size=900000", "ok");
        }

        @Test
        void isToldWithoutNativeCallsToo() {
            Path directory = Mounts.tmpfs(dirs, "1m");
            ChildJvm child =
                    SegmentChild.start(dirs, ChildJvm.of(SegmentChild.class).withoutNativeLibrary());
            child.ask("create " + directory.resolve("big") + " size=2000000", "failed NoSpaceException");
            assertEquals(List.of(".interlock.lock"), files(directory));
            child.ask("create " + directory.resolve("fits") + " size=900000", "ok");
        }
    }

    private ChildJvm.Builder inThisDirectory() {
        return ChildJvm.of(SegmentChild.class).with("-Dinterlock.dir=" + dirs.directory());
    }

    private List<ChildJvm> children(int count) {
        List<ChildJvm> children = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            children.add(dirs.closeLater(ChildJvm.of(SegmentChild.class).start()));
        }
        children.forEach(child -> child.expectLine("ready"));
        return children;
    }

    private static List<String> files(Path directory) {
        try (var files = Files.list(directory)) {
            return files.map(f -> f.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new AssertionError("cannot list " + directory, e);
        }
    }
}
