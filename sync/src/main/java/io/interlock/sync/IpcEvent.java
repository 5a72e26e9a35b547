package io.interlock.sync;

import io.interlock.core.Segment;
import io.interlock.core.object.SharedBlock;
import io.interlock.core.port.Context;
import io.interlock.core.port.Mem;
import io.interlock.core.port.ThreadRecord;
import io.interlock.core.robust.AdaptiveSpin;
import io.interlock.core.robust.EventCount;
import java.util.concurrent.TimeUnit;

/**
 * A flag across processes for which one can wait: Python's {@code Event}.
 *
 * <pre>{@code
 * // process A                // process B
 * ready.await();              ready.set();
 * }</pre>
 *
 * <p>Setting wakes everybody who waits, also those who have not run before a quick {@link #clear()}: a pulse is never
 * missed by whoever was waiting before it.
 *
 * <p><b>When a process dies</b> nothing happens: nobody owns an event. A setter killed between setting and waking
 * delays the waiters by at most 250 ms.
 *
 * <p><b>Waiting.</b> Spins a little, then sleeps. {@code await} ends with an {@link InterruptedException} if
 * interrupted; {@code awaitUninterruptibly} keeps the status. Setting wakes all, in no order.
 *
 * <p><b>Progress.</b> {@code isSet} is wait-free, {@code set} and {@code clear} are lock-free. Setting an event for
 * which nobody waits makes no system call.
 *
 * <p><b>Memory consistency effects.</b> Actions prior to {@code set()} <i>happen-before</i> actions following an
 * {@code await} or {@code isSet} that sees it, in any process (see
 * {@linkplain io.interlock.core.robust the package that argues so}).
 *
 * <p><b>Limits.</b> Any number of waiters. An event stays as long as its segment.
 */
public final class IpcEvent {

    /* Design.
     *
     * One word: SET, and how often the event was set. A waiter notes that number and is through when SET is on or the
     * number has changed, so set() followed by clear() before it runs is not lost on it (in Python it is, gh-95826).
     * set() changes the word by CAS and signals then.                                       SYNC event.state
     */

    private final SharedBlock block;
    private final Context context;
    private final Mem mem;
    private final int state;
    private final EventCount waiters;
    private final AdaptiveSpin spin;

    private IpcEvent(SharedBlock block) {
        this.block = block;
        this.context = block.context();
        this.mem = context.mem;
        this.state = block.offset() + EventLayout.STATE_OFFSET;
        this.waiters = new EventCount(context, block.offset() + EventLayout.WAITERS_OFFSET);
        this.spin = new AdaptiveSpin(context);
    }

    /** Makes an anonymous event, clear, for those who are told its {@link #id()}. */
    public static IpcEvent create(Segment segment) {
        return new IpcEvent(segment.directory().create(EventLayout.request("")));
    }

    /**
     * Makes an event, clear.
     *
     * @throws io.interlock.core.error.ObjectExistsException if the name is taken
     * @throws io.interlock.core.error.SegmentFullException  if there is no room
     */
    public static IpcEvent create(Segment segment, String name) {
        return new IpcEvent(segment.directory().create(EventLayout.request(Names.checked(name))));
    }

    /**
     * Opens an event.
     *
     * @throws io.interlock.core.error.ObjectNotFoundException if there is none
     * @throws io.interlock.core.error.ObjectMismatchException if the name belongs to something else
     */
    public static IpcEvent open(Segment segment, String name) {
        return new IpcEvent(segment.directory().open(EventLayout.TYPE, 0, name));
    }

    /** Opens an event by its {@link #id()}. */
    public static IpcEvent open(Segment segment, int id) {
        return new IpcEvent(segment.directory().open(EventLayout.TYPE, id));
    }

    /** Opens an event, or makes it, clear. */
    public static IpcEvent openOrCreate(Segment segment, String name) {
        return new IpcEvent(segment.directory().openOrCreate(EventLayout.request(Names.checked(name))));
    }

