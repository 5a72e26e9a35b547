package io.interlock.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.interlock.core.Segment;
import io.interlock.core.error.ObjectExistsException;
import io.interlock.core.error.ObjectMismatchException;
import io.interlock.core.error.ObjectNotFoundException;
import io.interlock.core.error.SegmentClosedException;
import io.interlock.core.inspect.SegmentInspector;
import io.interlock.core.testing.TestDirs;
import io.interlock.sync.IpcEvent;
import io.interlock.sync.IpcLock;
import io.interlock.sync.IpcMutex;
import io.interlock.sync.IpcRLock;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What every kind of value does, through two handles of one segment.
 *
 * @param <V> the kind
 */
abstract class IpcValueContract<V extends IpcValue> {

    @RegisterExtension
    final TestDirs dirs = new TestDirs();
    Segment segment;
    Segment other;

    abstract V createAnonymous(Segment in);

    abstract V create(Segment in, String name);

    abstract V open(Segment in, String name);

    abstract V open(Segment in, int id);

    abstract V openOrCreate(Segment in, String name);

    /** Makes one that is {@link #change}d from the beginning. */
    abstract V createChanged(Segment in, String name);

    abstract V openOrCreateChanged(Segment in, String name);

    abstract void change(V value);

    abstract Object read(V value);

    abstract Object initial();

    abstract Object changed();

    /** Every operation that touches the memory. */
    abstract List<Consumer<V>> operations();

    @BeforeEach
    void openTwice() {
        segment = dirs.closeLater(Segment.create(dirs.path("s")));
        other = dirs.closeLater(Segment.open(dirs.path("s")));
    }

    @Nested
    class Create {

        @Test
        void startsWithTheInitialValue() {
            assertEquals(initial(), read(create(segment, "v")));
            assertEquals(changed(), read(createChanged(segment, "w")));
        }

        @Test
        void refusesATakenName() {
            create(segment, "v");
            assertThrows(ObjectExistsException.class, () -> create(other, "v"));
        }

        @Test
        void refusesNamesThatAreNone() {
            assertThrows(NullPointerException.class, () -> create(segment, null));
            assertThrows(IllegalArgumentException.class, () -> create(segment, ""));
            assertThrows(IllegalArgumentException.class, () -> create(segment, "a/b"));
            assertThrows(IllegalArgumentException.class, () -> create(segment, "a\0b"));
            assertThrows(IllegalArgumentException.class, () -> create(segment, "x".repeat(129)));
            assertThrows(NullPointerException.class, () -> create(null, "v"));
            assertEquals(0, segment.directory().size());
        }

        @Test
        void givesEachAnonymousOneItsOwnMemory() {
            V first = createAnonymous(segment);
            V second = createAnonymous(segment);
            change(first);
            assertEquals(initial(), read(second));
            assertNotEquals(first.id(), second.id());
            assertEquals("#" + first.id(), first.name());
        }
    }

    @Nested
    class Open {

        @Test
        void findsTheSameByNameAndByNumber() {
            V made = create(segment, "v");
            change(made);
            assertEquals(changed(), read(open(other, "v")));
            assertEquals(changed(), read(open(other, made.id())));
            assertEquals(made.id(), open(other, "v").id());
            assertEquals("v", open(other, made.id()).name());
        }

        @Test
        void refusesWhatIsNotThere() {
            assertThrows(ObjectNotFoundException.class, () -> open(segment, "v"));
            assertThrows(ObjectNotFoundException.class, () -> open(segment, 1));
            assertThrows(ObjectNotFoundException.class, () -> open(segment, 0));
            assertThrows(ObjectNotFoundException.class, () -> open(segment, -1));
            assertThrows(NullPointerException.class, () -> open(segment, null));
            assertThrows(IllegalArgumentException.class, () -> open(segment, ""));
        }

        @Test
        void refusesAnotherKind() {
            IpcEvent event = IpcEvent.create(segment, "e");
            var thrown = assertThrows(ObjectMismatchException.class, () -> open(segment, "e"));
            assertTrue(thrown.getMessage().contains("Event"), thrown.getMessage());
            assertThrows(ObjectMismatchException.class, () -> openOrCreate(segment, "e"));
            assertThrows(ObjectMismatchException.class, () -> open(segment, event.id()));
        }
    }

    @Nested
    class OpenOrCreate {

