package io.interlock.sync;

import io.interlock.core.Segment;
import io.interlock.core.error.SegmentFormatException;
import io.interlock.core.object.SharedBlock;
import io.interlock.core.port.Context;
import io.interlock.core.port.Mem;
import io.interlock.core.port.ThreadRecord;
import io.interlock.core.robust.AdaptiveSpin;
import io.interlock.core.robust.EventCount;
import java.util.concurrent.TimeUnit;

/**
 * A counting semaphore across processes: Python's {@code Semaphore} and {@code BoundedSemaphore}, the methods of
 * {@link java.util.concurrent.Semaphore}.
 *
 * <pre>{@code
 * // producer                       // consumer
 * empty.acquire();                  filled.acquire();
 * ... put ...                       ... take ...
 * filled.release();                 empty.release();
 * }</pre>
 *
 * <p><b>When a process dies</b> the permits that it has acquired stay taken: permits are anonymous, anybody may release
 * what another acquired, so nobody can tell whose they were. Everything else goes on: no operation ever waits for the
 * dead.
 *
 * <p><b>Closing the segment</b> while an operation is under way: it throws. If it was the process's last handle, a
 * permit taken or given at that moment may stay taken.
 *
 * <p><b>Waiting.</b> Spins a little, then sleeps. Not fair: a newcomer may take a permit before those who sleep.
 * {@code acquire(n)} takes all n at once or waits; smaller requests may pass it.
 *
 * <p><b>Progress.</b> {@code tryAcquire}, {@code release} and {@code availablePermits} are lock-free; uncontended they
 * are one atomic instruction, no system call, and allocate nothing.
 *
 * <p><b>Memory consistency effects.</b> Actions prior to a release <i>happen-before</i> actions following a successful
 * acquire of that permit, in any process (see {@linkplain io.interlock.core.robust the package that argues so}).
 *
 * <p><b>Limits.</b> 0 to {@link Integer#MAX_VALUE} permits.
 */
public final class IpcSemaphore {

    /* Design.
     *
     * One word, the number of free permits, changed by CAS only.                          SYNC semaphore.permit
     * A release changes it and then signals; an acquirer registers and looks again before it sleeps: EventCount's rule.
     *
     * Those who want one permit and those who want several sleep apart. A release of n wakes n of the first; and, since
     * a woken thread of the second kind may find too few and must not keep the wake-up from the others, all of those.
     *
     * A waiter that gives up may have been woken for a permit that it does not take: it signals once if one is free.
     * Killed between the change and the signal, or woken and killed before taking: the others find the permit at the
     * end of their slice.
     */

    private static final int UNBOUNDED = Integer.MAX_VALUE;

    private final SharedBlock block;
    private final Context context;
    private final Mem mem;
    private final long permits;
    private final long bound;
    private final EventCount singles;
    private final EventCount multiples;
    private final AdaptiveSpin spin;

    private IpcSemaphore(SharedBlock block) {
        this.block = block;
        this.context = block.context();
        this.mem = context.mem;
        this.permits = mem.place(block.offset() + SemaphoreLayout.PERMITS_OFFSET, Long.BYTES);
        this.bound = block.parameter1();
        this.singles = new EventCount(context, block.offset() + SemaphoreLayout.SINGLES_OFFSET);
        this.multiples = new EventCount(context, block.offset() + SemaphoreLayout.MULTIPLES_OFFSET);
        this.spin = new AdaptiveSpin(context);
        requireWhole();
    }

    /** No operation leaves anything else. */
    private void requireWhole() {
        long free = mem.getLongVolatile(permits);
        context.checkOpen();
        if (bound < 1 || bound > UNBOUNDED || free < 0 || free > bound) {
            throw new SegmentFormatException("segment is damaged: semaphore \"" + name() + "\" has " + free
                    + " free permits and a bound of " + bound + ", expected a bound in [1, " + UNBOUNDED
                    + "] and no more permits");
        }
    }

    /** Makes an anonymous semaphore, for those who are told its {@link #id()}. */
    public static IpcSemaphore create(Segment segment, int permits) {
        return create0(segment, "", permits, UNBOUNDED);
    }

    /** Makes a semaphore with this many free permits and no bound. */
    public static IpcSemaphore create(Segment segment, String name, int permits) {
        return create0(segment, Names.checked(name), permits, UNBOUNDED);
    }

