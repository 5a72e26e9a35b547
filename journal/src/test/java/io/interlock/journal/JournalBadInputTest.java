package io.interlock.journal;

import static io.interlock.core.testing.ClosedHandles.assertAllThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.interlock.core.Segment;
import io.interlock.core.error.InterlockException;
import io.interlock.core.error.NoSpaceException;
import io.interlock.core.error.SegmentFormatException;
import io.interlock.core.testing.ChildJvm;
import io.interlock.core.testing.Commands;
import io.interlock.core.testing.Mounts;
import io.interlock.journal.error.JournalAccessException;
import io.interlock.journal.error.JournalExistsException;
import io.interlock.journal.error.JournalNotFoundException;
import io.interlock.memory.Codec;
import io.interlock.memory.IpcQueue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a journal does about bad places, full disks, clocks that are set back, and misuse. */
class JournalBadInputTest extends JournalFixture {

    /** JDKs from this on warn of the memory access that Chronicle uses, unless told not to. */
    private static final int WARNING_JDK = 24;

    private IpcJournal<String> open(Path where) {
        return dirs.closeLater(IpcJournal.openOrCreate(where, Codec.utf8()));
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Nested
    class APlace {

        @Test
        void withoutAParentIsRefused() {
            Path where = dirs.path("missing").resolve("journal");
            assertNames(assertThrows(JournalAccessException.class, () -> open(where)), where, "parent");
            assertThrows(JournalAccessException.class, () -> IpcJournal.create(where, Codec.utf8()));
            assertThrows(JournalNotFoundException.class, () -> IpcJournal.open(where, Codec.utf8()));
            assertThrows(JournalNotFoundException.class, () -> IpcJournal.unlink(where));
            assertFalse(Files.exists(where.getParent()));
        }

        @Test
        void thatIsAFileIsRefused() throws IOException {
            Path file = Files.writeString(dirs.path("file"), "mine");
            for (Path where : List.of(file, file.resolve("below"))) {
                assertThrows(JournalAccessException.class, () -> open(where));
                assertThrows(JournalAccessException.class, () -> IpcJournal.create(where, Codec.utf8()));
                assertThrows(JournalNotFoundException.class, () -> IpcJournal.open(where, Codec.utf8()));
                assertThrows(JournalNotFoundException.class, () -> IpcJournal.unlink(where));
            }
            assertEquals("mine", Files.readString(file));
        }

        @Test
        void withAChronicleQueueThatIsNoJournalIsRefused() throws IOException {
            strings().append("a");
            dirs.closeLater(strings()).close();
            Path other = Files.createDirectory(dirs.path("other"));
            Path foreign = Files.copy(rollFiles().get(0), other.resolve(rollFiles().get(0).getFileName()));
            assertNames(assertThrows(JournalExistsException.class, () -> open(other)), foreign.getFileName(),
                    "Chronicle");
            assertThrows(JournalNotFoundException.class, () -> IpcJournal.open(other, Codec.utf8()));
            assertThrows(JournalNotFoundException.class, () -> IpcJournal.unlink(other));
            assertTrue(Files.exists(foreign));
        }

        @Test
        void whereAStrangerMayNotWriteIsRefused() throws IOException {
            Commands.assumeRoot();
            strings().append("a");
            Commands.assume("chmod", "755", dirs.directory().toString());
            Path copy = Files.createDirectory(dirs.path("classes"));
            Commands.assume("chmod", "755", copy.toString());
            Commands.assume("setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups", "true");
            ChildJvm stranger = JournalPuppet.start(dirs, JournalPuppet.builder().withCopyOfClassPath(copy)
                    .under("setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups"));
            stranger.ask("create " + dirs.path("new"), "failed JournalAccessException");
            assertFalse(Files.exists(dirs.path("new")));
            stranger.ask("open " + path(), "failed Journal");
            Commands.assume("chmod", "755", path().toString());
            stranger.ask("open " + path(), "failed SegmentAccessException");
            Commands.assume("chmod", "666", path().resolve("journal.segment").toString());
            String refusal = stranger.ask("open " + path(), "failed JournalAccessException");
            assertTrue(refusal.contains(path().toString()), refusal);
            stranger.ask("unlink " + path(), "failed");
            assertEquals(1, strings().append("b"));
            assertEquals(List.of("a", "b"), replayed(strings(), 0));
        }

        @Test
        void onAReadOnlyFileSystemIsRefused() {
            Path mount = Mounts.tmpfs(dirs, "64m");
            Path where = mount.resolve("journal");
            try (ChildJvm creator = JournalPuppet.start(dirs)) { // what this process has mapped would be in the way
                creator.ask("create " + where, "ok");
                creator.ask("append 1", "ok");
            }
            Mounts.readOnly(mount);
            for (Executable refused : List.<Executable>of(() -> open(where), () -> IpcJournal.open(where,
                    Codec.utf8()), () -> open(mount.resolve("other")), () -> IpcJournal.unlink(where))) {
                assertThrows(InterlockException.class, refused);
            }
            assertFalse(Files.exists(mount.resolve("other")));
        }
    }

    @Nested
    class AFullDisk {

        @Test
        void failsACreationAndLeavesNoDirectoryThatCannotBeUsed() throws IOException {
            failACreation("2100k");
        }

        @Tag("proof")
        @Test
        void withoutRoomForTheSegmentFailsACreationToo() throws IOException {
            failACreation("64k");
        }

        private void failACreation(String size) throws IOException {
            Path mount = Mounts.tmpfs(dirs, size);
            Path where = mount.resolve("journal");
            ChildJvm child = JournalPuppet.start(dirs);
            String answer = child.ask("openOrCreate " + where);
            if (answer.startsWith("ok")) {
                answer = child.ask("append 1");
            }
            assertTrue(answer.startsWith("failed NoSpaceException"), answer);
            Commands.assume("mount", "-o", "remount,size=64m", mount.toString());
            assertEquals("ok", child.ask("openOrCreate " + where));
            assertEquals("ok 0", child.ask("append 1"));
            assertEquals("ok 1", child.ask("verify 1 0"));
            assertEquals("ok", child.ask("close"));
            assertEquals("ok", child.ask("unlink " + where));
            assertEquals(List.of(), names(mount));
        }

        @Test
        void failsAnAppendAndKeepsWhatWasAppended() {
            failAnAppend(70_000);
        }

        @Tag("proof")
        @Test
        void failsAnAppendOfAShortMessageAndKeepsWhatWasAppended() {
            failAnAppend(10);
        }

        private void failAnAppend(int length) {
            Path mount = Mounts.tmpfs(dirs, "6m");
            Path where = mount.resolve("journal");
            ChildJvm child = JournalPuppet.start(dirs);
            assertEquals("ok", child.ask("openOrCreate " + where));
            String appended = child.ask("fill " + length + " 10000000", "ok");
            assertTrue(Integer.parseInt(appended) > 0, appended);
            child.ask("append " + length, "failed NoSpaceException");
            assertEquals("ok " + appended, child.ask("end"));
            assertEquals("ok " + appended, child.ask("verify " + length + " 0"));
            ChildJvm other = JournalPuppet.start(dirs);
            assertEquals("ok", other.ask("open " + where), "opening needs no room");
            assertEquals("ok " + appended, other.ask("verify " + length + " 0"));
            other.ask("append " + length, "failed NoSpaceException");
            Commands.assume("mount", "-o", "remount,size=12m", mount.toString());
            assertEquals("ok " + appended, other.ask("append " + length));
            assertEquals("ok " + (Integer.parseInt(appended) + 1), child.ask("append " + length));
            assertEquals("ok " + (Integer.parseInt(appended) + 2), child.ask("verify " + length + " 0"));
        }

        @Test
        void atARollFailsTheAppendAndNothingElse() throws IOException {
            Path mount = Mounts.tmpfs(dirs, "6m");
            Path where = mount.resolve("journal");
            IpcJournal<String> journal = dirs.closeLater(rolling(where));
            fill(journal, 1, 3);
            JournalTailer<String> tailer = dirs.closeLater(journal.tailer("a"));
            assertEquals(numbers(0, 3), polled(tailer));
            Path ballast = mount.resolve("ballast");
            Commands.run("dd", "if=/dev/zero", "of=" + ballast, "bs=4096");
            pass(1);
            for (int i = 0; i < 3; i++) {
                assertThrows(NoSpaceException.class, () -> journal.append("no"));
                assertEquals(3, journal.endIndex());
                assertEquals(1, rollFiles(where).size());
                assertEquals(numbers(0, 3), replayed(journal, 0));
            }
            Files.delete(ballast);
            assertEquals(3, journal.append("3"));
            assertEquals(2, rollFiles(where).size());
            assertEquals(List.of("3"), polled(tailer));
            assertEquals(numbers(0, 4), replayed(journal, 0));
        }
    }

    @Nested
    class TheSegment {

        private Path segment() {
            return path().resolve("journal.segment");
        }

        @Test
        void thatIsMissingMakesItNoJournal() throws IOException {
            IpcJournal.create(path(), Codec.utf8()).close();
            Files.delete(segment());
            assertNames(assertThrows(JournalNotFoundException.class, () -> IpcJournal.open(path(), Codec.utf8())),
                    "Chronicle", "journal.segment");
            assertThrows(JournalExistsException.class, () -> strings());
        }

        @Test
        void thatIsGarbageIsRefused() throws IOException {
            IpcJournal.create(path(), Codec.utf8()).close();
            Files.write(segment(), "garbage".repeat(10_000).getBytes(StandardCharsets.UTF_8));
            assertThrows(SegmentFormatException.class, () -> strings());
            Files.write(segment(), new byte[0]);
            assertThrows(InterlockException.class, () -> IpcJournal.open(path(), Codec.utf8()));
        }

        @Test
        void withoutAJournalInItIsOfOneWhoDied() throws IOException {
            Segment.create(Files.createDirectory(dirs.path("dead")).resolve("journal.segment")).close();
            assertNames(assertThrows(JournalNotFoundException.class, () -> IpcJournal.open(dirs.path("dead"),
                    Codec.utf8())), "died");
            IpcJournal<String> journal = open(dirs.path("dead"));
            assertEquals(0, journal.append("a"));
        }

        @Test
        void withAnUnknownRollIsRefused() {
            IpcJournal.create(path(), Codec.utf8()).close();
            try (Segment segment = Segment.open(segment())) {
                var block = segment.directory().find(0, "journal");
                block.context().mem.putInt(block.offset() + JournalLayout.ROLL_OFFSET, 77);
            }
            assertNames(assertThrows(SegmentFormatException.class, () -> strings()), "77");
        }
    }

    @Nested
    class AClockThatIsSetBack {

        @Test
        void putsNothingBeforeWhatIsThere() {
            IpcJournal<String> journal = rolling();
            fill(journal, 2, 3);
            JournalTailer<String> tailer = dirs.closeLater(journal.tailer());
            assertEquals(numbers(0, 6), polled(tailer));
            time.addAndGet(-3_600_000);
            assertEquals(6, journal.append("6"));
            IpcJournal<String> other = rolling();
            assertEquals(7, other.append("7"));
            assertEquals(List.of("6", "7"), polled(tailer));
            assertEquals(numbers(0, 8), replayed(other, 0));
            assertEquals(2, rollFiles().size());
            time.addAndGet(3_600_000 + 1_000);
            assertEquals(8, journal.append("8"));
            assertEquals(3, rollFiles().size());
            assertEquals(List.of("8"), polled(tailer));
        }

        @Test
        void afterAllWereClosedDoesNoHarmEither() {
            try (IpcJournal<String> journal = rolling(path())) {
                fill(journal, 3, 2);
            }
            time.addAndGet(-3_600_000);
            IpcJournal<String> journal = rolling();
            assertEquals(6, journal.append("6"));
            assertEquals(numbers(0, 7), replayed(journal, 0));
            assertEquals(3, rollFiles().size());
        }
    }

    @Nested
    class AfterAClose {

        private Map<String, Executable> operations(IpcJournal<String> journal, IpcQueue<String> queue) {
            Map<String, Executable> all = new LinkedHashMap<>();
            all.put("append", () -> journal.append("a"));
            all.put("appendAll", () -> journal.appendAll(List.of("a")));
            all.put("appendAll nothing", () -> journal.appendAll(List.of()));
            all.put("tryAppend", () -> journal.tryAppend("a", 1, TimeUnit.DAYS));
            all.put("tryAppend no time", () -> journal.tryAppend("a", 0, TimeUnit.DAYS));
            all.put("tryAppendAll", () -> journal.tryAppendAll(List.of("a"), 1, TimeUnit.DAYS));
            all.put("appendFrom", () -> journal.appendFrom(queue, 1));
            all.put("appendFrom timed", () -> journal.appendFrom(queue, 1, 0, TimeUnit.DAYS));
            all.put("tailer", journal::tailer);
            all.put("tailer named", () -> journal.tailer("new"));
            all.put("tailers", journal::tailers);
            all.put("forgetTailer", () -> journal.forgetTailer("a"));
            all.put("replay", () -> journal.replay(0, (index, item) -> {
            }));
            all.put("firstIndex", journal::firstIndex);
            all.put("endIndex", journal::endIndex);
            all.put("retain", () -> journal.retain(Retention.beyond(0)));
            return all;
        }

        private Map<String, Executable> operations(JournalTailer<String> tailer) {
            Map<String, Executable> all = new LinkedHashMap<>();
            all.put("take", tailer::take);
            all.put("poll", tailer::poll);
            all.put("poll timed", () -> tailer.poll(1, TimeUnit.DAYS));
            all.put("poll no time", () -> tailer.poll(0, TimeUnit.DAYS));
            all.put("read", () -> tailer.read((index, item) -> {
            }, 1));
            all.put("commit", tailer::commit);
            all.put("index", tailer::index);
            all.put("toStart", tailer::toStart);
            all.put("toEnd", tailer::toEnd);
            all.put("moveTo", () -> tailer.moveTo(0));
            return all;
        }

        @ParameterizedTest
        @ValueSource(booleans = {true, false})
        void everyOperationThrowsAndChangesNothing(boolean another) {
            Segment segment = dirs.closeLater(Segment.create(dirs.path("segment")));
            IpcQueue<String> queue = IpcQueue.create(segment, "q", Codec.utf8());
            queue.add("queued");
            IpcJournal<String> journal = strings();
            journal.appendAll(List.of("a", "b"));
            JournalTailer<String> named = journal.tailer("a");
            JournalTailer<String> unnamed = journal.tailer();
            named.poll();
            if (another) {
                strings();
            }
            journal.close();
            journal.close();
            assertAllThrow(operations(journal, queue));
            assertAllThrow(operations(named));
            assertAllThrow(operations(unnamed));
            assertTrue(named.isClosed());
            assertEquals(path(), journal.directory());
            assertTrue(journal.toString().contains(path().toString()));
            assertEquals(1, queue.size());
            IpcJournal<String> again = strings();
            assertEquals(List.of("a", "b"), replayed(again, 0));
            assertEquals(List.of(new TailerInfo("a", 0, false)), again.tailers());
        }

        @Test
        void ofATailerEveryOperationThrows() {
            IpcJournal<String> journal = strings();
            journal.appendAll(List.of("a", "b"));
            JournalTailer<String> named = journal.tailer("a");
            JournalTailer<String> unnamed = journal.tailer();
            named.close();
            unnamed.close();
            assertAllThrow(operations(named));
            assertAllThrow(operations(unnamed));
            assertEquals(0, journal.shared().openTailers().size());
            assertEquals(2, journal.append("c"));
        }
    }

    @Nested
    class MissingFlags {

        @Test
        void areListedAndNothingHappens() {
            ChildJvm child = JournalPuppet.start(dirs, ChildJvm.of(JournalPuppet.class));
            for (String command : List.of("create", "open", "openOrCreate")) {
                String refusal = child.ask(command + " " + path(), "failed MissingFlagsException");
                for (String flag : IpcJournal.requiredFlags()) {
                    assertTrue(refusal.contains(flag), refusal);
                }
                assertTrue(refusal.contains("java.lang.reflect and sun.nio.ch are not open"), refusal);
            }
            assertFalse(Files.exists(path()));
            ChildJvm half = JournalPuppet.start(dirs, ChildJvm.of(JournalPuppet.class).with(
                    "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED"));
            String refusal = half.ask("create " + path(), "failed MissingFlagsException");
            assertTrue(refusal.contains("java.lang.reflect is not open"), refusal);
            assertFalse(Files.exists(path()));
        }

        @Test
        void areNotMissedWhereTheyWereGiven() {
            ChildJvm.Builder builder = JournalPuppet.builder();
            if (Runtime.version().feature() >= WARNING_JDK) {
                builder.with("--sun-misc-unsafe-memory-access=allow");
            }
            ChildJvm child = JournalPuppet.start(dirs, builder);
            assertEquals("ok", child.ask("create " + path()));
            assertEquals("ok 0", child.ask("append 10"));
            assertEquals("ok", child.ask("close"));
            assertEquals("", child.errors().replaceAll("(?m)^SLF4J.*\\R", ""), "and nobody complains");
            assertInstanceOf(List.class, IpcJournal.requiredFlags());
        }
    }

    @Nested
    class WithoutNativeCalls {

        @Test
        void roomIsReservedAllTheSame() {
            fillTwice(1_500_000);
        }

        @Tag("proof")
        @Test
        void roomIsReservedForShortMessagesAllTheSame() {
            fillTwice(3_000);
        }

        private void fillTwice(int length) {
            Path mount = Mounts.tmpfs(dirs, "24m");
            Path where = mount.resolve("journal");
            ChildJvm child = JournalPuppet.start(dirs, JournalPuppet.builder().withoutNativeLibrary());
            int most = 12_000_000 / (length + 1000);
            for (int half = 1; half <= 2; half++) {
                assertEquals("ok", child.ask("openOrCreate " + where));
                assertEquals("ok " + most, child.ask("fill " + length + " " + most));
                assertEquals("ok " + half * most, child.ask("verify " + length + " 0"));
                assertEquals("ok", child.ask("close"));
                most = half == 1 ? most : 0;
            }
        }
    }
}
