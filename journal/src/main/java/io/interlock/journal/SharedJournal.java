package io.interlock.journal;

import io.interlock.core.Segment;
import io.interlock.core.error.SegmentClosedException;
import io.interlock.core.object.SharedBlock;
import io.interlock.core.port.Context;
import io.interlock.core.port.Mem;
import io.interlock.core.port.ThreadRecord;
import io.interlock.core.robust.EventCount;
import io.interlock.core.robust.RobustLock;
import io.interlock.journal.error.JournalDamagedException;
import io.interlock.journal.error.MessageNotFoundException;
import io.interlock.journal.store.Excerpt;
import io.interlock.journal.store.ExcerptReader;
import io.interlock.journal.store.ExcerptStore;
import io.interlock.memory.EncodeBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** One handle's view of what processes share of a journal: the files, and the words beside them. */
final class SharedJournal implements AutoCloseable {

    /* Design.
     *
     * Whoever changes the files, appends, rolls, deletes, holds one robust lock meanwhile, that of the journal. So
     * Chronicle's own locks, which know an owner by its process id and are given up after 15 s, are never fought for,
     * and whoever finds one of them held by a dead process knows it, because he has taken ours over.
     *
     * append    lock; first = end; write the excerpt, which says its index; end = first + count; unlock; wake.
     *           The excerpt exists from the moment when Chronicle has stored its length: that is the commit.
     *                                                                                     SYNC journal.end
     * killed    before the commit: nothing was appended; the next one overwrites what is half written.
     *           Between the commit and the store of end: the message is there. The next holder is told of the death,
     *           reads the last excerpt and raises end; tailers that sleep look into the files at the end of a slice.
     *           After it, before the wake-up: they find it at the end of a slice.
     * recovery  (told of a death, after any failure, and when a handle is opened): what Chronicle holds is freed, the
     *           appender made anew, end = max(end, what the last excerpt says). It never goes back: an index is given
     *           once, also if the files were cut short. Killed in the recovery: the mark stays, the next one begins
     *           again.
     *
     * damage    of the newest file, at which Chronicle fails: what has been written nevertheless is found by the
     *           recovery, else the append is done again, in a new file. So is the first append after a recovery if a
     *           reader does not find it. Should the first copy be found one day, it has the same indexes, and readers
     *           pass it over.
     *
     * Threads of this handle take a lock of their own first: so that close() can wait for them, and Chronicle's
     * appender, which is not made for several threads, has one at a time. Who only reads takes the shared side of
     * "use" for as long as a reader lives that belongs to no tailer; close() takes the other side: Chronicle unmaps
     * what is closed under whoever reads it.
     */

    private static final System.Logger LOG = System.getLogger("io.interlock");
    private static final LongConsumer NOTHING_BEFORE = first -> {
    };
    private static final int LOCK_TAG = -1;
    /** Who waits for the lock asks so often whether the handle was closed meanwhile. */
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Segment segment;
    private final SharedBlock block;
    private final Context context;
    private final Mem mem;
    private final long endPlace;
    private final RobustLock lock;
    private final EventCount waiters;
    private final ExcerptStore store;
    private final LongSupplier machineMillis;
    private final TailerNames names;
    private final ReentrantLock turn = new ReentrantLock();
    private final ReadWriteLock use = new ReentrantReadWriteLock();
    private final List<JournalTailer<?>> tailers = new ArrayList<>();
    /** Whether something was read that was appended since the recovery. Of the holder of the turn. */
    private boolean isProven;
    private volatile boolean closed;

    SharedJournal(Segment segment, SharedBlock block, ExcerptStore store, LongSupplier machineMillis) {
        this.segment = segment;
        this.block = block;
        this.store = store;
        this.machineMillis = machineMillis;
        this.context = block.context();
        this.mem = context.mem;
        this.endPlace = mem.place(block.offset() + JournalLayout.END_OFFSET, Long.BYTES);
        this.lock = RobustLock.tagged(context, block.offset() + JournalLayout.LOCK_OFFSET, LOCK_TAG);
        this.waiters = new EventCount(context, block.offset() + JournalLayout.WAITERS_OFFSET);
        this.names = new TailerNames(this);
    }

    Context context() {
        return context;
    }

    Segment segment() {
        return segment;
    }

    int id() {
        return block.id();
    }

    ExcerptStore store() {
        return store;
    }

    EventCount waiters() {
        return waiters;
    }

    TailerNames names() {
        return names;
    }

    /** The deadline of a wait that begins now. */
    long deadline(long timeoutNanos) {
        return context.deadline(timeoutNanos);
    }

    /** The first thing that a handle does with the files. */
    void openFiles() {
        exclusively(() -> {
            store.open();
            recover();
            return 0;
        });
    }

