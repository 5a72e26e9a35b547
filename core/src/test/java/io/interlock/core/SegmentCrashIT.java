package io.interlock.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.interlock.core.object.SharedBlock;
import io.interlock.core.port.Context;
import io.interlock.core.robust.RobustLock;
import io.interlock.core.testing.ChildJvm;
import io.interlock.core.testing.SegmentChild;
import io.interlock.core.testing.TestDirs;
import io.interlock.core.testing.TestObjects;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Processes that are killed or stopped at bad moments. */
class SegmentCrashIT {

    private static final SegmentOptions SMALL = SegmentOptions.defaults().withSizeBytes(1 << 16);

    @RegisterExtension
    final TestDirs dirs = new TestDirs();

    @Nested
    class KilledCreator {

        @Test
        void leavesNothingThatALaterCreatorCannotHandle() {
            Path path = dirs.path("loop");
            Random random = new Random(11);
            for (int round = 0; round < 12; round++) {
                ChildJvm child = SegmentChild.start(dirs);
                child.ask("createLoop " + path, "ok looping");
                LockSupport.parkNanos(random.nextInt(80_000_000));
                child.kill9();
                try (Segment segment = Segment.openOrCreate(path, SMALL)) {
                    assertEquals(1, segment.stats().participants());
                    TestObjects.words(segment, "mine");
                    segment.unlink();
                }
                try (Segment segment = Segment.create(path, SMALL)) {
                    assertEquals(0, segment.stats().objects());
                    segment.unlink();
                }
                assertFalse(Files.exists(dirs.path(".loop.birth")));
            }
        }
    }

    @Nested
    class KilledParticipant {

        @Test
        void isSeenDeadAndItsSlotIsUsedAgainByAnotherGeneration() {
            Segment mine = dirs.closeLater(Segment.create(dirs.path("two"), SMALL.withMaxParticipants(2)));
            ChildJvm first = SegmentChild.start(dirs);
            first.ask("open " + mine.path(), "ok");
            int slot = Integer.parseInt(first.ask("slot", "ok"));
            int generation = Integer.parseInt(first.ask("generation", "ok"));
            Context context = mine.context();
            assertFalse(context.liveness.isDead(slot, generation));
            assertTrue(context.liveness.isDead(slot, generation + 1));
            first.kill9();
            assertTrue(context.liveness.isDead(slot, generation));
            assertEquals(1, mine.stats().participants());
            ChildJvm second = SegmentChild.start(dirs);
            second.ask("open " + mine.path(), "ok");
            assertEquals(slot, Integer.parseInt(second.ask("slot", "ok")));
            assertNotEquals(generation, Integer.parseInt(second.ask("generation", "ok")));
            assertTrue(context.liveness.isDead(slot, generation));
        }

        @Test
        void losesItsLockToTheNextWhoIsTold() {
            Segment mine = dirs.closeLater(Segment.create(dirs.path("one"), SMALL));
            SharedBlock block = TestObjects.guarded(mine, "lock");
            RobustLock lock = TestObjects.lock(block);
            ChildJvm child = SegmentChild.start(dirs);
            child.ask("open " + mine.path(), "ok");
            child.ask("lock lock 1", "ok true");
            child.kill9();
            lock.acquire(mine.context().self.current());
            assertTrue(lock.isInconsistent());
            assertEquals(1, mine.stats().recoveries());
        }

        @Test
        void losesItsLockWhenItsSlotIsUsedAgain() {
            Segment mine = dirs.closeLater(Segment.create(dirs.path("two"), SMALL.withMaxParticipants(2)));
            SharedBlock block = TestObjects.guarded(mine, "lock");
            ChildJvm child = SegmentChild.start(dirs);
            child.ask("open " + mine.path(), "ok");
            child.ask("lock lock 1", "ok true");
            child.kill9();
            SegmentChild.start(dirs).ask("open " + mine.path(), "ok");
            RobustLock lock = TestObjects.lock(block);
            assertTrue(lock.tryAcquire(mine.context().self.current()), lock::toString);
            assertTrue(lock.isInconsistent());
            assertEquals(1, lock.deaths());
        }

        @Test
        void losesItsLockWhileAnotherProcessWaits() {
            Segment mine = dirs.closeLater(Segment.create(dirs.path("one"), SMALL));
            ChildJvm holder = SegmentChild.start(dirs);
            ChildJvm waiter = SegmentChild.start(dirs);
            holder.ask("open " + mine.path(), "ok");
            waiter.ask("open " + mine.path(), "ok");
            holder.ask("lock lock 1", "ok true");
            long waits = mine.stats().waits();
            waiter.send("lock lock 60000000000");
            while (mine.stats().waits() == waits) {
                Thread.yield();
            }
            holder.kill9();
            waiter.expectLine("ok true inconsistent");
        }
    }

    @Nested
    class StoppedParticipant {

        @Test
        void keepsItsLockThroughManySlices() throws InterruptedException {
            Segment mine = dirs.closeLater(Segment.create(dirs.path("one"), SMALL));
            SharedBlock block = TestObjects.guarded(mine, "lock");
            RobustLock lock = TestObjects.lock(block);
            Context context = mine.context();
            ChildJvm child = SegmentChild.start(dirs);
            child.ask("open " + mine.path(), "ok");
            child.ask("lock lock 1", "ok true");
            child.stop();
            long tenSlices = 10 * Context.OWNER_SLICE_NANOS;
            assertFalse(lock.acquire(context.self.current(), context.deadline(tenSlices), true));
            assertEquals(2, mine.stats().participants());
            child.cont();
            assertEquals("true", child.ask("unlock lock", "ok"));
            assertTrue(lock.tryAcquire(context.self.current()));
            assertFalse(lock.isInconsistent());
        }
    }

    @Nested
    class TemporarySegments {

        @Test
        void ofAKilledProcessAreSweptByTheNextListing() {
            ChildJvm first = SegmentChild.start(dirs, inThisDirectory());
            ChildJvm second = SegmentChild.start(dirs, inThisDirectory());
            Path path = Path.of(first.ask("temporary size=65536", "ok"));
            second.ask("list", "ok");
            assertTrue(Files.exists(path));
            first.kill9();
            assertTrue(Files.exists(path));
            second.ask("list", "ok");
            assertFalse(Files.exists(path));
        }

        @Test
        void ofAStoppedProcessAreNotSwept() {
            ChildJvm first = SegmentChild.start(dirs, inThisDirectory());
            ChildJvm second = SegmentChild.start(dirs, inThisDirectory());
            Path path = Path.of(first.ask("temporary size=65536", "ok"));
            first.stop();
            second.ask("list", "ok");
            second.ask("create other size=65536", "ok");
            assertTrue(Files.exists(path));
            first.cont();
            first.ask("add counter 0 1", "ok");
        }

        private ChildJvm.Builder inThisDirectory() {
            return ChildJvm.of(SegmentChild.class).with("-Dinterlock.dir=" + dirs.directory());
        }
    }
}