        @Test
        void makesOneAndThenFindsIt() {
            V made = openOrCreate(segment, "v");
            assertEquals(initial(), read(made));
            change(made);
            V found = openOrCreate(other, "v");
            assertEquals(made.id(), found.id());
            assertEquals(changed(), read(found));
        }

        @Test
        void usesTheInitialValueForANewOneOnly() {
            assertEquals(changed(), read(openOrCreateChanged(segment, "new")));
            create(segment, "old");
            assertEquals(initial(), read(openOrCreateChanged(other, "old")));
        }
    }

    @Nested
    class GetLock {

        @Test
        void isMadeOnceForAll() {
            V mine = create(segment, "v");
            int before = segment.directory().size();
            IpcMutex lock = mine.getLock();
            assertInstanceOf(IpcRLock.class, lock);
            assertSame(lock, mine.getLock());
            assertEquals(lock.id(), open(other, "v").getLock().id());
            assertEquals(before + 1, segment.directory().size());
        }

        @Test
        void excludesOtherThreads() throws InterruptedException {
            V mine = create(segment, "v");
            boolean[] taken = {true};
            try (var held = mine.getLock().hold()) {
                Thread thread = new Thread(() -> taken[0] = open(other, "v").getLock().tryLock());
                thread.start();
                thread.join(TimeUnit.SECONDS.toMillis(60));
            }
            assertEquals(false, taken[0]);
        }

        @Test
        void differsBetweenValues() {
            assertNotEquals(create(segment, "v").getLock().id(), create(segment, "w").getLock().id());
            assertNotEquals(createAnonymous(segment).getLock().id(), createAnonymous(segment).getLock().id());
        }

        @Test
        void isTheGivenOne() {
            V mine = create(segment, "v");
            IpcLock given = IpcLock.create(segment, "l");
            IpcValue handle = mine.withLock(given);
            assertSame(given, handle.getLock());
            assertSame(mine.getClass(), handle.getClass());
            assertEquals(mine.id(), handle.id());
            assertNotSame(given, mine.getLock());
            assertThrows(NullPointerException.class, () -> mine.withLock(null));
        }

        @Test
        void isMissingFromAHandleWithoutLock() {
            V mine = create(segment, "v");
            int before = segment.directory().size();
            IpcValue handle = mine.withoutLock();
            var thrown = assertThrows(UnsupportedOperationException.class, handle::getLock);
            assertTrue(thrown.getMessage().contains("withoutLock()"), thrown.getMessage());
            assertEquals(before, segment.directory().size());
            IpcLock given = IpcLock.create(segment, "l");
            assertSame(given, handle.withLock(given).getLock());
            assertNotNull(mine.getLock());
        }

        @Test
        void thrownAwayWithItsHandleItIsStillTheSame() {
            V mine = create(segment, "v");
            int id = mine.getLock().id();
            assertEquals(id, open(segment, "v").getLock().id());
        }
    }

    @Nested
    class Close {

        @Test
        void endsEveryOperation() {
            V mine = create(segment, "v");
            segment.close();
            for (Consumer<V> operation : operations()) {
                assertThrows(SegmentClosedException.class, () -> operation.accept(mine));
            }
            assertThrows(SegmentClosedException.class, mine::getLock);
            assertThrows(SegmentClosedException.class, () -> create(segment, "w"));
            assertThrows(SegmentClosedException.class, () -> open(segment, "v"));
        }

        @Test
        void ofTheLastHandleEndsEveryOperation() {
            V mine = create(segment, "v");
            segment.close();
            other.close();
            for (Consumer<V> operation : operations()) {
                assertThrows(SegmentClosedException.class, () -> operation.accept(mine));
            }
        }

        @Test
        void leavesTheValueToOthers() {
            V mine = create(segment, "v");
            V theirs = open(other, "v");
            change(mine);
            segment.close();
            assertEquals(changed(), read(theirs));
        }
    }

    @Nested
    class InWords {

        @Test
        void showsNameAndValue() {
            V mine = create(segment, "v");
            change(mine);
            assertEquals(mine.getClass().getSimpleName() + "[v, value=" + changed() + "]", mine.toString());
        }

        @Test
        void theInspectorShowsTheValue() {
            change(create(segment, "v"));
            var report = SegmentInspector.inspect(segment.path()).objects().get(0);
            assertEquals("v", report.name());
            assertEquals(changed(), report.state().get("value"));
            assertEquals(128, report.length());
        }
    }
}
