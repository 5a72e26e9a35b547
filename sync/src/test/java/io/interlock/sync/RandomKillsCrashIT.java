package io.interlock.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.interlock.core.testing.ChildJvm;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Workers that use everything in one segment, are killed at random and replaced. */
@Tag("proof")
class RandomKillsCrashIT extends SegmentTest {

    private static final int PERMITS = 2;

    private final long seconds = Long.getLong("interlock.proofSeconds", 60);
    private final long seed = Long.getLong("interlock.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final List<ChildJvm> all = new ArrayList<>();
    private final ChildJvm[] workers = new ChildJvm[RandomKillsWorker.WORKERS];
    private final long[] roundsAtKill = new long[RandomKillsWorker.WORKERS];
    private final Words[] rounds = new Words[RandomKillsWorker.WORKERS];
    private RandomKillsWorker.Guarded plain;
    private RandomKillsWorker.Guarded recursive;
    private IpcSemaphore semaphore;
    private IpcEvent event;
    private int kills;
    private long slowestNanos;

    @AfterEach
    void endWorkers() {
        all.forEach(ChildJvm::close);
    }

    @Nested
    class RandomKills {

        @Test
        void leaveTheGuardedRightAndNobodyHanging() {
            System.out.println("random kills: seed " + seed);
            prepare();
            long end = System.nanoTime() + seconds * 1_000_000_000;
            while (System.nanoTime() - end < 0) {
                Until.passed(System.nanoTime() + random.nextInt(30_000_000));
                killSome(random.nextInt(4) == 0 ? 2 : 1);
            }
            stopAll();
            System.out.println("random kills: seed " + seed + ", kills " + kills + ", recoveries "
                    + segment.stats().recoveries() + ", slowest recovery " + slowestNanos / 1_000_000 + " ms, counted "
                    + plain.verified() + " and " + recursive.verified() + ", owner deaths " + plain.lock.ownerDeaths()
                    + " and " + recursive.lock.ownerDeaths());
            assertEquals(0, Words.of(segment, "wrong").get());
            assertTrue(segment.stats().recoveries() > 0);
            assertTrue(plain.lock.ownerDeaths() > 0 && recursive.lock.ownerDeaths() > 0);
            assertFalse(plain.lock.isLocked() || recursive.lock.isLocked());
            int permits = semaphore.availablePermits();
            assertTrue(permits >= 0 && permits <= PERMITS, permits + " permits");
            assertNobodyHangsOn();
        }
    }

    private void prepare() {
        IpcLock lock = IpcLock.create(segment, "lock", OwnerDeath.REPAIR_REQUIRED);
        plain = new RandomKillsWorker.Guarded(segment, lock);
        recursive = new RandomKillsWorker.Guarded(segment, IpcRLock.create(segment, "rlock"));
        semaphore = IpcSemaphore.createBounded(segment, "semaphore", PERMITS, PERMITS);
        event = IpcEvent.create(segment, "event");
        for (int i = 0; i < workers.length; i++) {
            rounds[i] = Words.of(segment, "rounds-" + i);
            workers[i] = start(i);
        }
        for (ChildJvm worker : workers) {
            worker.expectLine("ready");
        }
    }

    private ChildJvm start(int number) {
        ChildJvm child = ChildJvm.of(RandomKillsWorker.class, segment.path().toString(), Integer.toString(number),
                Long.toString(random.nextLong())).start();
        all.add(child);
        return child;
    }

    /** Kills so many workers at once, waits until every other one has gone on, and replaces the killed. */
    private void killSome(int count) {
        int first = random.nextInt(workers.length);
        for (int i = 0; i < count; i++) {
            workers[(first + i) % workers.length].kill9Soon();
            kills++;
        }
        long killed = System.nanoTime();
        for (int i = 0; i < workers.length; i++) {
            roundsAtKill[i] = rounds[i].get();
        }
        for (int i = 0; i < count; i++) {
            all.remove(workers[(first + i) % workers.length]);
            workers[(first + i) % workers.length].close();
            replacePermit();
        }
        Until.isTrue("every survivor goes on (seed " + seed + ", kill " + kills + ")", () -> {
            keepGoing();
            boolean all = true;
            for (int i = count; i < workers.length; i++) {
                int survivor = (first + i) % workers.length;
                all &= rounds[survivor].get() > roundsAtKill[survivor] + 1; // one round began after the kill
            }
            return all;
        });
        slowestNanos = Math.max(slowestNanos, System.nanoTime() - killed);
        for (int i = 0; i < count; i++) {
            int number = (first + i) % workers.length;
            workers[number] = start(number);
        }
        for (int i = 0; i < count; i++) {
            workers[(first + i) % workers.length].expectLine("ready");
        }
        assertEquals(0, Words.of(segment, "wrong").get(), "wrong (seed " + seed + ", kill " + kills + ")");
    }

    /** A killed worker's permit is lost, if it had one: nobody can tell. */
    private void replacePermit() {
        try {
            semaphore.release();
        } catch (IllegalStateException e) {
            assertTrue(e.getMessage().contains("bound"), e.getMessage());
        }
    }

    /** What the workers may rely on from outside: the event is set now and then, and there are items. */
    private void keepGoing() {
        event.set();
        plain.putIfEmpty();
        recursive.putIfEmpty();
    }

    private void stopAll() {
        Words.of(segment, "stop").set(1);
        Until.isTrue("every worker comes to its end (seed " + seed + ")", () -> {
            keepGoing();
            for (ChildJvm worker : workers) {
                if (!worker.hasLine() && worker.isAlive()) {
                    return false;
                }
            }
            return true;
        });
        for (ChildJvm worker : workers) {
            worker.expectLine("done");
            assertEquals(0, worker.waitForExit());
        }
    }

    /** The dead have left nothing that hinders others. */
    private void assertNobodyHangsOn() {
        assertTrue(semaphore.drainPermits() <= PERMITS);
        semaphore.release(PERMITS);
        assertTrue(semaphore.tryAcquire(PERMITS));
        plain.lock.lock();
        recursive.lock.lock();
        recursive.lock.unlock();
        plain.lock.unlock();
        assertFalse(plain.lock.previousOwnerDied() || recursive.lock.previousOwnerDied());
        // Cells of the killed may stand until their slot is used again, never those of the living.
        assertTrue(plain.waiters() + recursive.waiters() <= kills);
    }
}
