package io.interlock.core.port;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.interlock.core.Segment;
import io.interlock.core.SegmentOptions;
import io.interlock.core.object.SharedBlock;
import io.interlock.core.port.Futex.Wake;
import io.interlock.core.testing.TestDirs;
import io.interlock.core.testing.TestObjects;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What every {@link Futex} does, on the words of a real segment. */
public abstract class FutexContract {

    private static final long LONG = TimeUnit.SECONDS.toNanos(100);
    private static final long SLICE = TimeUnit.MILLISECONDS.toNanos(50);

    @RegisterExtension
    final TestDirs dirs = new TestDirs();

    private Context context;
    private Mem mem;
    private Futex futex;
    private int word;

    /** The implementation for the words of this handle. */
    protected abstract Futex futex(Context of);

    @BeforeEach
    void makeASegment() {
        Segment segment =
                dirs.closeLater(Segment.create(dirs.path("futex"), SegmentOptions.defaults().withSizeBytes(1 << 16)));
        SharedBlock words = TestObjects.words(segment, "words");
        context = segment.context();
        mem = context.mem;
        futex = futex(context);
        word = words.offset();
    }

    @Nested
    class Await {

        @Test
        void doesNotSleepOnAChangedWord() {
            mem.putIntVolatile(word, 1);
            assertEquals(Wake.CHANGED, await(0, LONG, true));
        }

        @Test
        void comparesAllBitsOfANegativeValue() {
            mem.putIntVolatile(word, -1);
            assertEquals(Wake.CHANGED, await(Integer.MAX_VALUE, LONG, true));
            assertEquals(Wake.TIMED_OUT, await(-1, 1_000_000, true));
        }

        @Test
        void doesNotSleepWithoutTime() {
            assertEquals(Wake.TIMED_OUT, await(0, 0, true));
            assertEquals(Wake.TIMED_OUT, await(0, -5, true));
            assertEquals(Wake.TIMED_OUT, await(0, Long.MIN_VALUE / 2, true));
        }

        @Test
        void sleepsForItsTimeIfNothingHappens() {
            long begin = System.nanoTime();
            assertEquals(Wake.TIMED_OUT, await(0, 20_000_000, true));
            assertTrue(System.nanoTime() - begin >= 20_000_000);
        }

        @Test
        void endsByAWakeAfterAChange() {
            CompletableFuture<Wake> sleeper = sleeper(() -> await(0, LONG, true));
            mem.putIntVolatile(word, 1);
            futex.wake(word, 1);
            assertNotEquals(Wake.TIMED_OUT, sleeper.join());
        }

        @Test
        void isWokenByEveryOneOf1000Changes() throws InterruptedException {
            Thread other = new Thread(() -> follow(word + 64, word));
            other.start();
            for (int i = 1; i <= 1000; i++) {
                change(word, i);
                see(word + 64, i);
            }
            other.join();
            assertEquals(1000, mem.getIntVolatile(word + 64));
        }

        private void follow(int mine, int theirs) {
            for (int i = 1; i <= 1000; i++) {
                see(theirs, i);
                change(mine, i);
            }
        }

        private void change(int offset, int value) {
            mem.putIntVolatile(offset, value);
            futex.wake(offset, 1);
        }

        private void see(int offset, int value) {
            for (int seen = mem.getIntVolatile(offset); seen != value; seen = mem.getIntVolatile(offset)) {
                assertNotEquals(Wake.TIMED_OUT, await(offset, seen, LONG, false));
            }
        }
    }

    @Nested
    class Interruption {

        @Test
        void beforeTheWaitIsNoticedAndKept() {
            Thread.currentThread().interrupt();
            Wake wake = await(0, SLICE, true);
            assertTrue(Thread.interrupted());
            assertNotEquals(Wake.CHANGED, wake);
        }

        @Test
        void duringTheWaitEndsItAndIsKept() {
            Thread[] thread = new Thread[1];
            boolean[] kept = new boolean[1];
            CompletableFuture<Wake> sleeper = sleeper(() -> {
                thread[0] = Thread.currentThread();
                Wake wake = await(0, LONG, true);
                kept[0] = Thread.interrupted();
                return wake;
            });
            repeatUntilDone(sleeper, () -> thread[0].interrupt());
            assertNotEquals(Wake.TIMED_OUT, sleeper.join());
            assertTrue(kept[0]);
        }