    /** A reader that stands at the start; for a tailer, which close() waits for. */
    ExcerptReader reader() {
        return reading(store::reader);
    }

    /** Reads the files by a reader of its own, while close() waits. Never waits itself for a turn in the action. */
    <T> T reading(Supplier<T> action) {
        use.readLock().lock();
        try {
            requireOpen();
            return action.get();
        } finally {
            use.readLock().unlock();
        }
    }

    /** Index of the next message; what is before it can be read. */
    long end() {
        return mem.getLongVolatile(endPlace); // SYNC journal.end: acquire; pairs with append and recover
    }

    /** Index of the oldest message that is there; that of the next one if there is none. */
    long firstIndex() {
        long first = reading(store::firstIndex);
        return first < 0 ? end() : first;
    }

    /**
     * Appends an excerpt of {@code count} messages.
     *
     * @return index of its first message, or -1 if the lock was not free in time
     */
    long append(EncodeBuffer excerpt, int count, long deadline, boolean interruptible) throws InterruptedException {
        return append(excerpt, count, deadline, interruptible, NOTHING_BEFORE);
    }

    /** The same; before it is written, {@code before} is told the index. */
    long append(EncodeBuffer excerpt, int count, long deadline, boolean interruptible, LongConsumer before)
            throws InterruptedException {
        int crc = Excerpt.crcOf(excerpt.bytes(), excerpt.size());
        if (!enter(deadline, interruptible)) {
            return -1;
        }
        long first = mem.getLong(endPlace);
        try {
            before.accept(first);
            write(excerpt, crc, count, first);
        } finally {
            leave();
        }
        wakeAll();
        return first;
    }

    private void write(EncodeBuffer excerpt, int crc, int count, long first) {
        Excerpt.seal(excerpt, crc, count, first);
        try {
            writeOrRecover(excerpt);
        } catch (JournalDamagedException e) {
            if (mem.getLong(endPlace) > first) {
                return; // It was written, and what failed came after.
            }
            store.beginNewFile();
            writeOrRecover(excerpt);
        }
        if (!isProven && !store.isReadable(first)) {
            store.beginNewFile();
            writeOrRecover(excerpt);
        }
        isProven = true;
        mem.putLongVolatile(endPlace, first + count); // SYNC journal.end: release; pairs with end
    }

    private void writeOrRecover(EncodeBuffer excerpt) {
        boolean written = false;
        try {
            store.append(excerpt.bytes(), excerpt.size());
            written = true;
        } finally {
            if (!written) {
                recover();
            }
        }
    }

    /** Refuses what no excerpt can hold. */
    void requireFits(EncodeBuffer excerpt, int count) {
        if (excerpt.size() > ExcerptStore.LARGEST_EXCERPT) {
            throw new IllegalArgumentException((count == 1 ? "a message of " : "a batch of " + count + " messages, ")
                    + (excerpt.size() - Excerpt.HEADER_LENGTH - (count == 1 ? Excerpt.LENGTH_LENGTH : 0))
                    + " bytes, is too large for journal " + this + ": the largest has "
                    + (ExcerptStore.LARGEST_EXCERPT - Excerpt.HEADER_LENGTH) + " bytes, " + Excerpt.LENGTH_LENGTH
                    + " for each message included");
        }
    }

    /** Deletes what may go now. */
    List<Path> retain(Retention retention) {
        List<Path> deleted = new ArrayList<>();
        long nowMillis = machineMillis.getAsLong();
        exclusively(() -> {
            long needed = retention.ignoresTailers() ? Long.MAX_VALUE : names.lowestPosition();
            Duration age = retention.maxAge();
            long oldest = age.compareTo(Duration.ofMillis(nowMillis)) >= 0 ? 0 : nowMillis - age.toMillis();
            store.delete(file -> file.endMillis() <= oldest, retention.maxBytes(), needed, deleted::add);
            return 0;
        });
        return deleted;
    }

    /** Computes something while nobody changes the journal's files, or changes them; waits as long as it takes. */
    long exclusively(LongSupplier action) {
        try {
            enter(context.deadline(Long.MAX_VALUE), false);
        } catch (InterruptedException e) {
            throw new AssertionError("not interruptible", e);
        }
        try {
            return action.getAsLong();
        } finally {
            leave();
        }
    }

    private boolean enter(long deadline, boolean interruptible) throws InterruptedException {
        if (!enterTurn(deadline, interruptible)) {
            return false;
        }
        boolean entered = false;
        try {
            requireOpen();
            entered = acquire(deadline, interruptible);
        } finally {
            if (!entered) {
                turn.unlock();
            }
        }
        return entered;
    }

