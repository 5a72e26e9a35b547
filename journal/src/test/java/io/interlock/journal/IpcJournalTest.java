package io.interlock.journal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.interlock.core.Segment;
import io.interlock.core.error.ObjectMismatchException;
import io.interlock.core.error.SegmentClosedException;
import io.interlock.core.testing.Async;
import io.interlock.journal.error.JournalExistsException;
import io.interlock.journal.error.JournalNotFoundException;
import io.interlock.journal.error.MessageNotFoundException;
import io.interlock.journal.store.JournalDirectory;
import io.interlock.memory.Codec;
import io.interlock.memory.EncodeBuffer;
import io.interlock.memory.IpcQueue;
import io.interlock.memory.error.CodecException;
import io.interlock.memory.error.QueueShutDownException;
import io.interlock.sync.Until;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A journal's life, and what is appended to it. */
class IpcJournalTest extends JournalFixture {

    /** Whole numbers, of which it does not write 13, and does not read 7. */
    private static final class Moody implements Codec<Integer> {

        @Override
        public String id() {
            return "test.moody";
        }

        @Override
        public void encode(Integer item, EncodeBuffer out) {
            out.putInt(item);
            if (item == 13) {
                throw new IllegalStateException("not 13");
            }
        }

        @Override
        public Integer decode(ByteBuffer message) {
            int item = message.getInt();
            if (item == 7) {
                throw new IllegalStateException("not 7");
            }
            return item;
        }
    }

    private IpcJournal<Integer> moody() {
        return dirs.closeLater(IpcJournal.openOrCreate(path(), new Moody()));
    }

    private IpcJournal<byte[]> bytes() {
        return dirs.closeLater(IpcJournal.openOrCreate(path(), Codec.bytes()));
    }

    @Nested
    class Create {

