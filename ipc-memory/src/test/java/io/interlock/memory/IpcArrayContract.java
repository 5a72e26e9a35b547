package io.interlock.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.interlock.core.Segment;
import io.interlock.core.error.ObjectExistsException;
import io.interlock.core.error.ObjectMismatchException;
import io.interlock.core.error.ObjectNotFoundException;
import io.interlock.core.error.SegmentClosedException;
import io.interlock.core.error.SegmentFormatException;
import io.interlock.core.error.SegmentFullException;
import io.interlock.core.format.EntryLayout;
import io.interlock.core.format.HeaderLayout;
import io.interlock.core.inspect.SegmentInspector;
import io.interlock.core.port.Mem;
import io.interlock.core.testing.TestDirs;
import io.interlock.sync.IpcEvent;
import io.interlock.sync.IpcLock;
import io.interlock.sync.IpcMutex;
import io.interlock.sync.IpcRLock;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What every kind of array does, through two handles of one segment. Elements are spoken of as whole numbers that each
 * kind can hold.
 *
 * @param <A> the kind
 */
abstract class IpcArrayContract<A extends IpcArray> {

    @RegisterExtension
    final TestDirs dirs = new TestDirs();
    Segment segment;
    Segment other;

    abstract A createAnonymous(Segment in, int length);

    abstract A create(Segment in, String name, int length);

    abstract A createOf(Segment in, int... numbers);

    abstract A createOf(Segment in, String name, int... numbers);

    abstract A createOfNull(Segment in, String name);

    abstract A open(Segment in, String name);

    abstract A open(Segment in, int id);

    abstract A openOrCreate(Segment in, String name, int length);

    abstract void put(A array, int index, int number);

    abstract int at(A array, int index);

    abstract void fill(A array, int number);

    abstract List<Integer> all(A array);

    /** Copies the numbers in from a native array of the kind, and returns it. */
    abstract void copyIn(A array, int index, List<Integer> source, int sourceIndex, int count);

    /** Copies out into a native array of the kind that has this length. */
    abstract List<Integer> copyOut(A array, int index, int targetLength, int targetIndex, int count);

    abstract void copyInNull(A array);

    abstract void copyOutNull(A array);

    /** Every operation that touches the memory, on element 0 of a longer array. */
    abstract List<Consumer<A>> operations();

    /** Every operation on the element of an index. */
    abstract List<IndexedOperation<A>> indexed();

    abstract int widthBytes();

    /** As the inspector shows it. */
    abstract String text(int number);

    @FunctionalInterface
    interface IndexedOperation<A> {

        void run(A array, int index);
    }

    @BeforeEach
    void openTwice() {
        segment = dirs.closeLater(Segment.create(dirs.path("s")));
        other = dirs.closeLater(Segment.open(dirs.path("s")));
    }

    private static List<Integer> zeros(int count) {
        return Collections.nCopies(count, 0);
    }

    private static void assertNames(Throwable thrown, String... words) {
        for (String word : words) {
            assertTrue(thrown.getMessage().contains(word), () -> word + " in: " + thrown.getMessage());
        }
    }

    @Nested
    class Create {

        @Test
        void startsWithZeros() {
            A array = create(segment, "a", 5);
            assertEquals(5, array.length());
            assertEquals(zeros(5), all(array));
            assertEquals(zeros(3), all(createAnonymous(segment, 3)));
        }

        @Test
        void startsWithTheGivenElements() {
            assertEquals(List.of(1, -2, 3), all(createOf(segment, "a", 1, -2, 3)));
            assertEquals(List.of(7), all(createOf(segment, 7)));
            assertEquals(List.of(), all(createOf(segment, "none")));
            assertThrows(NullPointerException.class, () -> createOfNull(segment, "null"));
        }

        @Test
        void canHaveNoElements() {
            A array = create(segment, "a", 0);
            assertEquals(0, array.length());
            assertEquals(List.of(), all(array));
            fill(array, 1);
            assertEquals(List.of(), all(open(other, "a")));
            assertThrows(IndexOutOfBoundsException.class, () -> at(array, 0));
            assertEquals(0, createAnonymous(segment, 0).length());
        }