    /**
     * Makes a semaphore that never has more free permits than its bound.
     *
     * @param permits free permits at the start, 0 to {@code bound}
     * @param bound   most free permits, at least 1
     * @throws io.interlock.core.error.ObjectExistsException if the name is taken
     * @throws io.interlock.core.error.SegmentFullException  if there is no room
     */
    public static IpcSemaphore createBounded(Segment segment, String name, int permits, int bound) {
        return create0(segment, Names.checked(name), permits, bound);
    }

    /**
     * Opens a semaphore.
     *
     * @throws io.interlock.core.error.ObjectNotFoundException if there is none
     * @throws io.interlock.core.error.ObjectMismatchException if the name belongs to something else
     */
    public static IpcSemaphore open(Segment segment, String name) {
        return new IpcSemaphore(segment.directory().open(SemaphoreLayout.TYPE, 0, name));
    }

    /** Opens a semaphore by its {@link #id()}. */
    public static IpcSemaphore open(Segment segment, int id) {
        return new IpcSemaphore(segment.directory().open(SemaphoreLayout.TYPE, id));
    }

    /** Opens a semaphore, or makes it; an existing one must have been made with the same number of permits. */
    public static IpcSemaphore openOrCreate(Segment segment, String name, int permits) {
        return openOrCreate0(segment, name, permits, UNBOUNDED);
    }

    /** Opens a bounded semaphore, or makes it; an existing one must have been made with the same numbers. */
    public static IpcSemaphore openOrCreateBounded(Segment segment, String name, int permits, int bound) {
        return openOrCreate0(segment, name, permits, bound);
    }

    private static IpcSemaphore create0(Segment segment, String name, int permits, int bound) {
        check(permits, bound);
        return new IpcSemaphore(segment.directory().create(SemaphoreLayout.request(name, permits, bound)));
    }

    private static IpcSemaphore openOrCreate0(Segment segment, String name, int permits, int bound) {
        check(permits, bound);
        return new IpcSemaphore(
                segment.directory().openOrCreate(SemaphoreLayout.request(Names.checked(name), permits, bound)));
    }

    private static void check(int permits, int bound) {
        if (bound < 1) {
            throw new IllegalArgumentException("bound must be at least 1, bound=" + bound);
        }
        if (permits < 0 || permits > bound) {
            throw new IllegalArgumentException("permits must be in [0, " + bound + "], permits=" + permits);
        }
    }

    /**
     * Takes a permit, waiting as long as it takes.
     *
     * @throws InterruptedException if interrupted before or while waiting; no permit is taken then
     */
    public void acquire() throws InterruptedException {
        acquire(1, Long.MAX_VALUE, true);
    }

    /** Takes {@code count} permits at once, waiting as long as it takes. */
    public void acquire(int count) throws InterruptedException {
        acquire(checked(count), Long.MAX_VALUE, true);
    }

    /** Takes a permit, waiting as long as it takes; an interrupt does not end the wait, its status is kept. */
    public void acquireUninterruptibly() {
        acquireUninterruptibly(1);
    }

    /** Takes {@code count} permits at once; an interrupt does not end the wait, its status is kept. */
    public void acquireUninterruptibly(int count) {
        try {
            acquire(checked(count), Long.MAX_VALUE, false);
        } catch (InterruptedException e) {
            throw new AssertionError("not interruptible", e);
        }
    }

    /** Takes a permit if one is free. */
    public boolean tryAcquire() {
        return tryAcquire(1);
    }

    /** Takes {@code count} permits if as many are free. */
    public boolean tryAcquire(int count) {
        checked(count);
        context.checkOpen();
        return keep(take(count), count);
    }

    /** Takes a permit, waiting for at most the given time; {@code <= 0} tries once. */
    public boolean tryAcquire(long timeout, TimeUnit unit) throws InterruptedException {
        return tryAcquire(1, timeout, unit);
    }

    /**
     * Takes {@code count} permits at once, waiting for at most the given time; {@code <= 0} tries once.
     *
     * @return false if the time is over; no permit is taken then
     * @throws InterruptedException if interrupted before or while waiting; no permit is taken then
     */
    public boolean tryAcquire(int count, long timeout, TimeUnit unit) throws InterruptedException {
        return acquire(checked(count), unit.toNanos(timeout), true);
    }

    /** Gives a permit back, or adds one. */
    public void release() {
        add(1);
    }