        @Test
        void makesAnEmptyJournal() throws IOException {
            IpcJournal<String> journal = dirs.closeLater(IpcJournal.create(path(), Codec.utf8()));
            assertEquals(0, journal.firstIndex());
            assertEquals(0, journal.endIndex());
            assertEquals(List.of(), journal.tailers());
            assertEquals(List.of(), replayed(journal, 0));
            assertEquals(path(), journal.directory());
            assertTrue(journal.toString().contains(path().toString()), journal.toString());
            assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(path())));
        }

        @Test
        void takesADirectoryThatIsThere() throws IOException {
            Files.createDirectory(path());
            Files.writeString(path().resolve("note"), "mine");
            IpcJournal<String> journal = dirs.closeLater(IpcJournal.create(path(), Codec.utf8()));
            assertEquals(0, journal.append("a"));
        }

        @Test
        void refusesASecondOne() {
            strings().append("a");
            JournalExistsException refusal = assertThrows(JournalExistsException.class,
                    () -> IpcJournal.create(path(), Codec.utf8()));
            assertNames(refusal, path(), "already", "unlink");
            assertEquals(List.of("a"), replayed(strings(), 0));
        }

        @ParameterizedTest
        @EnumSource
        void makesOneOfEachRoll(Roll roll) {
            JournalOptions options = JournalOptions.defaults().withRoll(roll).withMaxParticipants(3);
            try (IpcJournal<String> journal = IpcJournal.create(path(), Codec.utf8(), options)) {
                assertEquals(0, journal.append("a"));
            }
            try (IpcJournal<String> journal = IpcJournal.openOrCreate(path(), Codec.utf8(), options)) {
                assertEquals(1, journal.append("b"));
                assertEquals(List.of("a", "b"), replayed(journal, 0));
            }
        }

        @Test
        void refusesNullAndBadOptions() {
            assertThrows(NullPointerException.class, () -> IpcJournal.create(null, Codec.utf8()));
            assertThrows(NullPointerException.class, () -> IpcJournal.create(path(), null));
            assertThrows(NullPointerException.class, () -> IpcJournal.create(path(), Codec.utf8(), null));
            assertThrows(NullPointerException.class, () -> IpcJournal.open(null, Codec.utf8()));
            assertThrows(NullPointerException.class, () -> IpcJournal.openOrCreate(path(), null));
            assertThrows(NullPointerException.class, () -> IpcJournal.openOrCreate(path(), Codec.utf8(), null));
            assertThrows(NullPointerException.class, () -> IpcJournal.unlink(null));
            assertThrows(NullPointerException.class, () -> JournalOptions.defaults().withRoll(null));
            assertThrows(IllegalArgumentException.class, () -> JournalOptions.defaults().withMaxParticipants(0));
            assertThrows(IllegalArgumentException.class, () -> JournalOptions.defaults().withMaxParticipants(5000));
            assertFalse(Files.exists(path()));
        }
    }

    @Nested
    class Open {

        @Test
        void findsWhatWasAppended() {
            try (IpcJournal<String> journal = IpcJournal.create(path(), Codec.utf8())) {
                journal.append("a");
            }
            IpcJournal<String> journal = dirs.closeLater(IpcJournal.open(path(), Codec.utf8()));
            assertEquals(1, journal.append("b"));
            assertEquals(List.of("a", "b"), replayed(journal, 0));
        }

        @Test
        void refusesWhatIsNotThere() {
            JournalNotFoundException refusal =
                    assertThrows(JournalNotFoundException.class, () -> IpcJournal.open(path(), Codec.utf8()));
            assertNames(refusal, path(), "no such directory", "openOrCreate");
            assertFalse(Files.exists(path()));
        }

        @Test
        void refusesAnotherCodec() {
            strings().append("a");
            assertNames(assertThrows(ObjectMismatchException.class, () -> IpcJournal.open(path(), Codec.int64())),
                    Codec.utf8().id(), Codec.int64().id());
            assertThrows(ObjectMismatchException.class, () -> IpcJournal.openOrCreate(path(), Codec.int64()));
            assertEquals(List.of("a"), replayed(strings(), 0));
        }

        @Test
        void takesAnyRollUnlessOneIsAskedFor() {
            JournalOptions hourly = JournalOptions.defaults().withRoll(Roll.HOUR);
            IpcJournal.create(path(), Codec.utf8(), hourly).close();
            IpcJournal.open(path(), Codec.utf8()).close();
            strings().append("a");
            assertNames(assertThrows(ObjectMismatchException.class,
                    () -> IpcJournal.openOrCreate(path(), Codec.utf8(), JournalOptions.defaults())), "HOUR", "DAY");
            assertEquals(List.of("a"), replayed(
                    dirs.closeLater(IpcJournal.openOrCreate(path(), Codec.utf8(), hourly)), 0));
        }
    }

    @Nested
    class OpenOrCreate {

        @Test
        void makesOneForThreadsThatComeTogether() {
            CountDownLatch start = new CountDownLatch(1);
            List<Async<IpcJournal<String>>> openers = IntStream.range(0, 4).mapToObj(i -> Async.of(() -> {
                start.await();
                return strings();
            })).toList();
            start.countDown();
            for (Async<IpcJournal<String>> opener : openers) {
                opener.get().append("x");
            }
            assertEquals(Collections.nCopies(4, "x"), replayed(strings(), 0));
        }
    }

    @Nested
    class Unlink {

        @Test
        void removesAllFilesAndTheDirectory() {
            try (IpcJournal<String> journal = rolling(path())) {
                fill(journal, 3, 2);
            }
            IpcJournal.unlink(path());
            assertFalse(Files.exists(path()));
            assertThrows(JournalNotFoundException.class, () -> IpcJournal.unlink(path()));
            assertEquals(0, strings().append("a"));
        }

        @Test
        void leavesWhatIsSomebodyElses() throws IOException {
            IpcJournal.create(path(), Codec.utf8()).close();
            Path note = Files.writeString(path().resolve("note"), "mine");
            IpcJournal.unlink(path());
            assertEquals(List.of(note), Files.list(path()).toList());
        }

        @Test
        void leavesADirectoryThatIsNoJournal() throws IOException {
            Files.createDirectory(path());
            assertThrows(JournalNotFoundException.class, () -> IpcJournal.unlink(path()));
            assertTrue(Files.exists(path()));
        }

        @Test
        void leavesThoseWhoHaveItOpenWhatTheyHave() {
            IpcJournal<String> journal = strings();
            JournalTailer<String> tailer = dirs.closeLater(journal.tailer());
            journal.appendAll(List.of("a", "b"));
            assertEquals("a", tailer.poll());
            IpcJournal.unlink(path());
            assertEquals("b", tailer.poll());
            assertThrows(JournalNotFoundException.class, () -> journal.append("c"));
            assertNull(tailer.poll());
            assertThrows(JournalNotFoundException.class, () -> IpcJournal.open(path(), Codec.utf8()));
        }

        private void assertRefused(IpcJournal<String> journal, JournalTailer<String> tailer) {
            assertNames(assertThrows(JournalNotFoundException.class, () -> journal.append("no")), "unlinked");
            assertThrows(JournalNotFoundException.class, () -> journal.appendAll(List.of("no", "no")));
            assertThrows(JournalNotFoundException.class, () -> journal.tryAppend("no", 0, TimeUnit.SECONDS));
            assertThrows(JournalNotFoundException.class, () -> journal.retain(Retention.beyond(0).evenIfNeeded()));
            assertThrows(JournalNotFoundException.class, () -> journal.tailer("new"));
            assertThrows(JournalNotFoundException.class, () -> tailer.moveTo(0));
            assertThrows(JournalNotFoundException.class, tailer::toStart);
            assertThrows(JournalNotFoundException.class, tailer::toEnd);
        }

        @Test
        void letsThoseWhoHaveItOpenMakeNoFiles() {
            IpcJournal<String> journal = rolling();
            JournalTailer<String> tailer = dirs.closeLater(journal.tailer());
            fill(journal, 2, 2);
            IpcJournal.unlink(path());
            pass(1);
            assertRefused(journal, tailer);
            assertFalse(Files.exists(path()));
        }

        @Test
        void letsThoseWhoHaveItOpenNotDisturbANewOne() {
            IpcJournal<String> old = rolling();
            JournalTailer<String> tailer = dirs.closeLater(old.tailer());
            fill(old, 2, 2);
            IpcJournal.unlink(path());
            IpcJournal<String> journal = rolling();
            fill(journal, 2, 3);
            List<Path> files = rollFiles();
            pass(1);
            assertRefused(old, tailer);
            old.close();
            assertEquals(files, rollFiles());
            assertEquals(6, journal.append("6"));
            assertEquals(numbers(0, 7), replayed(journal, 0));
            assertEquals(numbers(0, 7), replayed(rolling(), 0));
        }

        @Test
        void byTwoSucceedsOnce() {
            IpcJournal<String> journal = strings();
            CountDownLatch inside = new CountDownLatch(1);
            CountDownLatch end = new CountDownLatch(1);
            Async<Long> holder = Async.of(() -> journal.shared().exclusively(() -> {
                inside.countDown();
                Append.await(end);
                return 0;
            }));
            Append.await(inside);
            List<Async<Boolean>> unlinkers = IntStream.range(0, 2).mapToObj(i -> Async.of(() -> {
                try {
                    IpcJournal.unlink(path());
                    return true;
                } catch (JournalNotFoundException e) {
                    return false;
                }
            })).toList();
            Until.isTrue("one waits", () -> Inside.isLockWaitedFor(journal));
            end.countDown();
            assertEquals(0, holder.get());
            assertEquals(1, unlinkers.stream().filter(Async::get).count());
            assertFalse(Files.exists(path()));
        }

        @Test
        void leavesANewOneThatWasMadeWhileItWaited() {
            IpcJournal<String> old = strings();
            AtomicReference<Async<Void>> unlinker = new AtomicReference<>();
            old.shared().exclusively(() -> {
                unlinker.set(Async.run(() -> IpcJournal.unlink(path())));
                Until.isTrue("it waits", () -> Inside.isLockWaitedFor(old));
                JournalDirectory.of(path()).remove();
                IpcJournal<String> fresh = strings();
                return fresh.append("a");
            });
            assertInstanceOf(JournalNotFoundException.class, unlinker.get().failure());
            assertEquals(List.of("a"), replayed(strings(), 0));
        }

        @ParameterizedTest
        @ValueSource(booleans = {true, false})
        void thatWasKilledHalfWayIsEndedByOpenOrCreate(boolean filesAreGone) throws IOException {
            try (IpcJournal<String> journal = rolling(path())) {
                fill(journal, 3, 2);
                Inside.setInt(journal, JournalLayout.UNLINKED_OFFSET, 1);
            }
            Files.delete(rollFiles().get(0));
            if (filesAreGone) {
                for (Path file : rollFiles()) {
                    Files.delete(file);
                }
                Files.delete(path().resolve("metadata.cq4t"));
            }
            assertThrows(JournalNotFoundException.class, () -> IpcJournal.open(path(), Codec.utf8()));
            IpcJournal<String> fresh = rolling();
            assertEquals(0, fresh.endIndex());
            assertEquals(0, fresh.append("0"));
            assertEquals(numbers(0, 1), replayed(rolling(), 0));
        }
    }

    @Nested
    class ItsFiles {

        @Test
        void areForWhomTheSegmentIs() throws IOException {
            strings().append("a");
            assertEquals(Set.of("rw-------"), modes());
            Files.setPosixFilePermissions(path().resolve("journal.segment"),
                    PosixFilePermissions.fromString("rw-rw----"));
            Inside.beginNewFile(strings());
            strings().append("b");
            assertEquals(Set.of("rw-------", "rw-rw----"), modes());
        }

        private Set<String> modes() throws IOException {
            Set<String> modes = new TreeSet<>();
            try (DirectoryStream<Path> files = Files.newDirectoryStream(path(), "*.cq4*")) {
                for (Path file : files) {
                    modes.add(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
                }
            }
            return modes;
        }
    }

    @Nested
    class Append {

        @Test
        void givesIndexesInARow() throws InterruptedException {
            IpcJournal<String> journal = strings();
            assertEquals(0, journal.append("a"));
            assertEquals(OptionalLong.of(1), journal.tryAppend("b", 0, TimeUnit.SECONDS));
            assertEquals(2, journal.appendAll(List.of("c", "d")));
            assertEquals(OptionalLong.of(4), journal.tryAppendAll(Set.of("e"), 1, TimeUnit.DAYS));
            assertEquals(5, journal.endIndex());
            assertEquals(0, journal.firstIndex());
            assertEquals(List.of("a", "b", "c", "d", "e"), replayed(journal, 0));
        }

        @Test
        void goesOnAfterAReopen() {
            for (int i = 0; i < 5; i++) {
                try (IpcJournal<String> journal = IpcJournal.openOrCreate(path(), Codec.utf8())) {
                    assertEquals(i, journal.endIndex());
                    assertEquals(i, journal.append(Integer.toString(i)));
                }
            }
            assertEquals(numbers(0, 5), replayed(strings(), 0));
        }

        @Test
        void ofAnEmptyBatchAppendsNothing() throws InterruptedException {
            IpcJournal<String> journal = strings();
            assertEquals(0, journal.appendAll(List.of()));
            journal.append("a");
            assertEquals(1, journal.appendAll(List.of()));
            assertEquals(OptionalLong.of(1), journal.tryAppendAll(List.of(), 0, TimeUnit.SECONDS));
            assertEquals(1, journal.endIndex());
        }

        @Test
        void refusesNull() {
            IpcJournal<String> journal = strings();
            assertThrows(NullPointerException.class, () -> journal.append(null));
            assertThrows(NullPointerException.class, () -> journal.appendAll(null));
            assertThrows(NullPointerException.class, () -> journal.appendAll(Arrays.asList("a", null)));
            assertThrows(NullPointerException.class, () -> journal.tryAppend(null, 0, TimeUnit.SECONDS));
            assertThrows(NullPointerException.class, () -> journal.tryAppend("a", 0, null));
            assertEquals(0, journal.endIndex());
            assertEquals(0, journal.append("a"));
        }

        @Test
        void takesEmptyMessages() {
            IpcJournal<String> journal = strings();
            journal.appendAll(List.of("", "", "a", ""));
            journal.append("");
            assertEquals(List.of("", "", "a", "", ""), replayed(journal, 0));
        }

        @Test
        void takesTheLargestMessageAndNoByteMore() {
            IpcJournal<byte[]> journal = bytes();
            int largest = journal.largestBatchBytes() - 4;
            byte[] message = new byte[largest];
            new Random(1).nextBytes(message);
            assertNames(assertThrows(IllegalArgumentException.class, () -> journal.append(new byte[largest + 1])),
                    largest + 1, journal.largestBatchBytes());
            assertEquals(0, journal.append(message));
            assertThrows(IllegalArgumentException.class,
                    () -> journal.appendAll(List.of(new byte[largest - 4], new byte[1])));
            assertEquals(1, journal.appendAll(List.of(new byte[largest - 4], new byte[0])));
            assertEquals(3, journal.append(new byte[]{1}));
            try (JournalTailer<byte[]> tailer = journal.tailer()) {
                assertArrayEquals(message, tailer.poll());
                assertEquals(largest - 4, tailer.poll().length);
                assertEquals(0, tailer.poll().length);
                assertArrayEquals(new byte[]{1}, tailer.poll());
            }
        }

        @Test
        void takesMessagesOfManyLengths() {
            IpcJournal<byte[]> journal = bytes();
            List<byte[]> messages = IntStream.range(0, 200).mapToObj(i -> new byte[i * i * 3]).toList();
            journal.appendAll(messages.subList(0, 100));
            messages.subList(100, 200).forEach(journal::append);
            assertEquals(messages.stream().map(message -> message.length).toList(),
                    replayed(journal, 0).stream().map(message -> message.length).toList());
        }

        @Test
        void keepsTheInterruptStatus() {
            IpcJournal<String> journal = strings();
            Thread.currentThread().interrupt();
            assertEquals(0, journal.append("a"));
            assertEquals(1, journal.appendAll(List.of("b")));
            assertTrue(Thread.interrupted());
            assertEquals(List.of("a", "b"), replayed(journal, 0));
        }

        @Test
        void ofThoseWhoTryThrowsIfInterruptedBefore() {
            IpcJournal<String> journal = strings();
            Thread.currentThread().interrupt();
            assertThrows(InterruptedException.class, () -> journal.tryAppend("a", 1, TimeUnit.DAYS));
            assertFalse(Thread.interrupted());
            assertEquals(0, journal.endIndex());
        }

        @Test
        void waitsForOthersNoLongerThanAsked() throws InterruptedException {
            IpcJournal<String> journal = strings();
            IpcJournal<String> other = strings();
            CountDownLatch inside = new CountDownLatch(1);
            CountDownLatch end = new CountDownLatch(1);
            Async<Long> holder = Async.of(() -> other.shared().exclusively(() -> {
                inside.countDown();
                await(end);
                return 0;
            }));
            await(inside);
            assertEquals(OptionalLong.empty(), journal.tryAppend("a", 0, TimeUnit.SECONDS));
            assertEquals(OptionalLong.empty(), journal.tryAppend("a", 20, TimeUnit.MILLISECONDS));
            assertEquals(OptionalLong.empty(), other.tryAppend("a", 20, TimeUnit.MILLISECONDS), "of the same handle");
            Async<OptionalLong> interrupted = Async.of(() -> journal.tryAppend("a", 1, TimeUnit.DAYS));
            interrupted.thread().interrupt();
            assertInstanceOf(InterruptedException.class, interrupted.failure());
            Async<Long> waits = Async.of(() -> journal.append("b"));
            waits.thread().interrupt();
            assertEquals(0, journal.endIndex());
            end.countDown();
            assertEquals(0, holder.get());
            assertEquals(0, waits.get());
            assertEquals(List.of("b"), replayed(journal, 0));
        }

        private static void await(CountDownLatch latch) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    @Nested
    class ACodec {

        @Test
        void mayBeOfStringsNumbersOrBytes() {
            IpcJournal<Long> longs = dirs.closeLater(IpcJournal.create(dirs.path("longs"), Codec.int64()));
            longs.appendAll(List.of(Long.MIN_VALUE, -1L, 0L, Long.MAX_VALUE));
            assertEquals(List.of(Long.MIN_VALUE, -1L, 0L, Long.MAX_VALUE), replayed(longs, 0));
            IpcJournal<String> strings = strings();
            strings.append("\u00e4\u20ac\ud83d\ude00");
            assertEquals(List.of("\u00e4\u20ac\ud83d\ude00"), replayed(strings, 0));
        }

        @Test
        void thatCannotWriteAnItemAppendsNothing() {
            IpcJournal<Integer> journal = moody();
            assertThrows(IllegalStateException.class, () -> journal.append(13));
            assertThrows(IllegalStateException.class, () -> journal.appendAll(List.of(1, 2, 13, 3)));
            assertEquals(0, journal.endIndex());
            assertEquals(0, journal.append(1));
            assertEquals(List.of(1), replayed(journal, 0));
        }

        @Test
        void thatCannotReadAMessageMakesTheTailerThrowOnceAndGoOnBehindIt() {
            IpcJournal<Integer> journal = moody();
            journal.appendAll(List.of(6, 7, 8));
            journal.append(7);
            journal.append(9);
            try (JournalTailer<Integer> tailer = journal.tailer()) {
                assertEquals(6, tailer.poll());
                CodecException refusal = assertThrows(CodecException.class, tailer::poll);
                assertNames(refusal, "test.moody", path());
                assertEquals(4, refusal.message().length);
                assertEquals(2, tailer.index());
                assertEquals(8, tailer.poll());
                assertThrows(CodecException.class, tailer::take);
                assertEquals(9, tailer.poll());
                assertNull(tailer.poll());
            }
        }

        @Test
        void thatCannotReadAMessageEndsAReplay() {
            IpcJournal<Integer> journal = moody();
            journal.appendAll(List.of(6, 7, 8));
            List<Integer> seen = new ArrayList<>();
            assertThrows(CodecException.class, () -> journal.replay(0, (index, item) -> seen.add(item)));
            assertEquals(List.of(6), seen);
            assertEquals(List.of(8), replayed(journal, 2));
        }

        @Test
        void mayAppendToAnotherJournalInTheMiddle() {
            IpcJournal<String> inner = dirs.closeLater(IpcJournal.create(dirs.path("inner"), Codec.utf8()));
            Codec<String> codec = new Codec<>() {

                @Override
                public String id() {
                    return "test.nested";
                }

                @Override
                public void encode(String item, EncodeBuffer out) {
                    out.putLong(inner.append(item));
                }

                @Override
                public String decode(ByteBuffer message) {
                    return replayed(inner, message.getLong()).get(0);
                }
            };
            IpcJournal<String> outer = dirs.closeLater(IpcJournal.create(dirs.path("outer"), codec));
            outer.appendAll(List.of("a", "b"));
            assertEquals(List.of("a", "b"), replayed(outer, 0));
        }
    }

    @Nested
    class Replay {

        @Test
        void showsAllFromAnIndexOn() {
            IpcJournal<String> journal = rolling();
            fill(journal, 3, 5);
            for (int from = 0; from <= 15; from++) {
                assertEquals(numbers(from, 15), replayed(journal, from));
            }
        }

        @Test
        void beginsInTheMiddleOfABatch() {
            IpcJournal<String> journal = strings();
            journal.appendAll(numbers(0, 10));
            journal.appendAll(numbers(10, 20));
            for (int from = 0; from <= 20; from++) {
                assertEquals(numbers(from, 20), replayed(journal, from));
            }
        }

        @Test
        void refusesWhatIsNotThere() {
            IpcJournal<String> journal = strings();
            journal.append("a");
            assertNames(assertThrows(MessageNotFoundException.class, () -> replayed(journal, 2)), "beyond", "index=2",
                    "0 to 0");
            assertThrows(MessageNotFoundException.class, () -> replayed(journal, -1));
            assertThrows(MessageNotFoundException.class, () -> replayed(journal, Long.MAX_VALUE));
            assertThrows(NullPointerException.class, () -> journal.replay(0, null));
            assertEquals(List.of(), replayed(journal, 1));
        }

        @Test
        void endsWhenTheHandlerThrows() {
            IpcJournal<String> journal = strings();
            journal.appendAll(numbers(0, 10));
            List<String> seen = new ArrayList<>();
            assertThrows(IllegalStateException.class, () -> journal.replay(3, (index, item) -> {
                seen.add(item);
                if (index == 5) {
                    throw new IllegalStateException("enough");
                }
            }));
            assertEquals(numbers(3, 6), seen);
        }

        @Test
        void endsAtWhatWasThereAtItsBeginning() {
            IpcJournal<String> journal = strings();
            journal.appendAll(numbers(0, 3));
            assertEquals(3, journal.replay(0, (index, item) -> journal.append("more")));
            assertEquals(6, journal.endIndex());
        }

        @Test
        void leavesNoTailerBehindIfItIsRefused() {
            IpcJournal<String> journal = strings();
            assertThrows(MessageNotFoundException.class, () -> replayed(journal, 1));
            replayed(journal, 0);
            assertEquals(0, journal.shared().openTailers().size());
        }
    }

    @Nested
    class FirstIndex {

        @Test
        void isThatOfTheNextMessageIfThereIsNone() {
            assertEquals(0, strings().firstIndex());
        }

        @Test
        void growsWhenFilesAreDeleted() {
            IpcJournal<String> journal = rolling();
            fill(journal, 3, 4);
            IpcJournal<String> other = rolling();
            assertEquals(0, other.firstIndex());
            assertEquals(2, journal.retain(Retention.beyond(0)).size());
            assertEquals(8, other.firstIndex());
            assertEquals(8, journal.firstIndex());
            assertEquals(12, other.endIndex());
        }
    }

    @Nested
    class Threads {

        @Test
        void appendAndTakeThroughOneHandleAndSeveral() throws InterruptedException {
            int threads = 4;
            int each = 500;
            IpcJournal<Long> one = dirs.closeLater(IpcJournal.create(path(), Codec.int64()));
            IpcJournal<Long> two = dirs.closeLater(IpcJournal.open(path(), Codec.int64()));
            List<Async<Void>> appenders = IntStream.range(0, threads).mapToObj(thread -> Async.run(() -> {
                IpcJournal<Long> mine = thread % 2 == 0 ? one : two;
                for (long i = 0; i < each; i++) {
                    mine.append(thread * 1_000_000L + i);
                }
            })).toList();
            JournalTailer<Long> shared = dirs.closeLater(one.tailer("shared"));
            Set<Long> taken = new ConcurrentSkipListSet<>();
            List<Async<Void>> takers = IntStream.range(0, 2).mapToObj(thread -> Async.run(() -> {
                for (int i = 0; i < threads * each / 2; i++) {
                    assertTrue(taken.add(shared.take()), "taken twice");
                }
            })).toList();
            JournalTailer<Long> alone = dirs.closeLater(two.tailer());
            long[] next = new long[threads];
            for (int i = 0; i < threads * each; i++) {
                long item = alone.take();
                assertEquals(next[(int) (item / 1_000_000)]++, item % 1_000_000);
            }
            appenders.forEach(Async::get);
            takers.forEach(Async::get);
            assertEquals(threads * each, taken.size());
            assertEquals(threads * each, two.endIndex());
        }

        @Test
        void mayAskForTheOldestMessageWhileItsFileIsDeleted() {
            IpcJournal<String> journal = rolling();
            fill(journal, 1, 1);
            IpcJournal<String> other = rolling();
            Async<Void> asks = Async.run(() -> {
                long last = -1;
                while (last < 60) {
                    long first = other.firstIndex();
                    assertTrue(first >= last, first + " after " + last);
                    last = first;
                    try (JournalTailer<String> tailer = other.tailer().toEnd()) {
                        assertTrue(tailer.index() > last);
                    }
                }
            });
            while (!asks.isDone() && journal.endIndex() < 2_000) {
                pass(1);
                fill(journal, 1, 1);
                journal.retain(Retention.beyond(0));
            }
            asks.get();
        }

        @Test
        void mayUseAJournalWhileItIsClosed() {
            for (int round = 0; round < 20; round++) {
                IpcJournal<String> journal = strings();
                journal.append("a");
                CountDownLatch begun = new CountDownLatch(4);
                List<Async<Void>> users = IntStream.range(0, 4).mapToObj(i -> Async.run(() -> {
                    begun.countDown();
                    while (true) {
                        use(journal, i);
                    }
                })).toList();
                Async.run(begun::await).get();
                journal.close();
                for (Async<Void> user : users) {
                    assertInstanceOf(SegmentClosedException.class, user.failure());
                }
            }
        }

        private void use(IpcJournal<String> journal, int kind) {
            switch (kind) {
                case 0 -> journal.append("b");
                case 1 -> journal.firstIndex();
                case 2 -> journal.tailer().toStart().close();
                default -> journal.replay(0, (index, item) -> {
                });
            }
        }
    }

    @Nested
    class AppendFrom {

        private IpcQueue<String> queue() {
            Segment segment = dirs.closeLater(Segment.openOrCreate(dirs.path("segment")));
            return IpcQueue.openOrCreate(segment, "q", Codec.utf8());
        }

        @Test
        void movesTheOldestMessagesInOneWrite() throws InterruptedException {
            IpcQueue<String> queue = queue();
            IpcJournal<String> journal = strings();
            queue.addAll(numbers(0, 10));
            assertEquals(4, journal.appendFrom(queue, 4));
            assertEquals(4, journal.endIndex());
            assertEquals(6, queue.size());
            assertEquals(6, journal.appendFrom(queue, 100, 0, TimeUnit.SECONDS));
            assertEquals(0, journal.appendFrom(queue, 100, 0, TimeUnit.SECONDS));
            assertEquals(0, journal.appendFrom(queue, 100, 1, TimeUnit.MILLISECONDS));
            assertEquals(numbers(0, 10), replayed(journal, 0));
        }

        @Test
        void saysThatTheQueueWasShutDown() throws InterruptedException {
            IpcQueue<String> queue = queue();
            IpcJournal<String> journal = strings();
            queue.add("0");
            queue.shutdown();
            assertEquals(1, journal.appendFrom(queue, 5));
            assertThrows(QueueShutDownException.class, () -> journal.appendFrom(queue, 5));
            assertEquals(0, journal.appendFrom(queue, 5, 0, TimeUnit.SECONDS));
            assertEquals(List.of("0"), replayed(journal, 0));
        }

        @Test
        void refusesBadArguments() {
            IpcQueue<String> queue = queue();
            IpcJournal<String> journal = strings();
            assertThrows(IllegalArgumentException.class, () -> journal.appendFrom(queue, 0));
            assertThrows(NullPointerException.class, () -> journal.appendFrom(null, 1));
            IpcJournal<byte[]> other = dirs.closeLater(IpcJournal.create(dirs.path("other"), Codec.bytes()));
            @SuppressWarnings("unchecked") IpcQueue<byte[]> wrong = (IpcQueue<byte[]>) (IpcQueue<?>) queue;
            assertNames(assertThrows(IllegalArgumentException.class, () -> other.appendFrom(wrong, 1)),
                    Codec.utf8().id(), Codec.bytes().id());
        }

        @Test
        void throwsIfInterruptedAndMovesNothing() {
            IpcQueue<String> queue = queue();
            IpcJournal<String> journal = strings();
            queue.add("0");
            Thread.currentThread().interrupt();
            assertThrows(InterruptedException.class, () -> journal.appendFrom(queue, 1));
            assertEquals(1, queue.size());
            assertEquals(0, journal.endIndex());
        }

        @Test
        void leavesTheMessagesInTheQueueIfTheJournalIsClosed() {
            IpcQueue<String> queue = queue();
            IpcJournal<String> journal = strings();
            queue.add("0");
            journal.close();
            assertThrows(SegmentClosedException.class, () -> journal.appendFrom(queue, 1));
            assertEquals(1, queue.size());
        }
    }
}