        @Test
        void refusesANegativeLength() {
            assertNames(assertThrows(IllegalArgumentException.class, () -> create(segment, "a", -1)), "length=-1");
            assertThrows(IllegalArgumentException.class, () -> createAnonymous(segment, Integer.MIN_VALUE));
            assertThrows(IllegalArgumentException.class, () -> openOrCreate(segment, "a", -1));
            assertEquals(0, segment.directory().size());
        }

        @Test
        void refusesWhatDoesNotFit() {
            int free = segment.directory().freeBytes();
            int tooLong = free / widthBytes() + 1;
            assertNames(assertThrows(SegmentFullException.class, () -> create(segment, "a", tooLong)),
                    Integer.toString(free));
            for (int length : new int[]{Integer.MAX_VALUE, Integer.MAX_VALUE - 64, 1 << 30, 1 << 29, 1 << 28}) {
                assertThrows(SegmentFullException.class, () -> create(segment, "a", length));
                assertThrows(SegmentFullException.class, () -> createAnonymous(segment, length));
                assertThrows(SegmentFullException.class, () -> openOrCreate(segment, "a", length));
            }
            long needed = (long) Integer.MAX_VALUE * widthBytes();
            assertNames(assertThrows(SegmentFullException.class, () -> create(segment, "a", Integer.MAX_VALUE)),
                    Long.toString(needed), Integer.toString(free));
            assertEquals(0, segment.directory().size());
            assertEquals(free / widthBytes(), create(segment, "a", free / widthBytes()).length());
        }

        @Test
        void refusesATakenName() {
            create(segment, "a", 1);
            assertThrows(ObjectExistsException.class, () -> create(other, "a", 1));
        }

        @Test
        void refusesNamesThatAreNone() {
            assertThrows(NullPointerException.class, () -> create(segment, null, 1));
            assertThrows(IllegalArgumentException.class, () -> create(segment, "", 1));
            assertThrows(IllegalArgumentException.class, () -> create(segment, "a/b", 1));
            assertThrows(NullPointerException.class, () -> openOrCreate(segment, null, 1));
            assertThrows(IllegalArgumentException.class, () -> openOrCreate(segment, "", 1));
            assertThrows(NullPointerException.class, () -> createOf(segment, (String) null, 1));
            assertThrows(NullPointerException.class, () -> open(segment, null));
        }
    }

    @Nested
    class Open {

        @Test
        void findsTheSameByNameAndByNumber() {
            A made = createOf(segment, "a", 1, 2, 3);
            assertEquals(List.of(1, 2, 3), all(open(other, "a")));
            assertEquals(List.of(1, 2, 3), all(open(other, made.id())));
            assertEquals(3, open(other, "a").length());
            assertEquals("a", open(other, made.id()).name());
            A anonymous = createOf(segment, 4);
            assertEquals("#" + anonymous.id(), anonymous.name());
            assertEquals(List.of(4), all(open(other, anonymous.id())));
        }

        @Test
        void refusesWhatIsNotThere() {
            assertThrows(ObjectNotFoundException.class, () -> open(segment, "a"));
            assertThrows(ObjectNotFoundException.class, () -> open(segment, 1));
        }

        @Test
        void refusesAnotherKind() {
            IpcEvent event = IpcEvent.create(segment, "e");
            assertNames(assertThrows(ObjectMismatchException.class, () -> open(segment, "e")), "Event");
            assertNames(assertThrows(ObjectMismatchException.class, () -> openOrCreate(segment, "e", 5)), "Event");
            assertThrows(ObjectMismatchException.class, () -> open(segment, event.id()));
        }