    /**
     * Gives {@code count} permits back, or adds them; whoever acquired them.
     *
     * @throws IllegalStateException if there would be more free permits than the bound; nothing is changed then
     */
    public void release(int count) {
        add(checked(count));
    }

    private void add(int count) {
        long seen;
        do {
            seen = mem.getLongVolatile(permits);
            context.checkOpen();
            if (seen + count > bound) {
                throw new IllegalStateException("semaphore " + name() + " has " + seen + " free permits, releasing "
                        + count + " would exceed its bound of " + bound);
            }
        } while (!mem.casLong(permits, seen, seen + count)); // SYNC semaphore.permit: release; pairs with take
        wake(count);
        context.checkOpen();
    }

    private void wake(int count) {
        singles.signal(count);
        multiples.signalAll();
    }

    /** Takes all free permits and returns how many. */
    public int drainPermits() {
        context.checkOpen();
        int drained = (int) mem.getAndSetLong(permits, 0);
        keep(drained > 0, drained);
        return drained;
    }

    /** How many permits are free now. */
    public int availablePermits() {
        int available = (int) mem.getLongVolatile(permits);
        context.checkOpen();
        return available;
    }

    /** The most free permits there can be; {@link Integer#MAX_VALUE} for no bound. */
    public int bound() {
        return (int) bound;
    }

    /** Number of the semaphore in its segment; {@link #open(Segment, int)} takes it in other processes. */
    public int id() {
        return block.id();
    }

    /** Name of the semaphore, or {@code #id} for an anonymous one. */
    public String name() {
        return block.label();
    }

    private int checked(int count) {
        if (count < 1 || count > bound) {
            throw new IllegalArgumentException("count must be in [1, " + bound + "], count=" + count);
        }
        return count;
    }

    private boolean take(int count) {
        long seen = mem.getLongVolatile(permits);
        while (seen >= count) {
            // SYNC semaphore.permit: acquire; pairs with release
            if (mem.casLong(permits, seen, seen - count)) {
                return true;
            }
            seen = mem.getLongVolatile(permits);
        }
        return false;
    }

    private boolean acquire(int count, long timeoutNanos, boolean interruptible) throws InterruptedException {
        if (interruptible && Thread.interrupted()) {
            throw new InterruptedException();
        }
        context.checkOpen();
        boolean taken = take(count) || timeoutNanos > 0 && await(count, context.deadline(timeoutNanos), interruptible);
        return keep(taken, count);
    }

    /**
     * A handle that was closed meanwhile throws, so it must not keep what its caller will never know to have. It can
     * give back only as long as the process has another handle; else the permits stay taken, as by a dead holder.
     */
    private boolean keep(boolean taken, int count) {
        if (context.isClosed()) {
            if (taken) {
                giveBack(count);
            }
            context.checkOpen();
        }
        return taken;
    }

    private void giveBack(int count) {
        long seen;
        do {
            seen = mem.getLongVolatile(permits);
        } while (!mem.casLong(permits, seen, Math.min(seen + count, bound)));
        wake(count);
    }

    private boolean spin(int count, long deadline) {
        long until = spin.begin(deadline);
        do {
            if (take(count)) {
                return spin.succeeded();
            }
        } while (spin.goOn(until));
        return false;
    }

    private boolean await(int count, long deadline, boolean interruptible) throws InterruptedException {
        if (spin(count, deadline)) {
            return true;
        }
        ThreadRecord me = context.self.current();
        EventCount waiters = count == 1 ? singles : multiples;
        while (true) {
            long ticket = waiters.register();
            if (take(count)) {
                waiters.cancel(ticket);
                return true;
            }
            boolean over = context.isOver(deadline);
            if (over || interruptible && Thread.currentThread().isInterrupted()) {
                waiters.cancel(ticket);
                return giveUp(over);
            }
            waiters.sleep(ticket, deadline, me, interruptible);
        }
    }

    /** Passes on a wake-up that this waiter may have got for a permit that it does not take. */
    private boolean giveUp(boolean over) throws InterruptedException {
        if (mem.getLongVolatile(permits) > 0) {
            singles.signal(1);
        }
        if (!over) {
            Thread.interrupted();
            throw new InterruptedException();
        }
        return false;
    }

    @Override
    public String toString() {
        return "IpcSemaphore[" + name() + ", permits=" + mem.getLongVolatile(permits) + "]";
    }
}