    /** Whether the event is set. */
    public boolean isSet() {
        boolean set = EventState.isSet(mem.getLongVolatile(state));
        context.checkOpen();
        return set;
    }

    /** Sets the event and wakes everybody who waits for it; does nothing if it is set. */
    public void set() {
        context.checkOpen();
        long seen = mem.getLongVolatile(state);
        // SYNC event.state: release; pairs with isThrough
        while (!EventState.isSet(seen) && !mem.casLong(state, seen, EventState.set(seen))) {
            seen = mem.getLongVolatile(state);
        }
        waiters.signalAll();
        context.checkOpen();
    }

    /** Clears the event; does nothing if it is clear. */
    public void clear() {
        context.checkOpen();
        long seen = mem.getLongVolatile(state);
        while (EventState.isSet(seen) && !mem.casLong(state, seen, EventState.cleared(seen))) {
            seen = mem.getLongVolatile(state);
        }
        context.checkOpen();
    }

    /**
     * Waits until the event is set.
     *
     * @throws InterruptedException if interrupted before or while waiting
     */
    public void await() throws InterruptedException {
        await(Long.MAX_VALUE, true);
    }

    /** Waits until the event is set; an interrupt does not end the wait, its status is kept. */
    public void awaitUninterruptibly() {
        try {
            await(Long.MAX_VALUE, false);
        } catch (InterruptedException e) {
            throw new AssertionError("not interruptible", e);
        }
    }

    /**
     * Waits until the event is set, for at most the given time; {@code <= 0} looks once.
     *
     * @return whether it was set
     * @throws InterruptedException if interrupted before or while waiting
     */
    public boolean await(long timeout, TimeUnit unit) throws InterruptedException {
        return await(unit.toNanos(timeout), true);
    }

    /** How often the event has gone from clear to set. */
    public long timesSet() {
        long times = EventState.timesSet(mem.getLongVolatile(state));
        context.checkOpen();
        return times;
    }

    /** Number of the event in its segment; {@link #open(Segment, int)} takes it in other processes. */
    public int id() {
        return block.id();
    }

    /** Name of the event, or {@code #id} for an anonymous one. */
    public String name() {
        return block.label();
    }

    private boolean await(long timeoutNanos, boolean interruptible) throws InterruptedException {
        if (interruptible && Thread.interrupted()) {
            throw new InterruptedException();
        }
        long before = EventState.timesSet(mem.getLongVolatile(state));
        boolean through = isThrough(before)
                || timeoutNanos > 0 && sleep(before, context.deadline(timeoutNanos), interruptible);
        context.checkOpen();
        return through;
    }

    private boolean isThrough(long before) {
        // SYNC event.state: acquire; pairs with set
        long seen = mem.getLongVolatile(state);
        return EventState.isSet(seen) || EventState.timesSet(seen) != before;
    }

    private boolean spin(long before, long deadline) {
        long until = spin.begin(deadline);
        do {
            if (isThrough(before)) {
                return spin.succeeded();
            }
        } while (spin.goOn(until));
        return false;
    }

    private boolean sleep(long before, long deadline, boolean interruptible) throws InterruptedException {
        if (spin(before, deadline)) {
            return true;
        }
        ThreadRecord me = context.self.current();
        while (true) {
            long ticket = waiters.register();
            boolean over = context.isOver(deadline); // before the look: whoever gives up has looked after the deadline
            if (isThrough(before)) {
                waiters.cancel(ticket);
                return true;
            }
            if (over) {
                waiters.cancel(ticket);
                return false;
            }
            if (interruptible && Thread.interrupted()) {
                waiters.cancel(ticket);
                throw new InterruptedException();
            }
            waiters.sleep(ticket, deadline, me, interruptible);
        }
    }

    @Override
    public String toString() {
        return "IpcEvent[" + name() + ", " + (EventState.isSet(mem.getLongVolatile(state)) ? "set]" : "clear]");
    }
}