    private boolean enterTurn(long deadline, boolean interruptible) throws InterruptedException {
        if (!interruptible) {
            turn.lock();
            return true;
        }
        return turn.tryLock() || turn.tryLock(deadline - context.clock.nanoTime(), TimeUnit.NANOSECONDS);
    }

    private boolean acquire(long deadline, boolean interruptible) throws InterruptedException {
        if (lock.tryAcquireUnmarked()) {
            return true;
        }
        ThreadRecord me = context.self.current();
        while (!lock.acquire(me, earlier(deadline, context.deadline(LOOK_NANOS)), interruptible)) {
            requireOpen();
            if (context.isOver(deadline)) {
                return false;
            }
        }
        if (lock.isInconsistent()) {
            recoverOrGiveUp();
        }
        return true;
    }

    private static long earlier(long one, long other) {
        return one - other < 0 ? one : other;
    }

    private void recoverOrGiveUp() {
        boolean recovered = false;
        try {
            recover();
            recovered = true;
        } finally {
            if (!recovered) {
                lock.releaseUntold();
            }
        }
    }

    private void leave() {
        lock.release();
        turn.unlock();
    }

    /** Holding the lock: puts right what somebody has left who died or failed. */
    void recover() {
        isProven = false;
        store.recover();
        long found = store.endIndex();
        long known = mem.getLong(endPlace);
        if (found < known) {
            LOG.log(System.Logger.Level.WARNING, "journal " + this + " has no messages " + found + " to "
                    + (known - 1) + " any more, though they were appended; the next one gets index " + known
                    + ", in a new file");
            store.beginNewFile();
        } else if (found > known) {
            mem.putLongVolatile(endPlace, found); // SYNC journal.end: release; pairs with end
            wakeAll();
        }
    }

    /** Wakes all tailers that sleep, in all processes. */
    void wakeAll() {
        waiters.signalAll();
    }

    /**
     * Inside of {@link #exclusively}: refuses an index at which no tailer can stand.
     *
     * @throws MessageNotFoundException if it is not one of a message that is there, nor of the next one
     */
    void requireIndex(long index) {
        long first = firstIndex();
        long end = end();
        if (index < first || index > end) {
            throw new MessageNotFoundException("journal " + this + " " + content(first, end) + ", index=" + index
                    + (index < 0 ? " is none"
                            : index < first ? ": that message was deleted, or is damaged" : " lies beyond the end"));
        }
    }

    private static String content(long first, long end) {
        return first == end ? "has no messages, the next one gets index " + end
                : "has messages " + first + " to " + (end - 1) + ", the next one gets index " + end;
    }

    /** Why there is nothing from one index to another, where there should be. */
    RuntimeException missing(long from, long to) {
        long first = firstIndex();
        String which = from == to - 1 ? "message " + from + " of journal " + this + " was "
                : "messages " + from + " to " + (to - 1) + " of journal " + this + " were ";
        return from < first && to <= first
                ? new MessageNotFoundException(which + "deleted; the journal " + content(first, end())
                        + "; call toStart() to go on with the oldest")
                : new JournalDamagedException(which + "appended but is not in its files, which end or go on at index "
                        + to + ": a file was cut short, removed or written over; call moveTo(" + to
                        + ") to go on behind the gap");
    }

    /** A message that is there, more or less. */
    JournalDamagedException unreadable(long index, JournalDamagedException why) {
        return new JournalDamagedException("message " + index + " of journal " + this + " cannot be read: "
                + why.getMessage(), why);
    }

    void requireOpen() {
        if (closed) {
            throw closed("");
        }
        context.checkOpen();
    }

    /** What to throw after a close. */
    SegmentClosedException closed(String what) {
        return new SegmentClosedException(what + "journal " + this + " was closed; open it again");
    }

    /** A tailer that {@link #close()} closes. */
    <T extends JournalTailer<?>> T closeWithJournal(T tailer) {
        synchronized (tailers) {
            tailers.add(tailer);
        }
        if (closed) {
            tailer.close();
            throw closed("");
        }
        return tailer;
    }

    /** It was closed. */
    void forget(JournalTailer<?> tailer) {
        synchronized (tailers) {
            tailers.remove(tailer);
        }
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        for (JournalTailer<?> tailer : openTailers()) {
            tailer.close();
        }
        turn.lock();
        use.writeLock().lock();
        try {
            store.close();
            segment.close();
        } finally {
            use.writeLock().unlock();
            turn.unlock();
        }
    }

    /** Those of this handle. */
    List<JournalTailer<?>> openTailers() {
        synchronized (tailers) {
            return List.copyOf(tailers);
        }
    }

    @Override
    public String toString() {
        return store.directory().toString();
    }
}