        @Test
        void doesNotEndAnUninterruptibleWaitAndIsKept() {
            Thread.currentThread().interrupt();
            long begin = System.nanoTime();
            Wake wake = await(0, SLICE, false);
            assertTrue(Thread.interrupted());
            assertEquals(Wake.TIMED_OUT, wake);
            assertTrue(System.nanoTime() - begin >= SLICE);
        }

        @Test
        void isNotInventedByAnOrdinaryWait() {
            await(0, 1_000_000, true);
            await(0, 1_000_000, false);
            assertFalse(Thread.interrupted());
        }
    }

    @Nested
    class Disturb {

        @Test
        void endsTheWaitOfThatThread() {
            ThreadRecord[] record = new ThreadRecord[1];
            CompletableFuture<Wake> sleeper = sleeper(() -> {
                record[0] = context.self.current();
                return await(0, LONG, false);
            });
            repeatUntilDone(sleeper, () -> futex.disturb(record[0]));
            assertNotEquals(Wake.TIMED_OUT, sleeper.join());
        }

        @Test
        void doesNothingToAThreadThatDoesNotSleep() {
            ThreadRecord me = context.self.current();
            futex.disturb(me);
            assertEquals(ThreadRecord.NOT_PARKED, me.parkedOffset());
            mem.putIntVolatile(word, 1);
            assertEquals(Wake.CHANGED, await(0, LONG, true));
        }
    }

    @Nested
    class VirtualThreads {

        @Test
        void sleepAndAreWoken() throws Exception {
            CompletableFuture<Wake> woken = new CompletableFuture<>();
            CompletableFuture<ThreadRecord> record = new CompletableFuture<>();
            startVirtual(() -> {
                record.complete(context.self.current());
                woken.complete(await(0, LONG, true));
            });
            awaitParked(record.join());
            mem.putIntVolatile(word, 1);
            futex.wake(word, 1);
            assertNotEquals(Wake.TIMED_OUT, woken.join());
        }

        @Test
        void areInterrupted() throws Exception {
            CompletableFuture<Boolean> kept = new CompletableFuture<>();
            CompletableFuture<ThreadRecord> record = new CompletableFuture<>();
            startVirtual(() -> {
                record.complete(context.self.current());
                await(0, LONG, true);
                kept.complete(Thread.interrupted());
            });
            repeatUntilDone(kept, () -> record.join().thread.interrupt());
            assertTrue(kept.join());
        }

        private void startVirtual(Runnable body) throws Exception {
            try {
                Method start = Thread.class.getMethod("startVirtualThread", Runnable.class);
                start.invoke(null, body);
            } catch (NoSuchMethodException | InvocationTargetException e) {
                Assumptions.abort("skipped, no virtual threads on Java " + Runtime.version().feature());
            }
        }
    }

    /** Sleeps on the word as {@link Context#sleep} does. */
    protected final Wake await(int expected, long nanos, boolean interruptible) {
        return await(word, expected, nanos, interruptible);
    }

    private Wake await(int offset, int expected, long nanos, boolean interruptible) {
        ThreadRecord me = context.self.current();
        me.parking(offset, this);
        try {
            return futex.await(offset, expected, nanos, me, interruptible);
        } finally {
            me.unparked();
        }
    }

    /** Wakes sleepers of the word. */
    protected final int wake(int count) {
        return futex.wake(word, count);
    }

    /** Runs a sleep in a thread of its own; returns when it has announced it. */
    protected final CompletableFuture<Wake> sleeper(Supplier<Wake> sleep) {
        CompletableFuture<Wake> result = new CompletableFuture<>();
        CompletableFuture<ThreadRecord> record = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            record.complete(context.self.current());
            try {
                result.complete(sleep.get());
            } catch (Throwable e) {
                result.completeExceptionally(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
        awaitParked(record.join());
        return result;
    }

    private static void awaitParked(ThreadRecord record) {
        while (record.parkedOffset() == ThreadRecord.NOT_PARKED) {
            Thread.yield();
        }
    }

    /** A single disturbance may come before the kernel has put the thread to sleep. */
    private static void repeatUntilDone(CompletableFuture<?> sleeper, Runnable action) {
        while (!sleeper.isDone()) {
            action.run();
            Thread.yield();
        }
    }
}
