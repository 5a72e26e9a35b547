package io.interlock.journal;

import io.interlock.core.port.Context;
import io.interlock.core.port.ThreadRecord;
import io.interlock.core.robust.AdaptiveSpin;
import io.interlock.core.robust.EventCount;
import io.interlock.journal.error.JournalDamagedException;
import io.interlock.journal.error.MessageNotFoundException;
import io.interlock.journal.store.ExcerptCursor;
import io.interlock.journal.store.ExcerptReader;
import io.interlock.memory.Codec;
import io.interlock.memory.Encoding;
import io.interlock.memory.error.CodecException;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Reads a journal, message by message, each tailer for itself: what one has read the others still have before them.
 *
 * <pre>{@code
 * try (JournalTailer<String> tailer = journal.tailer("audit")) {       // goes on where "audit" stopped
 *     while (running) {
 *         handle(tailer.take());                                       // handled when the next one is asked for
 *     }
 * }
 * }</pre>
 *
 * <p><b>Position.</b> A tailer with a name keeps its position in the journal: the index of the oldest message that was
 * not handled yet. A message counts as handled when the next one is asked for, or at {@link #commit()}; a {@link
 * #close()} does not count, since it also comes when handling has failed. So whoever opens the tailer next gets each
 * message at least once, and after the death of its process, or a close without a commit, one message again: the last.
 * A tailer without a name begins at the start and keeps nothing.
 *
 * <p><b>When a process dies</b> its named tailers are free for others, as soon as the kernel has buried it. A stopped
 * process is not dead, and keeps them. An appender that dies in the middle of an append leaves nothing to be seen.
 *
 * <p><b>Waiting.</b> Looks for a while, then sleeps, and is woken by the appender; if that dies between appending and
 * waking, the message is found within 250 ms.
 *
 * <p><b>Memory consistency effects.</b> Actions in a thread prior to appending a message <i>happen-before</i> actions
 * following its being taken, in any process.
 *
 * <p><b>Threads.</b> Any number may use one tailer; they take turns, and each message goes to one of them.
 *
 * @param <E> what is in the journal
 */
public final class JournalTailer<E> implements AutoCloseable {

    /* Design.
     *
     * Excerpts are found by Chronicle's tailer and copied out whole, checked, and walked over by a cursor. The index in
     * an excerpt says whether something is missing before it: a reader that finds a higher one than it wants says so,
     * and stays where it is. Where a file is damaged Chronicle's tailer may stop, though what is wanted lies behind, in
     * another file: so it is looked for once before anything is said to be missing.
     *
     * take      position = next (what was given out is handled); find the next message; else look at "end" for a while,
     *           then register, look into the files, sleep. "end" is stored after the excerpt is complete, so whoever
     *           sees it finds the excerpt, and if not, a file was damaged. An appender that is killed between the two
     *           has woken nobody and moved no "end": the look into the files at the end of each slice finds it.
     *
     * The position is one word. Killed before its store: the message comes again. After: it does not.
     */

    private static final long FOREVER = Long.MAX_VALUE;

    private final SharedJournal journal;
    private final Context context;
    private final EventCount waiters;
    private final Codec<E> codec;
    /** The journal as messages to people name it. */
    private final String carrier;
    private final Position position;
    private final ExcerptReader reader;
    private final ExcerptCursor cursor = new ExcerptCursor();
    private final ReentrantLock turn = new ReentrantLock();
    private final AdaptiveSpin spin;
    /** Index of the next message; what came before was given out. */
    private long next;
    private volatile boolean closed;

    JournalTailer(SharedJournal journal, Codec<E> codec, Position position) {
        this.journal = journal;
        this.context = journal.context();
        this.waiters = journal.waiters();
        this.codec = codec;
        this.carrier = "journal " + journal;
        this.position = position;
        this.reader = journal.reader();
        this.spin = new AdaptiveSpin(context);
        this.next = position.get();
    }

    /**
     * Takes the next message, waiting for it as long as it takes. The one before counts as handled.
     *
     * @throws InterruptedException        if interrupted before or while waiting; nothing was taken then
     * @throws MessageNotFoundException    if the next message was deleted; the tailer stays where it is
     * @throws JournalDamagedException     if it is damaged or missing; the tailer stays where it is
     * @throws CodecException              if the codec cannot read it; the next call goes on behind it
     */
    public E take() throws InterruptedException {
        turn.lockInterruptibly();
        try {
            return next(FOREVER, true);
        } finally {
            turn.unlock();
        }
    }

    /** Takes the next message if there is one now, else returns null. See {@link #take}. */
    public E poll() {
        turn.lock();
        try {
            return next(0, false);
        } catch (InterruptedException e) {
            throw new AssertionError("not interruptible", e);
        } finally {
            turn.unlock();
        }
    }

    /** Takes the next message, waiting for at most the given time; null if there was none. See {@link #take}. */
    public E poll(long timeout, TimeUnit unit) throws InterruptedException {
        long timeoutNanos = unit.toNanos(timeout);
        long deadline = context.deadline(timeoutNanos);
        if (!turn.tryLock(timeoutNanos, TimeUnit.NANOSECONDS)) {
            return null;
        }
        try {
            return next(timeoutNanos <= 0 ? 0 : Math.max(0, deadline - context.clock.nanoTime()), true);
        } finally {
            turn.unlock();
        }
    }

    /**
     * Shows messages to a handler, each handled when the handler has returned from it. If the handler throws, or the
     * process dies in it, the message comes again. Does not wait for messages.
     *
     * @param limit most messages
     * @return how many were handled
     * @throws CodecException if the codec cannot read one; the next call goes on behind it
     */
    public int read(ReplayHandler<? super E> handler, int limit) {
        Objects.requireNonNull(handler, "handler must not be null");
        if (limit < 0) {
            throw new IllegalArgumentException("limit must not be negative, limit=" + limit);
        }
        turn.lock();
        try {
            int handled = 0;
            while (handled < limit && isThere()) {
                E item = decode();
                long index = next;
                handler.onMessage(index, item);
                checkOpen(); // the handler may have closed it, or moved it
                next = next == index ? index + 1 : next;
                handled++;
                acknowledge();
            }
            return handled;
        } finally {
            turn.unlock();
        }
    }

    /** Everything that was taken counts as handled. */
    public void commit() {
        turn.lock();
        try {
            checkOpen();
            acknowledge();
        } finally {
            turn.unlock();
        }
    }

    /** Index of the message that is taken next. */
    public long index() {
        turn.lock();
        try {
            checkOpen();
            return next;
        } finally {
            turn.unlock();
        }
    }

    /** Goes to the oldest message that there is, and commits that. */
    public JournalTailer<E> toStart() {
        return place(journal::firstIndex);
    }

    /** Goes behind the newest message that there is, and commits that. */
    public JournalTailer<E> toEnd() {
        return place(journal::end);
    }

    /**
     * Goes to a message, and commits that.
     *
     * @param index at most that of the message which is appended next
     * @throws MessageNotFoundException if it was deleted, or lies beyond the end; the tailer stays where it is
     */
    public JournalTailer<E> moveTo(long index) {
        if (index > journal.end() && !position.isKept()) {
            journal.exclusively(this::checkOpen, journal::end); // an appender may have died who did not tell
        }
        return place(() -> {
            journal.requireIndex(index);
            return index;
        });
    }

    /** Goes where it stopped; nothing is read that lies before. */
    JournalTailer<E> begin() {
        return place(() -> next);
    }

    /** A position for which files are kept changes while nobody deletes them; another one does not wait for that. */
    private JournalTailer<E> place(LongSupplier place) {
        turn.lock();
        try {
            checkOpen();
            if (position.isKept()) {
                journal.exclusively(this::checkOpen, () -> goTo(place.getAsLong()));
            } else {
                journal.requireLinked();
                goTo(place.getAsLong());
            }
            return this;
        } finally {
            turn.unlock();
        }
    }

    private long goTo(long index) {
        reader.seek(index);
        cursor.forget();
        next = index;
        position.set(index);
        return index;
    }

    private E next(long timeoutNanos, boolean interruptible) throws InterruptedException {
        checkOpen();
        acknowledge();
        if (interruptible && Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (!advance() && (timeoutNanos <= 0 || !await(context.deadline(timeoutNanos), interruptible))) {
            return null;
        }
        E item = decode();
        next++;
        return item;
    }

    private E decode() {
        try {
            return Encoding.decode(cursor.message(), codec, carrier);
        } catch (CodecException e) {
            next++;
            throw e;
        }
    }

    private boolean isThere() {
        checkOpen();
        return advance();
    }

    private void acknowledge() {
        if (position.get() != next) {
            position.set(next);
        }
    }

    /** Brings the next message under the cursor; false if there is none yet. */
    private boolean advance() {
        if (cursor.moveTo(next)) {
            return true;
        }
        try {
            return load();
        } catch (JournalDamagedException | MessageNotFoundException e) {
            return loadFromNext();
        }
    }

    private boolean loadFromNext() {
        cursor.forget();
        long end = journal.end();
        reader.seek(next);
        try {
            return load();
        } catch (JournalDamagedException e) {
            if (next < end) {
                throw e;
            }
            return false; // What is damaged there never was a message.
        }
    }

    private boolean load() {
        while (!cursor.moveTo(next)) {
            requireNoGap();
            long end = journal.end();
            if (!read()) {
                requireNothingMissing(end);
                return false;
            }
            cursor.begin(reader.bytes(), reader.length());
        }
        return true;
    }

    private boolean read() {
        try {
            return reader.load();
        } catch (JournalDamagedException e) {
            throw journal.unreadable(next, e);
        }
    }

    private void requireNoGap() {
        if (cursor.isBehind(next)) {
            throw journal.missing(next, cursor.first());
        }
    }

    /** Nothing was found: right if the journal had ended before the look. */
    private void requireNothingMissing(long end) {
        if (next < end) {
            throw journal.missing(next, end);
        }
    }

    private boolean await(long deadline, boolean interruptible) throws InterruptedException {
        if (spin(deadline)) {
            return true;
        }
        ThreadRecord me = context.self.current();
        while (true) {
            long ticket = waiters.register();
            boolean sleeps = false;
            try {
                checkOpen();
                boolean over = context.isOver(deadline); // before the look: who gives up has looked after the deadline
                if (advance()) {
                    return true;
                }
                if (over) {
                    return false;
                }
                if (interruptible && Thread.interrupted()) {
                    throw new InterruptedException();
                }
                sleeps = true;
            } finally {
                if (!sleeps) {
                    waiters.cancel(ticket);
                }
            }
            waiters.sleep(ticket, deadline, me, interruptible);
        }
    }

    private boolean spin(long deadline) {
        long until = spin.begin(deadline);
        do {
            if (journal.end() > next && advance()) {
                return spin.succeeded();
            }
        } while (spin.goOn(until));
        return false;
    }

    private void checkOpen() {
        if (closed) {
            throw journal.closed("this tailer of ");
        }
        journal.requireOpen();
    }

    /** Whether this tailer was closed. */
    public boolean isClosed() {
        return closed;
    }

    /**
     * Closes the tailer, and gives its name free. What was taken and not committed comes again to whoever opens it
     * next. Threads that wait on it throw. May be called again.
     */
    @Override
    public void close() {
        closed = true;
        journal.wakeAll();
        turn.lock();
        try {
            position.close();
            reader.close();
            journal.forget(this);
        } finally {
            turn.unlock();
        }
    }

    @Override
    public String toString() {
        return "JournalTailer[" + position + " of " + journal + (closed ? ", closed]" : "]");
    }
}
