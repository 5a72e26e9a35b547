package io.interlock.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.interlock.core.error.LayoutMismatchException;
import io.interlock.core.error.ObjectExistsException;
import io.interlock.core.error.ObjectMismatchException;
import io.interlock.core.error.ObjectNotFoundException;
import io.interlock.core.error.SegmentClosedException;
import io.interlock.core.error.SegmentExistsException;
import io.interlock.core.error.SegmentFullException;
import io.interlock.core.error.SegmentNotFoundException;
import io.interlock.core.inspect.SegmentInspector;
import io.interlock.core.layout.Layout;
import io.interlock.core.object.ObjectRequest;
import io.interlock.core.object.ObjectType;
import io.interlock.core.object.SharedBlock;
import io.interlock.core.port.Context;
import io.interlock.core.port.ThreadRecord;
import io.interlock.core.robust.RobustLock;
import io.interlock.core.testing.TestDirs;
import io.interlock.core.testing.TestObjects;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SegmentTest {

    private static final SegmentOptions SMALL = SegmentOptions.defaults().withSizeBytes(1 << 16);

    @RegisterExtension
    final TestDirs dirs = new TestDirs();

    @Nested
    class Create {

        @Test
        void makesAFileOfItsSizeWithAllSpaceReserved() throws Exception {
            Segment segment = create("one");
            assertEquals(1 << 16, Files.size(segment.path()));
            assertTrue(((Number) Files.getAttribute(segment.path(), "unix:nlink")).intValue() == 1);
            assertEquals("one", segment.name());
            assertEquals(PosixFilePermissions.fromString("rw-------"), Files.getPosixFilePermissions(segment.path()));
        }

        @Test
        void leavesNothingButTheSegmentAndTheLock() throws Exception {
            create("one");
            try (var files = Files.list(dirs.directory())) {
                assertEquals(List.of(".interlock.lock", "one"),
                        files.map(f -> f.getFileName().toString()).sorted().toList());
            }
        }

        @Test
        void setsTheModeInSpiteOfTheUmask() throws Exception {
            Segment segment = dirs.closeLater(Segment.create(dirs.path("one"), SMALL.withPermissions("rw-rw-rw-")));
            assertEquals(PosixFilePermissions.fromString("rw-rw-rw-"), Files.getPosixFilePermissions(segment.path()));
        }

        @Test
        void isRefusedIfThereIsOne() {
            create("one");
            SegmentExistsException e = assertThrows(SegmentExistsException.class, () -> create("one"));
            assertTrue(e.getMessage().contains(dirs.path("one").toString()), e.getMessage());
            assertTrue(e.getMessage().contains("openOrCreate"), e.getMessage());
        }

        @Test
        void attachesItsCreator() {
            SegmentStats stats = create("one").stats();
            assertEquals(1, stats.participants());
            assertEquals(256, stats.maxParticipants());
            assertEquals(0, stats.objects());
            assertEquals(1 << 16, stats.sizeBytes());
            assertTrue(stats.freeBytes() > 0 && stats.freeBytes() < 1 << 16);
        }
    }

    @Nested
    class Open {

        @Test
        void twiceInOneProcessGivesTwoHandlesOnOneAttachment() {
            Segment first = create("one");
            Segment second = dirs.closeLater(Segment.open(dirs.path("one")));
            assertNotSame(first.context(), second.context());
            assertEquals(first.context().participant, second.context().participant);
            assertSame(first.context().mem, second.context().mem);
            assertEquals(1, first.stats().participants());
            first.close();
            assertEquals(1, second.stats().participants());
        }

        @Test
        void afterTheLastCloseIsAnotherParticipant() {
            Segment first = create("one");
            int before = first.context().participant;
            first.close();
            Segment second = dirs.closeLater(Segment.open(dirs.path("one")));
            assertNotEquals(before, second.context().participant);
        }

        @Test
        void findsWhatWasStored() {
            Segment first = create("one");
            SharedBlock words = TestObjects.words(first, "words");
            first.context().mem.putLong(words.offset(), 42);
            first.close();
            Segment second = dirs.closeLater(Segment.open(dirs.path("one")));
            assertEquals(42, second.context().mem.getLong(TestObjects.words(second, "words").offset()));
        }

        @Test
        void throughALinkIsTheSameAttachment() throws Exception {
            Segment first = create("one");
            Path link = Files.createSymbolicLink(dirs.path("link"), dirs.path("one"));
            Segment second = dirs.closeLater(Segment.open(link));
            assertSame(first.context().mem, second.context().mem);
        }
    }

    @Nested
    class OpenOrCreate {

        @Test
        void makesItOnce() {
            Segment first = dirs.closeLater(Segment.openOrCreate(dirs.path("one"), SMALL));
            Segment second = dirs.closeLater(Segment.openOrCreate(dirs.path("one"), SMALL));
            assertSame(first.context().mem, second.context().mem);
        }

        @Test
        void takesALargerOneAndASmallerOneIfTheDefaultIsAskedFor() {
            create("one");
            dirs.closeLater(Segment.openOrCreate(dirs.path("one"), SMALL.withSizeBytes(50_000)));
            dirs.closeLater(Segment.openOrCreate(dirs.path("one")));
        }

        @Test
        void refusesOneThatIsSmallerThanAskedFor() {
            create("one");
            SegmentFullException e = assertThrows(SegmentFullException.class,
                    () -> Segment.openOrCreate(dirs.path("one"), SMALL.withSizeBytes(1 << 20)));
            assertTrue(e.getMessage().contains("65536") && e.getMessage().contains("1048576"), e.getMessage());
        }
    }

    @Nested
    class Close {

        @Test
        void makesEveryUseThrow() {
            Segment segment = create("one");
            Segment other = dirs.closeLater(Segment.open(dirs.path("one")));
            segment.close();
            assertTrue(segment.isClosed());
            assertThrows(SegmentClosedException.class, segment::stats);
            assertThrows(SegmentClosedException.class, segment::directory);
            assertThrows(SegmentClosedException.class, segment::resetIfUnused);
            assertEquals("one", segment.name());
            assertTrue(segment.toString().endsWith(", closed]"));
            assertEquals(1, other.stats().participants());
        }

        @Test
        void ofTheLastHandleMakesEveryUseThrow() {
            Segment segment = create("one");
            var directory = segment.directory();
            TestObjects.words(segment, "words");
            segment.close();
            assertThrows(SegmentClosedException.class, segment::stats);
            assertThrows(SegmentClosedException.class, () -> directory.open(TestObjects.WORDS, 0, "words"));
            assertThrows(SegmentClosedException.class, () -> TestObjects.words(segment, "more"));
        }

        @Test
        void aViewUsedAfterItThrowsAndNothingElse() {
            Segment segment = create("one");
            var directory = segment.directory();
            segment.close();
            assertThrows(SegmentClosedException.class,
                    () -> directory.create(ObjectRequest.of(TestObjects.WORDS, "w", (m, o) -> {
                    })));
            segment.context().mem.getAndAddLong(0, 1);
        }

        @Test
        void twiceIsHarmless() {
            Segment segment = create("one");
            Segment other = dirs.closeLater(Segment.open(dirs.path("one")));
            segment.close();
            segment.close();
            assertEquals(1, other.stats().participants());
        }

        @Test
        void keepsTheFile() {
            create("one").close();
            assertTrue(Files.exists(dirs.path("one")));
        }

        @Test
        void whileAThreadSleepsMakesThatThreadThrow() {
            Segment segment = create("one");
            int word = TestObjects.words(segment, "words").offset();
            CompletableFuture<Object> sleeper = sleeper(segment.context(), word);
            segment.close();
            assertInstanceOf(SegmentClosedException.class,
                    assertThrows(CompletionException.class, sleeper::join).getCause());
        }

        @Test
        void disturbsOnlyItsOwnHandle() {
            Segment segment = create("one");
            Segment other = dirs.closeLater(Segment.open(dirs.path("one")));
            int word = TestObjects.words(segment, "words").offset();
            CompletableFuture<Object> sleeper = sleeper(other.context(), word);
            segment.close();
            other.context().mem.putIntVolatile(word, 1);
            other.context().futex.wake(word, 1);
            assertEquals("done", sleeper.join());
        }

        /** A thread that sleeps, slice by slice, until the word changes. */
        private CompletableFuture<Object> sleeper(Context context, int word) {
            CompletableFuture<Object> result = new CompletableFuture<>();
            CompletableFuture<ThreadRecord> record = new CompletableFuture<>();
            Thread thread = new Thread(() -> {
                record.complete(context.self.current());
                try {
                    while (context.mem.getIntVolatile(word) == 0) {
                        context.sleep(word, 0, context.deadline(Long.MAX_VALUE), Context.EVENT_SLICE_NANOS,
                                context.self.current(), false);
                        context.checkOpen();
                    }
                    result.complete("done");
                } catch (Throwable e) {
                    result.completeExceptionally(e);
                }
            });
            thread.setDaemon(true);
            thread.start();
            while (record.join().parkedOffset() == ThreadRecord.NOT_PARKED && !result.isDone()) {
                Thread.yield();
            }
            return result;
        }
    }

    @Nested
    class Unlink {

        @Test
        void removesTheFileAndKeepsTheAttached() {
            Segment segment = create("one");
            segment.unlink();
            assertFalse(Files.exists(dirs.path("one")));
            TestObjects.words(segment, "words");
            assertEquals(1, segment.stats().objects());
            assertThrows(SegmentNotFoundException.class, () -> Segment.open(dirs.path("one")));
        }

        @Test
        void ofNothingIsRefused() {
            assertThrows(SegmentNotFoundException.class, () -> Segment.unlink(dirs.path("one")));
        }

        @Test
        void letsAnotherSegmentTakeTheName() {
            Segment old = create("one");
            TestObjects.words(old, "words");
            old.unlink();
            Segment fresh = create("one");
            assertEquals(0, fresh.stats().objects());
            assertEquals(1, old.stats().objects());
            Segment again = dirs.closeLater(Segment.open(dirs.path("one")));
            assertSame(fresh.context().mem, again.context().mem);
        }
    }

    @Nested
    class ResetIfUnused {

        @Test
        void startsAfreshUnderTheSameNameIfNobodyElseIsThere() {
            Segment old = create("one");
            TestObjects.words(old, "words");
            Segment fresh = dirs.closeLater(old.resetIfUnused());
            assertNotSame(old, fresh);
            assertTrue(old.isClosed());
            assertEquals(0, fresh.stats().objects());
            assertEquals(old.path(), fresh.path());
            assertEquals(1 << 16, fresh.stats().sizeBytes());
        }

        @Test
        void keepsTheModeOfTheFile() throws Exception {
            Segment old = dirs.closeLater(Segment.create(dirs.path("one"), SMALL.withPermissions("rw-rw----")));
            Segment fresh = dirs.closeLater(old.resetIfUnused());
            assertEquals("rw-rw----", PosixFilePermissions.toString(Files.getPosixFilePermissions(fresh.path())));
        }

        @Test
        void changesNothingIfTheFileWasReplaced() {
            Segment old = create("one");
            old.unlink();
            Segment other = create("one");
            TestObjects.words(other, "words");
            assertSame(old, old.resetIfUnused());
            assertEquals(1, other.stats().objects());
        }
    }

    @Nested
    class DirectoryOfObjects {

        private final ObjectType newer =
                new ObjectType(9001, Layout.builder().build("TestWords", 2), List.of(), o -> {
                });

        @Test
        void findsByNameAndNumber() {
            Segment segment = create("one");
            SharedBlock made = TestObjects.words(segment, "words");
            assertEquals(1, made.id());
            assertEquals(made.offset(), segment.directory().open(TestObjects.WORDS, 0, "words").offset());
            assertEquals(made.offset(), segment.directory().open(TestObjects.WORDS, 1).offset());
            assertEquals("words", segment.directory().byId(1).name());
            assertEquals(0, made.offset() % 128);
        }

        @Test
        void refusesWhatIsNotThere() {
            Segment segment = create("one");
            assertThrows(ObjectNotFoundException.class,
                    () -> segment.directory().open(TestObjects.WORDS, 0, "words"));
            for (int id : new int[]{-1, 0, 1, Integer.MAX_VALUE}) {
                assertThrows(ObjectNotFoundException.class, () -> segment.directory().byId(id));
            }
        }

        @Test
        void refusesASecondOneOfTheName() {
            Segment segment = create("one");
            TestObjects.words(segment, "words");
            assertThrows(ObjectExistsException.class,
                    () -> segment.directory().create(ObjectRequest.of(TestObjects.WORDS, "words", (m, o) -> {
                    })));
        }

        @Test
        void refusesAnotherTypeNamingBoth() {
            Segment segment = create("one");
            TestObjects.words(segment, "words");
            ObjectMismatchException e =
                    assertThrows(ObjectMismatchException.class, () -> TestObjects.guarded(segment, "words"));
            assertTrue(e.getMessage().contains("type 9001") && e.getMessage().contains("TestGuarded"),
                    e.getMessage());
        }

        @Test
        void refusesOtherParametersNamingBoth() {
            Segment segment = create("one");
            ObjectRequest request = ObjectRequest.of(TestObjects.WORDS, "words", (m, o) -> {
            });
            segment.directory().create(request.with(5, 6));
            segment.directory().openOrCreate(request.with(5, 6));
            ObjectMismatchException e = assertThrows(ObjectMismatchException.class,
                    () -> segment.directory().openOrCreate(request.with(5, 7)));
            assertTrue(e.getMessage().contains("5, 6") && e.getMessage().contains("5, 7"), e.getMessage());
        }

        @Test
        void refusesAnotherVersionOfTheType() {
            Segment segment = create("one");
            TestObjects.words(segment, "words");
            assertThrows(LayoutMismatchException.class, () -> segment.directory().open(newer, 0, "words"));
        }

        @Test
        void anonymousObjectsAreAlwaysNew() {
            Segment segment = create("one");
            SharedBlock first = TestObjects.words(segment, "named");
            ObjectRequest anonymous = ObjectRequest.of(TestObjects.WORDS, "", (m, o) -> {
            });
            SharedBlock second = segment.directory().create(anonymous);
            SharedBlock third = segment.directory().create(anonymous);
            assertEquals(List.of(1, 2, 3), List.of(first.id(), second.id(), third.id()));
            assertEquals("#3", third.label());
        }

        @Test
        void objectsOfDifferentParentsMayShareAName() {
            Segment segment = create("one");
            SharedBlock parent = TestObjects.words(segment, "words");
            SharedBlock part = segment.directory().create(ObjectRequest.of(TestObjects.WORDS, "words", (m, o) -> {
            }).partOf(parent.id()));
            assertNotEquals(parent.id(), part.id());
            assertEquals("words/words", SegmentInspector.inspect(segment.path()).objects().get(1).name());
        }

        @Test
        void aFailingInitializerLeavesNothing() {
            Segment segment = create("one");
            assertThrows(IllegalStateException.class,
                    () -> segment.directory().create(ObjectRequest.of(TestObjects.WORDS, "words", (m, o) -> {
                        throw new IllegalStateException("on purpose");
                    })));
            assertEquals(0, segment.stats().objects());
            TestObjects.words(segment, "words");
            assertEquals(1, segment.stats().objects());
        }

        @Test
        void twoThreadsMakeOneObject() {
            Segment segment = create("one");
            for (int i = 0; i < 16; i++) {
                String name = "words" + i;
                CompletableFuture<Integer> other =
                        CompletableFuture.supplyAsync(() -> TestObjects.words(segment, name).id());
                assertEquals(TestObjects.words(segment, name).id(), other.join());
            }
            assertEquals(16, segment.stats().objects());
        }
    }

    @Nested
    class JanitorOfThreads {

        @Test
        void freesTheRecursiveLockOfAThreadThatEnded() throws InterruptedException {
            Segment segment = create("one");
            SharedBlock block = TestObjects.guarded(segment, "lock");
            Context context = segment.context();
            context.mem.putInt(block.offset() + 28, 2);
            var lock = new RobustLock(context, block.offset(), true);
            Thread ended = new Thread(() -> {
                ThreadRecord me = context.self.current();
                assertTrue(lock.tryAcquire(me));
                me.pushHold(lock.block(), 1);
                segment.janitor().needed();
            });
            ended.start();
            ended.join();
            lock.acquire(context.self.current());
            assertTrue(lock.isInconsistent());
            assertEquals(1, lock.deaths());
        }
    }

    private Segment create(String name) {
        return dirs.closeLater(Segment.create(dirs.path(name), SMALL));
    }
}
