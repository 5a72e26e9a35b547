package io.interlock.journal;

import io.interlock.core.Segment;
import io.interlock.core.error.LayoutMismatchException;
import io.interlock.core.error.SegmentClosedException;
import io.interlock.core.error.SegmentFormatException;
import io.interlock.core.error.SegmentNotFoundException;
import io.interlock.core.format.HeaderLayout;
import io.interlock.core.object.SharedBlock;
import io.interlock.core.port.Context;
import io.interlock.core.port.Mem;
import io.interlock.core.port.ThreadRecord;
import io.interlock.core.robust.EventCount;
import io.interlock.core.robust.RobustLock;
import io.interlock.journal.error.JournalAccessException;
import io.interlock.journal.error.JournalDamagedException;
import io.interlock.journal.error.JournalNotFoundException;
import io.interlock.journal.error.MessageNotFoundException;
import io.interlock.journal.store.Excerpt;
import io.interlock.journal.store.ExcerptReader;
import io.interlock.journal.store.ExcerptStore;
import io.interlock.journal.store.JournalDirectory;
import io.interlock.memory.EncodeBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
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
     * failed    Whatever is thrown while the files change: the lock is freed as from a dead owner, so that the next
     *           holder recovers; unless that has been done at once, with success.
     * recovery  (told of a death or failure, and when a handle is opened): what Chronicle holds is freed, the appender
     *           made anew, end = max(end, what the last excerpt says, where any tailer stands). It never goes back: an
     *           index is given once, also if the files were cut short, or if a crash of the machine has taken back some
     *           pages and not others. Killed in the recovery: the mark stays, the next one begins again.
     * damage    of the newest file, at which Chronicle fails, or which lacks what was appended: what has been written
     *           nevertheless is found by the recovery, and else the append is done again, in a new file. So is the
     *           first append after a recovery if a reader does not find it; should its first copy be found one day, it
     *           has the same indexes, and readers pass it over. That no one writes to the old file any more is in the
     *           segment, for those who have it open.
     * unlinked  Whoever unlinks holds the lock as well, and leaves a mark: who has the journal open cannot make files
     *           any more, which would be those of another journal then.
     *
     * Threads of this handle take a lock of their own first: so that close() can wait for them, and Chronicle's
     * appender, which is not made for several threads, has one at a time. Nothing of Chronicle's may be in use when it
     * is closed: it unmaps the files. So close() waits for the tailers, for who appends, and for who only looks.
     */

    private static final System.Logger LOG = System.getLogger("io.interlock");
    private static final Runnable NOTHING = () -> {
    };
    private static final int LOCK_TAG = -1;
    /** Who unlinks waits for those who append. */
    private static final long UNLINK_NANOS = TimeUnit.SECONDS.toNanos(10);
    /** Who waits for the lock asks so often whether the handle was closed meanwhile. */
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Segment segment;
    private final SharedBlock block;
    private final Context context;
    private final Mem mem;
    private final long endPlace;
    private final long unlinkedPlace;
    private final RobustLock lock;
    private final EventCount waiters;
    private final ExcerptStore store;
    private final LongSupplier machineMillis;
    private final TailerNames names;
    private final Moves moves;
    private final ReentrantLock turn = new ReentrantLock();
    private final ReentrantReadWriteLock uses = new ReentrantReadWriteLock();
    private final List<JournalTailer<?>> tailers = new ArrayList<>();
    /** Written and read by the holder of the turn. */
    private boolean filesAreOpen;
    /** Whether something was read that was appended since the recovery. Of the holder of the turn. */
    private boolean isProven;
    /** Whether the files are in order, and the words agree with them. Of the holder of the lock. */
    private boolean isSettled = true;
    private final AtomicBoolean closed = new AtomicBoolean();

    SharedJournal(Segment segment, SharedBlock block, ExcerptStore store, LongSupplier machineMillis) {
        this.segment = segment;
        this.block = block;
        this.store = store;
        this.machineMillis = machineMillis;
        this.context = block.context();
        this.mem = context.mem;
        this.endPlace = mem.place(block.offset() + JournalLayout.END_OFFSET, Long.BYTES);
        this.unlinkedPlace = mem.place(block.offset() + JournalLayout.UNLINKED_OFFSET, Integer.BYTES);
        this.lock = RobustLock.tagged(context, block.offset() + JournalLayout.LOCK_OFFSET, LOCK_TAG);
        this.waiters = new EventCount(context, block.offset() + JournalLayout.WAITERS_OFFSET);
        this.names = new TailerNames(this);
        this.moves = new Moves(block);
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

    Moves moves() {
        return moves;
    }

    /** The deadline of a wait that begins now. */
    long deadline(long timeoutNanos) {
        return context.deadline(timeoutNanos);
    }

    /** How long it is until then. */
    long untilNanos(long deadline) {
        return deadline - context.clock.nanoTime();
    }

    /**
     * Removes a journal. Who has it open cannot change files of this name any more.
     *
     * @throws JournalNotFoundException if there is none
     * @throws JournalAccessException   if somebody is at work on it for long, or a file cannot be removed
     */
    static void unlink(JournalDirectory files) {
        files.requireJournal();
        try {
            unlink(files, false);
        } catch (LayoutMismatchException e) {
            throw e; // Others may use it.
        } catch (SegmentFormatException e) {
            files.remove(); // Nobody can meet in it.
        }
    }

    /** Removes what is left of a journal if somebody is unlinking it, or has died doing that. */
    static void endUnlink(JournalDirectory files) {
        try {
            unlink(files, true);
        } catch (JournalNotFoundException e) {
            // Somebody was faster.
        }
    }

    private static void unlink(JournalDirectory files, boolean onlyIfBegun) {
        try (Segment segment = Segment.open(files.segment())) {
            SharedBlock block = segment.directory().find(0, JournalLayout.OBJECT_NAME);
            if (block != null) {
                unlink(files, segment, block, onlyIfBegun);
            } else if (!onlyIfBegun) {
                files.remove();
            }
        } catch (SegmentNotFoundException e) {
            throw files.noJournal();
        }
    }

    private static void unlink(JournalDirectory files, Segment segment, SharedBlock block, boolean onlyIfBegun) {
        Context context = block.context();
        RobustLock lock = RobustLock.tagged(context, block.offset() + JournalLayout.LOCK_OFFSET, LOCK_TAG);
        acquireToUnlink(files, context, lock);
        try {
            int unlinked = block.offset() + JournalLayout.UNLINKED_OFFSET;
            requireSame(files, segment);
            if (!onlyIfBegun || context.mem.getInt(unlinked) != 0) {
                files.requireWritable();
                context.mem.putInt(unlinked, 1);
                files.remove();
            }
        } finally {
            lock.releaseUntold();
        }
    }

    private static void acquireToUnlink(JournalDirectory files, Context context, RobustLock lock) {
        boolean entered;
        try {
            entered = lock.acquire(context.self.current(), context.deadline(UNLINK_NANOS), false);
        } catch (InterruptedException e) {
            throw new AssertionError("not interruptible", e);
        }
        if (!entered) {
            throw new JournalAccessException("somebody has been at work on journal " + files + " for "
                    + TimeUnit.NANOSECONDS.toSeconds(UNLINK_NANOS) + " s (" + lock + "); is that process stopped?",
                    null);
        }
    }

    /** Somebody may have removed it meanwhile, and made another one. */
    private static void requireSame(JournalDirectory files, Segment segment) {
        try (Segment present = Segment.open(files.segment())) {
            if (!idOf(present).equals(idOf(segment))) {
                throw files.noJournal();
            }
        } catch (SegmentNotFoundException e) {
            throw files.noJournal();
        }
    }

    private static UUID idOf(Segment segment) {
        Mem mem = segment.context().mem;
        return new UUID(mem.getLong(HeaderLayout.UUID_OFFSET), mem.getLong(HeaderLayout.UUID_OFFSET + Long.BYTES));
    }

    /** The first thing that a handle does with the files. */
    void openFiles() {
        exclusively(() -> {
            requireSame(store.directory(), segment);
            store.open();
            filesAreOpen = true;
            recover();
            return 0;
        });
    }

    /** A reader that stands at the start, for a tailer; {@link #close()} closes that first. */
    ExcerptReader reader() {
        return use(store::reader);
    }

    /** Uses the files; {@link #close()} waits for that. */
    private <T> T use(Supplier<T> action) {
        uses.readLock().lock();
        try {
            requireOpen();
            requireLinked();
            return action.get();
        } finally {
            uses.readLock().unlock();
        }
    }

    /** Index of the next message; what is before it can be read. */
    long end() {
        return mem.getLongVolatile(endPlace); // SYNC journal.end: acquire; pairs with append and recover
    }

    /** Index of the oldest message that is there; that of the next one if there is none. */
    long firstIndex() {
        long first = use(store::firstIndex);
        return first < 0 ? end() : first;
    }

    /**
     * Appends an excerpt of {@code count} messages.
     *
     * @return index of its first message, or -1 if the lock was not free in time
     */
    long append(EncodeBuffer excerpt, int count, long timeoutNanos, boolean interruptible) throws InterruptedException {
        int crc = Excerpt.crcOf(excerpt.bytes(), excerpt.size());
        return exclusively(timeoutNanos, interruptible, () -> {
            long first = mem.getLong(endPlace);
            write(excerpt, crc, count, first, NOTHING);
            return first;
        }, -1);
    }

    /**
     * Inside of {@link #exclusively}: writes an excerpt whose first message gets this index, {@link #end()}.
     *
     * @param beforeEachTry what is to be known to whoever comes after a death
     */
    void write(EncodeBuffer excerpt, int crc, int count, long first, Runnable beforeEachTry) {
        Excerpt.seal(excerpt, crc, count, first);
        boolean isThere = tryToWrite(excerpt, first, beforeEachTry, true);
        if (!isThere || !isProven && !store.isReadable(first)) {
            store.beginNewFile();
            tryToWrite(excerpt, first, beforeEachTry, false);
        }
        isProven = true;
        mem.putLongVolatile(endPlace, first + count); // SYNC journal.end: release; pairs with end
        isSettled = true;
    }

    /** False if the newest file is damaged, and that is not to be thrown. */
    private boolean tryToWrite(EncodeBuffer excerpt, long first, Runnable beforeEachTry, boolean orFalse) {
        unsettle();
        beforeEachTry.run();
        try {
            store.append(excerpt.bytes(), excerpt.size());
            return true;
        } catch (RuntimeException | Error e) {
            recover();
            if (mem.getLong(endPlace) > first) {
                return true; // It was written, and what failed came after.
            }
            if (orFalse && e instanceof JournalDamagedException) {
                return false;
            }
            throw e;
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
            unsettle();
            store.delete(file -> file.endMillis() <= oldest, retention.maxBytes(), needed, deleted::add);
            isSettled = true;
            return 0;
        });
        return deleted;
    }

    /** Computes something while nobody changes the journal's files, or changes them; waits as long as it takes. */
    long exclusively(LongSupplier action) {
        return exclusively(this::requireOpen, action);
    }

    /** The same; who waits for the others calls {@code requireOpen} now and then, which may throw. */
    long exclusively(Runnable requireOpen, LongSupplier action) {
        try {
            return exclusively(requireOpen, Long.MAX_VALUE, false, action, 0);
        } catch (InterruptedException e) {
            throw new AssertionError("not interruptible", e);
        }
    }

    /** The same for at most the given time; {@code otherwise} if others were longer at it. */
    long exclusively(long timeoutNanos, boolean interruptible, LongSupplier action, long otherwise)
            throws InterruptedException {
        return exclusively(this::requireOpen, timeoutNanos, interruptible, action, otherwise);
    }

    /** Wakes the tailers afterwards. In the usual case, that nobody else wants to, no clock is needed. */
    private long exclusively(Runnable requireOpen, long timeoutNanos, boolean interruptible, LongSupplier action,
            long otherwise) throws InterruptedException {
        boolean atOnce = turn.tryLock();
        long deadline = atOnce ? 0 : context.deadline(timeoutNanos);
        if (!atOnce && !enterTurn(deadline, interruptible)) {
            return otherwise;
        }
        long result;
        try {
            requireOpen.run();
            if (!lock.tryAcquireUnmarked() && !acquire(requireOpen,
                    atOnce ? context.deadline(timeoutNanos) : deadline, interruptible)) {
                return otherwise;
            }
            result = holding(action);
        } finally {
            turn.unlock();
        }
        wakeAll();
        return result;
    }

    private boolean enterTurn(long deadline, boolean interruptible) throws InterruptedException {
        if (!interruptible) {
            turn.lock();
            return true;
        }
        return turn.tryLock(deadline - context.clock.nanoTime(), TimeUnit.NANOSECONDS);
    }

    private boolean acquire(Runnable requireOpen, long deadline, boolean interruptible) throws InterruptedException {
        ThreadRecord me = context.self.current();
        while (!lock.acquire(me, earlier(deadline, context.deadline(LOOK_NANOS)), interruptible)) {
            requireOpen.run();
            if (context.isOver(deadline)) {
                return false;
            }
        }
        return true;
    }

    private static long earlier(long one, long other) {
        return one - other < 0 ? one : other;
    }

    /** Holding the lock, which is free afterwards: for the next one to recover if the files are in disorder. */
    private long holding(LongSupplier action) {
        boolean done = false;
        try {
            requireLinked();
            if (filesAreOpen && lock.isInconsistent()) { // else we are about to open them, and recover then
                recover();
            }
            long result = action.getAsLong();
            done = true;
            return result;
        } finally {
            if (!isSettled) {
                lock.releaseInconsistent();
            } else if (done) {
                lock.release();
            } else {
                lock.releaseUntold();
            }
            isSettled = true;
        }
    }

    /** Holding the lock: from now on the files may be in disorder, until something says that they are not. */
    void unsettle() {
        isSettled = false;
    }

    /**
     * Refuses a journal that was unlinked.
     *
     * @throws JournalNotFoundException if it was
     */
    void requireLinked() {
        if (mem.getInt(unlinkedPlace) != 0) {
            throw new JournalNotFoundException("journal " + this
                    + " was unlinked; close this handle, or make another journal");
        }
    }

    /** Holding the lock: puts right what somebody has left who died or failed. */
    private void recover() {
        isProven = false;
        unsettle();
        store.recover();
        long found = store.endIndex();
        long known = Math.max(mem.getLong(endPlace), names.highestPosition());
        moves.settle(Math.max(found, known));
        if (found < known) {
            LOG.log(System.Logger.Level.WARNING, "journal " + this + " has no messages " + found + " to "
                    + (known - 1) + " any more, though they were appended; the next one gets index " + known
                    + ", in a new file");
            store.beginNewFile();
        }
        mem.putLongVolatile(endPlace, Math.max(found, known)); // SYNC journal.end: release; pairs with end
        isSettled = true;
        wakeAll();
    }

    /** Wakes all tailers that sleep, in all processes. */
    void wakeAll() {
        waiters.signalAll();
    }

    /**
     * Refuses an index at which no tailer can stand.
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
        if (closed.get()) {
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
        if (closed.get()) {
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
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        for (JournalTailer<?> tailer : openTailers()) {
            tailer.close();
        }
        turn.lock();
        uses.writeLock().lock();
        try {
            store.close();
        } finally {
            uses.writeLock().unlock();
            turn.unlock();
            segment.close();
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