        @Test
        void refusesALengthThatItsBlockDoesNotHave() {
            create(segment, "a", 5);
            Mem mem = segment.context().mem;
            int parameter = mem.getInt(HeaderLayout.DIRECTORY_OFFSET) + EntryLayout.PARAMETERS_OFFSET;
            for (long length : new long[]{-1, 128 / widthBytes() + 1, Integer.MAX_VALUE + 1L, Long.MAX_VALUE}) {
                mem.putLong(parameter, length);
                assertNames(assertThrows(SegmentFormatException.class, () -> open(other, "a")), "damaged",
                        Long.toString(length));
            }
        }
    }

    @Nested
    class OpenOrCreate {

        @Test
        void makesOneAndThenFindsIt() {
            A made = openOrCreate(segment, "a", 3);
            put(made, 2, 9);
            A found = openOrCreate(other, "a", 3);
            assertEquals(made.id(), found.id());
            assertEquals(List.of(0, 0, 9), all(found));
        }

        @Test
        void refusesAnotherLength() {
            openOrCreate(segment, "a", 3);
            for (int length : new int[]{0, 2, 4, Integer.MAX_VALUE}) {
                var thrown = assertThrows(ObjectMismatchException.class, () -> openOrCreate(other, "a", length));
                assertNames(thrown, "\"a\"", "has length 3", "expected " + length);
            }
        }
    }

    @Nested
    class Elements {

        @Test
        void areSeparate() {
            A array = create(segment, "a", 9);
            for (int i = 0; i < 9; i++) {
                put(array, i, i * 3 - 9);
            }
            A theirs = open(other, "a");
            for (int i = 0; i < 9; i++) {
                assertEquals(i * 3 - 9, at(theirs, i));
            }
        }

        @Test
        void stayWithinTheArray() {
            A before = create(segment, "before", 128 / widthBytes());
            A array = create(segment, "a", 128 / widthBytes());
            A after = create(segment, "after", 128 / widthBytes());
            fill(array, -1);
            assertEquals(zeros(before.length()), all(before));
            assertEquals(Collections.nCopies(array.length(), -1), all(array));
            assertEquals(zeros(after.length()), all(after));
        }

        @Test
        void areBoundsChecked() {
            A array = create(segment, "scores", 5);
            for (IndexedOperation<A> operation : indexed()) {
                for (int index : new int[]{-1, 5, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
                    var thrown = assertThrows(IndexOutOfBoundsException.class, () -> operation.run(array, index));
                    assertNames(thrown, "index " + index, "\"scores\"", "length 5");
                }
            }
            assertEquals(zeros(5), all(array));
        }
    }

    @Nested
    class Copies {

        @Test
        void goInAndOut() {
            A array = create(segment, "a", 6);
            copyIn(array, 1, List.of(9, 1, 2, 3, 9), 1, 3);
            assertEquals(List.of(0, 1, 2, 3, 0, 0), all(open(other, "a")));
            assertEquals(List.of(0, 0, 2, 3, 0), copyOut(array, 2, 5, 2, 2));
        }

        @Test
        void ofManyElementsAreWhole() {
            List<Integer> numbers = IntStream.range(0, 1000).mapToObj(i -> i % 100).collect(Collectors.toList());
            A array = create(segment, "a", 1000);
            copyIn(array, 0, numbers, 0, 1000);
            assertEquals(numbers, all(array));
        }

        @Test
        void ofNothingAreAllowedUpToTheEnd() {
            A array = create(segment, "a", 3);
            copyIn(array, 3, List.of(), 0, 0);
            assertEquals(List.of(), copyOut(array, 3, 0, 0, 0));
        }

