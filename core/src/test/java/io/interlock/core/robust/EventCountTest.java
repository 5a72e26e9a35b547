package io.interlock.core.robust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.interlock.core.Segment;
import io.interlock.core.SegmentOptions;
import io.interlock.core.port.Context;
import io.interlock.core.port.Futex.Wake;
import io.interlock.core.port.Mem;
import io.interlock.core.port.ThreadRecord;
import io.interlock.core.testing.TestDirs;
import io.interlock.core.testing.TestObjects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class EventCountTest {

    @RegisterExtension
    final TestDirs dirs = new TestDirs();

    private Context context;
    private Mem mem;
    private int word;
    private EventCount count;

    @BeforeEach
    void makeASegment() {
        Segment segment =
                dirs.closeLater(Segment.create(dirs.path("events"), SegmentOptions.defaults().withSizeBytes(1 << 16)));
        context = segment.context();
        mem = context.mem;
        word = TestObjects.words(segment, "words").offset();
        count = new EventCount(context, word);
    }

    @Nested
    class Sleep {

        @Test
        void isOverAtOnceIfASignalCameAfterTheRegistration() {
            long ticket = count.register();
            count.signal(1);
            assertEquals(Wake.CHANGED, count.sleep(ticket, never(), me(), true));
            assertEquals(0, count.waiters());
        }

        @Test
        void usesTheRegistrationUpWhenItTimesOut() {
            long ticket = count.register();
            assertEquals(1, count.waiters());
            assertEquals(Wake.TIMED_OUT, count.sleep(ticket, context.deadline(1_000_000), me(), true));
            assertEquals(0, count.waiters());
        }

        @Test
        void usesTheRegistrationUpWhenItIsInterrupted() {
            long ticket = count.register();
            Thread.currentThread().interrupt();
            count.sleep(ticket, context.deadline(20_000_000), me(), true);
            assertTrue(Thread.interrupted());
            assertEquals(0, count.waiters());
        }
    }

    @Nested
    class Cancel {

        @Test
        void takesTheRegistrationBack() {
            long first = count.register();
            long second = count.register();
            count.cancel(first);
            assertEquals(1, count.waiters());
            count.cancel(second);
            assertEquals(0, count.waiters());
        }

        @Test
        void takesNothingBackFromALaterEpoch() {
            long old = count.register();
            count.signal(1);
            long young = count.register();
            count.cancel(old);
            assertEquals(1, count.waiters());
            count.cancel(young);
            assertEquals(0, count.waiters());
        }
    }

    @Nested
    class Signal {

        @Test
        void changesNothingWhileNobodyIsRegistered() {
            long before = mem.getLongVolatile(word);
            count.signal(1);
            count.signalAll();
            assertEquals(before, mem.getLongVolatile(word));
        }

        @Test
        void healsACountThatTheDeadHaveLeft() {
            for (int i = 0; i < 5; i++) {
                count.register();
            }
            assertEquals(5, count.waiters());
            count.signal(1);
            assertEquals(0, count.waiters());
        }

        @Test
        void raisesTheSequenceWithoutACarry() {
            mem.putLongVolatile(word, 0xFFFF_FFFFL);
            long ticket = count.register();
            count.signal(1);
            assertEquals(0, count.waiters());
            assertNotEquals((int) ticket, (int) mem.getLongVolatile(word));
        }

        private boolean leaking;

        @Test
        void isNotLostInAnyOf20000HandOffs() throws InterruptedException {
            handOffs(20_000);
        }

        @Test
        void isNotLostBesideLeakedRegistrations() throws InterruptedException {
            leaking = true;
            handOffs(2_000);
            count.signal(1);
            assertEquals(0, count.waiters());
        }

        /** Two threads take turns; neither may ever sleep to the end of a slice while it is its turn. */
        private void handOffs(int turns) throws InterruptedException {
            AtomicInteger lost = new AtomicInteger();
            Thread other = new Thread(() -> take(1, turns, lost));
            other.start();
            take(0, turns, lost);
            other.join();
            assertEquals(0, lost.get(), "a thread slept through a whole slice although it had been signalled");
            assertEquals(turns, mem.getLongVolatile(turn()));
        }

        private void take(int parity, int turns, AtomicInteger lost) {
            for (long mine = parity; mine < turns && lost.get() == 0; mine += 2) {
                while (mem.getLongVolatile(turn()) != mine && lost.get() == 0) {
                    sleepUntil(mine, lost);
                }
                if (leaking) {
                    count.register();
                }
                mem.putLongVolatile(turn(), mine + 1);
                count.signalAll();
            }
        }

        private void sleepUntil(long mine, AtomicInteger lost) {
            long ticket = count.register();
            if (mem.getLongVolatile(turn()) == mine) {
                count.cancel(ticket);
            } else if (count.sleep(ticket, never(), me(), false) == Wake.TIMED_OUT
                    && mem.getLongVolatile(turn()) == mine) {
                lost.incrementAndGet();
            }
        }

        private int turn() {
            return word + 64;
        }
    }

    private ThreadRecord me() {
        return context.self.current();
    }

    private long never() {
        return context.deadline(Long.MAX_VALUE);
    }
}
