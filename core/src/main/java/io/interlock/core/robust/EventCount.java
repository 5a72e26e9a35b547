package io.interlock.core.robust;

import io.interlock.core.port.Context;
import io.interlock.core.port.Futex.Wake;
import io.interlock.core.port.Mem;
import io.interlock.core.port.ThreadRecord;

/**
 * Lets threads of any process sleep until some shared condition may have become true, and lets those who make it true
 * wake them: without a system call while nobody sleeps.
 *
 * <pre>{@code
 * waiter:                                signaller:
 *   while (!condition()) {                 make the condition true   (volatile store or CAS)
 *       long ticket = ec.register();       ec.signal(1);
 *       if (condition()) { ec.cancel(ticket); break; }
 *       ec.sleep(ticket, ...);
 *   }
 * }</pre>
 */
public final class EventCount {

    /* Design.
     *
     * One word, epoch:12 | waiters:20 | sequence:32; the sequence is the futex.
     *
     * Registering is a getAndAdd, so it is ordered before the second look at the condition; the signaller's look at the
     * count comes after its own store (both sequentially consistent). So either the waiter sees the condition, or the
     * signaller sees the waiter (Dekker). A signal raises the sequence before it wakes: a waiter that has registered
     * but does not sleep yet finds the word changed and does not sleep.            SYNC eventcount.sequence
     *
     * A registration is taken back by its waiter and by nobody else. (A waker cannot do it, although FUTEX_WAKE says
     * how many it has woken: it cannot know whether these have registered again meanwhile, and a count that is too low
     * loses wake-ups. A model checker finds that with two waiters and two signallers.)
     *
     * So the count may be too high, never too low. Too high: a registered waiter was killed, or was woken and has not
     * run yet. A signal that finds a count but wakes nobody mends that: it starts a new epoch with count 0 and a new
     * sequence and wakes everybody. A waiter of an older epoch takes nothing back. Those who were registered but not
     * yet asleep find the sequence changed; those asleep are woken; all look again. So a burst of signals pays for one
     * or two system calls, and a leak is paid for once.
     *
     * Killed between the condition and the signal, or a woken waiter killed before it acts: the others find out at the
     * end of a slice. The sequence may wrap between registering and sleeping: one slice, too.
     *
     * The research behind it: eventcounts (Reed and Kanodia, 1979); the registration in the same word is glibc's
     * new_sem idea.
     */

    private static final long ONE_WAITER = 1L << 32;
    private static final int WAITERS_BITS = 20;
    private static final long WAITERS_MASK = (1L << WAITERS_BITS) - 1;
    /** The same where it stands in the word. */
    private static final long ALL_WAITERS = WAITERS_MASK << 32;
    private static final int EPOCHS = 1 << 64 - 32 - WAITERS_BITS;
    private static final long EPOCH_UNIT = 1L << 32 + WAITERS_BITS;

    private final Context context;
    private final Mem mem;
    private final int offset;
    private final long place;

    /**
     * A view of an event count.
     *
     * @param context the handle
     * @param offset  offset of its 64-bit word
     */
    public EventCount(Context context, int offset) {
        this.context = context;
        this.mem = context.mem;
        this.offset = offset;
        this.place = mem.place(offset, Long.BYTES);
    }

    /** Announces that the caller may sleep; the ticket goes to {@link #cancel} or {@link #sleep}. */
    public long register() {
        return mem.getAndAddLong(place, ONE_WAITER); // SYNC eventcount.sequence: pairs with signal
    }

    /** Takes an announcement back. */
    public void cancel(long ticket) {
        long word = mem.getLongVolatile(place);
        while (sameEpoch(word, ticket) && waitersOf(word) > 0
                && !mem.casLong(place, word, word - ONE_WAITER)) {
            word = mem.getLongVolatile(place);
        }
    }

    /**
     * Sleeps until a signal that comes after {@link #register()}, the deadline, the end of a slice, or an interrupt.
     * The announcement is used up in every case.
     */
    public Wake sleep(long ticket, long deadline, ThreadRecord me, boolean interruptible) {
        try {
            return context.sleep(
                    futexOffset(), (int) ticket, deadline, Context.EVENT_SLICE_NANOS, me, interruptible);
        } finally {
            cancel(ticket);
        }
    }

    /** Wakes up to {@code count} waiters; one load if there are none. Call it after making the condition true. */
    public void signal(int count) {
        if ((mem.getLongVolatile(place) & ALL_WAITERS) != 0) { // SYNC eventcount.sequence: pairs with register
            wake(count);
        }
    }

    /** Wakes all waiters. */
    public void signalAll() {
        signal(Integer.MAX_VALUE);
    }

    /** How many waiters are announced; may be too high after a death. */
    public int waiters() {
        return waitersOf(mem.getLongVolatile(place));
    }

    private void wake(int count) {
        raiseSequence(0);
        if (context.futex.wake(futexOffset(), count) == 0) {
            raiseSequence(EPOCH_UNIT);
            context.futex.wake(futexOffset(), Integer.MAX_VALUE);
        }
    }

    /** Adds 1 to the sequence without a carry; with an epoch to add, the count becomes 0. */
    private void raiseSequence(long epochUnit) {
        long word;
        long next;
        do {
            word = mem.getLongVolatile(place);
            long upper = epochUnit == 0 ? word & -ONE_WAITER : (word & -EPOCH_UNIT) + epochUnit;
            next = upper | (word + 1) & 0xFFFF_FFFFL;
        } while (!mem.casLong(place, word, next));
    }

    private int futexOffset() {
        return context.futexOffset(offset);
    }

    /** The same epoch, and not one of the same number 4096 epochs later: each raises the sequence by two at least. */
    private static boolean sameEpoch(long word, long ticket) {
        return (word ^ ticket) >>> 32 + WAITERS_BITS == 0 && Integer.compareUnsigned((int) word - (int) ticket, 2
                * EPOCHS) < 0;
    }

    /** How many waiters such a word announces; for those who look in from outside. */
    public static int waitersOf(long word) {
        return (int) (word >>> 32 & WAITERS_MASK);
    }

    @Override
    public String toString() {
        return "EventCount[waiters=" + waiters() + "]";
    }
}