        @Test
        void areBoundsChecked() {
            A array = create(segment, "scores", 5);
            List<Integer> four = List.of(1, 2, 3, 4);
            int[][] wrongRanges = {{-1, 1}, {0, -1}, {5, 1}, {3, 3}, {6, 0}, {Integer.MAX_VALUE, Integer.MAX_VALUE},
                {Integer.MIN_VALUE, 4}};
            for (int[] r : wrongRanges) {
                assertNames(assertThrows(IndexOutOfBoundsException.class, () -> copyIn(array, r[0], four, 0, r[1])),
                        "[" + r[0] + ", " + r[0] + " + " + r[1] + ")", "\"scores\"", "length 5");
                assertThrows(IndexOutOfBoundsException.class, () -> copyOut(array, r[0], 4, 0, r[1]));
            }
            for (int sourceIndex : new int[]{-1, 1, Integer.MAX_VALUE}) {
                assertNames(
                        assertThrows(IndexOutOfBoundsException.class, () -> copyIn(array, 0, four, sourceIndex, 4)),
                        "given array of length 4");
                assertThrows(IndexOutOfBoundsException.class, () -> copyOut(array, 0, 4, sourceIndex, 4));
            }
            assertThrows(NullPointerException.class, () -> copyInNull(array));
            assertThrows(NullPointerException.class, () -> copyOutNull(array));
            assertEquals(zeros(5), all(array));
        }

        @Test
        void fillSetsAllElements() {
            A array = create(segment, "a", 7);
            fill(array, 5);
            assertEquals(Collections.nCopies(7, 5), all(open(other, "a")));
        }
    }

    @Nested
    class GetLock {

        @Test
        void isMadeOnceForAll() {
            A mine = create(segment, "a", 1);
            IpcMutex lock = mine.getLock();
            assertInstanceOf(IpcRLock.class, lock);
            assertSame(lock, mine.getLock());
            assertEquals(lock.id(), open(other, "a").getLock().id());
            assertNotEquals(lock.id(), create(segment, "b", 1).getLock().id());
            assertEquals("a/lock", SegmentInspector.inspect(segment.path()).objects().get(lock.id() - 1).name());
        }

        @Test
        void isTheGivenOneOrNone() {
            A mine = createOf(segment, "a", 6);
            IpcLock given = IpcLock.create(segment, "l");
            assertSame(given, mine.withLock(given).getLock());
            assertSame(mine.getClass(), mine.withLock(given).getClass());
            assertNames(assertThrows(UnsupportedOperationException.class, mine.withoutLock()::getLock), "\"a\"",
                    "withoutLock()");
            assertThrows(NullPointerException.class, () -> mine.withLock(null));
            assertEquals(1, mine.withoutLock().length());
            assertEquals(mine.id(), mine.withoutLock().id());
        }
    }

    @Nested
    class Close {

        @Test
        void endsEveryOperation() {
            A mine = create(segment, "a", 5);
            segment.close();
            assertClosed(mine);
            other.close();
            assertClosed(mine);
            assertThrows(SegmentClosedException.class, () -> openOrCreate(segment, "a", 5));
        }

        private void assertClosed(A mine) {
            for (Consumer<A> operation : operations()) {
                assertThrows(SegmentClosedException.class, () -> operation.accept(mine));
            }
            for (IndexedOperation<A> operation : indexed()) {
                assertThrows(SegmentClosedException.class, () -> operation.run(mine, 4));
            }
            assertThrows(SegmentClosedException.class, mine::getLock);
        }
    }

    @Nested
    class InWords {

        @Test
        void showsNameAndLength() {
            A array = create(segment, "a", 5);
            assertEquals(array.getClass().getSimpleName() + "[a, length=5]", array.toString());
        }

        @Test
        void theInspectorShowsTheFirstElements() {
            createOf(segment, "short", 1, -2);
            createOf(segment, "long", 1, 2, 3, 4, 5, 6, 7, 8, 9);
            createOf(segment, "none");
            var objects = SegmentInspector.inspect(segment.path()).objects();
            assertEquals(2L, objects.get(0).state().get("length"));
            assertEquals("[" + text(1) + ", " + text(-2) + "]", objects.get(0).state().get("elements"));
            String shown = IntStream.rangeClosed(1, 8).mapToObj(IpcArrayContract.this::text).collect(Collectors.joining(
                    ", "));
            assertEquals("[" + shown + ", ...]", objects.get(1).state().get("elements"));
            assertEquals("[]", objects.get(2).state().get("elements"));
            assertEquals(0L, objects.get(2).state().get("length"));
        }
    }
}
