package io.interlock.journal;

import io.interlock.core.Segment;
import io.interlock.core.error.SegmentExistsException;
import io.interlock.core.error.SegmentFormatException;
import io.interlock.core.error.SegmentNotFoundException;
import io.interlock.core.error.ObjectMismatchException;
import io.interlock.core.object.Directory;
import io.interlock.core.object.SharedBlock;
import io.interlock.journal.error.JournalExistsException;
import io.interlock.journal.error.JournalNotFoundException;
import io.interlock.journal.store.Excerpt;
import io.interlock.journal.store.ExcerptStore;
import io.interlock.journal.store.JournalDirectory;
import io.interlock.memory.Codec;
import io.interlock.memory.EncodeBuffer;
import io.interlock.memory.Encoding;
import io.interlock.memory.IpcQueue;
import io.interlock.memory.error.QueueShutDownException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * A durable queue across processes: messages outlive all processes and a restart, and can be read again and again.
 * Stands on Chronicle Queue.
 *
 * <pre>{@code
 * // process A                                                       // process B
 * try (var journal = IpcJournal.openOrCreate(                        try (var journal = IpcJournal.openOrCreate(
 *         Path.of("/var/lib/acme/orders"), Codec.utf8())) {                  Path.of("/var/lib/acme/orders"),
 *     journal.append("hello");                                               Codec.utf8());
 * }                                                                       var tailer = journal.tailer("billing")) {
 *                                                                    tailer.take();           // "hello"
 *                                                                    tailer.commit();
 *                                                                }
 * }</pre>
 *
 * <p>A journal is a directory: {@code .cq4} files with the messages, a new one each {@link Roll}, and a segment in
 * which its processes meet. Each message has an index: 0, 1, 2 and so on; an index is given once, and none is left out.
 * A batch is appended in one write, and whole or not at all. Any number of processes append, any number read, each
 * reader with a position of its own ({@link JournalTailer}).
 *
 * <p><b>When a process dies</b> in {@code append} its messages are there or they are not, whole or not at all; the next
 * appender goes on at once. What {@code append} has returned from is in the journal, whatever is killed then: it is in
 * the operating system's memory and is written to the disk by that; a crash of the machine itself can cost the last
 * seconds. A process that is stopped in the middle of an append holds all appenders up until it goes on.
 *
 * <p><b>Disk.</b> Space is reserved before each append, so a full disk is a {@link
 * io.interlock.core.error.NoSpaceException} and never a crash; nothing was appended then. Whole files are deleted by
 * {@link #retain}. Each message has a checksum: what was damaged is never delivered, but reported by a {@link
 * io.interlock.journal.error.JournalDamagedException}.
 *
 * <p><b>Who may use it</b> is as with any segment: this user alone, unless the mode of {@code journal.segment} is
 * changed; new files get the same mode. Whoever uses it must be able to make files in the directory.
 *
 * <p><b>Flags.</b> Chronicle Queue needs flags of the JVM; {@link #requiredFlags()} lists them. Without them this class
 * throws a {@link io.interlock.journal.error.MissingFlagsException} at its first use, and nothing else happens.
 *
 * <p><b>Progress.</b> Appenders of all processes exclude each other by one lock, which survives its owner. Tailers take
 * no lock. {@code append} keeps an interrupt's status; {@code tryAppend} and what waits for messages throw.
 *
 * <p><b>Memory consistency effects.</b> Actions in a thread prior to appending a message <i>happen-before</i> actions
 * following its being taken, in any process (see {@linkplain io.interlock.core.robust the package that argues so}).
 *
 * <p><b>Limits.</b> A batch, or a message, has at most {@link #largestBatchBytes()}. Local file systems only. Files are
 * of this machine's byte order. The JVMs may be of different versions. {@code null} is no item.
 *
 * @param <E> what is in the journal
 */
public final class IpcJournal<E> implements AutoCloseable {

    /* Design.
     *
     * The protocol is SharedJournal's; what knows Chronicle is the package "store". Here items become excerpts, and
     * names become objects of the segment: the journal itself, and named tailers. How messages are moved from a queue
     * stands in QueueMover.
     */

    private static final long FOREVER = Long.MAX_VALUE;
    private static final LongSupplier MACHINE_MILLIS = System::currentTimeMillis;

    private final SharedJournal shared;
    private final Codec<E> codec;

    private IpcJournal(SharedJournal shared, Codec<E> codec) {
        this.shared = shared;
        this.codec = codec;
    }

    /** Makes a journal with the {@linkplain JournalOptions#defaults() usual options}. */
    public static <E> IpcJournal<E> create(Path directory, Codec<E> codec) {
        return create(directory, codec, JournalOptions.defaults());
    }

    /**
     * Makes a journal.
     *
     * @param directory made if it is missing, for this user alone; its parent must exist
     * @param codec     how items become bytes; its id is stored
     * @throws JournalExistsException if there is a journal, or something else in the directory
     * @throws io.interlock.journal.error.JournalAccessException if it cannot be made
     * @throws io.interlock.core.error.NoSpaceException          if the file system is full
     */
    public static <E> IpcJournal<E> create(Path directory, Codec<E> codec, JournalOptions options) {
        return create(directory, codec, options, MACHINE_MILLIS);
    }

    private static <E> IpcJournal<E> create(Path directory, Codec<E> codec, JournalOptions options,
            LongSupplier machineMillis) {
        String id = begin(directory, codec);
        Objects.requireNonNull(options, "options must not be null");
        JournalDirectory files = JournalDirectory.of(directory);
        files.makeForNewJournal();
        Segment segment;
        try {
            segment = Segment.create(files.segment(), options.segmentOptions());
        } catch (SegmentExistsException e) {
            throw files.journalExists();
        }
        return open(segment, files, codec, id, new Wanted(options.roll(), options.roll(), machineMillis));
    }

    /**
     * Opens a journal.
     *
     * @throws JournalNotFoundException if there is none
     * @throws ObjectMismatchException  if it was made with another codec
     */
    public static <E> IpcJournal<E> open(Path directory, Codec<E> codec) {
        String id = begin(directory, codec);
        JournalDirectory files = JournalDirectory.of(directory);
        return open(existing(files), files, codec, id, new Wanted(null, null, MACHINE_MILLIS));
    }

    /** Opens a journal with whatever options it was made, or makes one with the usual options. */
    public static <E> IpcJournal<E> openOrCreate(Path directory, Codec<E> codec) {
        return openOrCreate0(directory, codec, JournalOptions.defaults(), null, MACHINE_MILLIS);
    }

    /** Opens a journal, which must have been made with the same roll and codec, or makes it. */
    public static <E> IpcJournal<E> openOrCreate(Path directory, Codec<E> codec, JournalOptions options) {
        return openOrCreate(directory, codec, options, MACHINE_MILLIS);
    }

    /** By another clock than the machine's, in milliseconds of the epoch: for tests. */
    static <E> IpcJournal<E> openOrCreate(Path directory, Codec<E> codec, JournalOptions options,
            LongSupplier machineMillis) {
        Objects.requireNonNull(options, "options must not be null");
        return openOrCreate0(directory, codec, options, options.roll(), machineMillis);
    }

    private static <E> IpcJournal<E> openOrCreate0(Path directory, Codec<E> codec, JournalOptions options,
            Roll wanted, LongSupplier machineMillis) {
        String id = begin(directory, codec);
        JournalDirectory files = JournalDirectory.of(directory);
        while (true) {
            try {
                if (files.hasJournal()) {
                    return open(existing(files), files, codec, id, new Wanted(wanted, options.roll(), machineMillis));
                }
                return create(directory, codec, options, machineMillis);
            } catch (JournalNotFoundException unlinked) {
                SharedJournal.endUnlink(files);
            } catch (JournalExistsException e) {
                if (!files.hasJournal()) {
                    throw e;
                }
            }
        }
    }

    /**
     * The flags of the JVM that Chronicle Queue needs, whether this JVM has them or not; for those who start others.
     *
     * @return for a command line: {@code --add-opens=...} and the like
     */
    public static List<String> requiredFlags() {
        return ExcerptStore.requiredFlags();
    }

    /**
     * Removes a journal: its files, and the directory if nothing else is in it. Tailers that have it open read what
     * they have mapped; everything that would change it throws {@link JournalNotFoundException}.
     *
     * @throws JournalNotFoundException if there is none; nothing was removed then
     * @throws io.interlock.journal.error.JournalAccessException if somebody is in the middle of an append for 10 s, or
     *                                                           a file cannot be removed
     */
    public static void unlink(Path directory) {
        Objects.requireNonNull(directory, "directory must not be null");
        SharedJournal.unlink(JournalDirectory.of(directory));
    }

    private static String begin(Path directory, Codec<?> codec) {
        Objects.requireNonNull(directory, "directory must not be null");
        String id = Encoding.idOf(codec);
        ExcerptStore.requireFlags();
        return id;
    }

    private static Segment existing(JournalDirectory files) {
        files.requireJournal();
        try {
            return Segment.open(files.segment());
        } catch (SegmentNotFoundException e) {
            throw files.noJournal();
        }
    }

    /** Which roll a journal must have, or null; the one it gets if its maker died on the way, or null; the time. */
    private record Wanted(Roll roll, Roll otherwise, LongSupplier machineMillis) {
    }

    /** With an open segment, which is closed again if that fails. */
    private static <E> IpcJournal<E> open(Segment segment, JournalDirectory files, Codec<E> codec, String id,
            Wanted wanted) {
        SharedJournal shared = null;
        try {
            SharedBlock block = block(segment, files, id, wanted);
            ExcerptStore store = new ExcerptStore(files, checkedRoll(block, files, wanted).length().toMillis(),
                    new SharedExtent(block), wanted.machineMillis);
            shared = new SharedJournal(segment, block, store, wanted.machineMillis);
            shared.openFiles();
            return new IpcJournal<>(shared, codec);
        } catch (Throwable e) {
            if (shared == null) {
                segment.close();
            } else {
                shared.close();
            }
            throw e;
        }
    }

    private static SharedBlock block(Segment segment, JournalDirectory files, String id, Wanted wanted) {
        Directory directory = segment.directory();
        if (wanted.otherwise == null && directory.find(0, JournalLayout.OBJECT_NAME) == null) {
            throw files.noJournal();
        }
        SharedBlock block = directory.openOrCreate(JournalLayout.TYPE, 0, JournalLayout.OBJECT_NAME,
                () -> JournalLayout.request(JournalLayout.OBJECT_NAME, wanted.otherwise, id));
        String found = JournalLayout.codecOf(block);
        if (!found.equals(id)) {
            throw new ObjectMismatchException(
                    "journal " + files + " was made with codec \"" + found + "\", expected \"" + id + "\"");
        }
        return block;
    }

    private static Roll checkedRoll(SharedBlock block, JournalDirectory files, Wanted wanted) {
        int number = block.context().mem.getInt(block.offset() + JournalLayout.ROLL_OFFSET);
        Roll roll = Roll.of(number);
        if (roll == null) {
            throw new SegmentFormatException("journal " + files + " has roll " + Roll.nameOf(number)
                    + ", which this library does not know, or its segment is damaged");
        }
        if (wanted.roll != null && wanted.roll != roll) {
            throw new ObjectMismatchException("journal " + files + " was made with roll " + roll + ", expected "
                    + wanted.roll + "; ask for that, or leave the options out to take the journal as it is");
        }
        return roll;
    }

    /**
     * Appends an item, waiting for other appenders as long as it takes.
     *
     * @return its index
     * @throws IllegalArgumentException if its message is larger than {@link #largestBatchBytes()}
     * @throws io.interlock.core.error.NoSpaceException if the file system is full; nothing was appended
     */
    public long append(E item) {
        EncodeBuffer excerpt = EncodeBuffer.borrow();
        try {
            Excerpt.begin(excerpt);
            add(excerpt, item);
            shared.requireFits(excerpt, 1);
            return shared.append(excerpt, 1, FOREVER, false);
        } catch (InterruptedException e) {
            throw new AssertionError("not interruptible", e);
        } finally {
            excerpt.giveBack();
        }
    }

    private void add(EncodeBuffer excerpt, E item) {
        Excerpt.add(excerpt, Objects.requireNonNull(item, "item must not be null"), codec);
    }

    /**
     * The same, waiting for other appenders for at most the given time; {@code <= 0} tries once.
     *
     * @return its index, or nothing if the time is over; nothing was appended then
     * @throws InterruptedException if interrupted before or while waiting; nothing was appended then
     */
    public OptionalLong tryAppend(E item, long timeout, TimeUnit unit) throws InterruptedException {
        return tryAppendAll(List.of(item), timeout, unit);
    }

    /**
     * Appends all items in one write, whole or not at all; they get indexes in a row. An empty collection appends
     * nothing.
     *
     * @return index of the first one; of the next message if there is none
     * @throws IllegalArgumentException if they are larger than {@link #largestBatchBytes()} together
     * @throws io.interlock.core.error.NoSpaceException if the file system is full; nothing was appended
     */
    public long appendAll(Collection<? extends E> items) {
        try {
            return appendInTime(items, FOREVER, false);
        } catch (InterruptedException e) {
            throw new AssertionError("not interruptible", e);
        }
    }

    /** The same, waiting for other appenders for at most the given time. See {@link #tryAppend}. */
    public OptionalLong tryAppendAll(Collection<? extends E> items, long timeout, TimeUnit unit)
            throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        long first = appendInTime(items, unit.toNanos(timeout), true);
        return first < 0 ? OptionalLong.empty() : OptionalLong.of(first);
    }

    private long appendInTime(Collection<? extends E> items, long timeoutNanos, boolean interruptible)
            throws InterruptedException {
        EncodeBuffer excerpt = EncodeBuffer.borrow();
        try {
            Excerpt.begin(excerpt);
            int count = 0;
            for (E item : items) {
                add(excerpt, item);
                count++;
            }
            if (count == 0) {
                return endIndex();
            }
            shared.requireFits(excerpt, count);
            return shared.append(excerpt, count, timeoutNanos, interruptible);
        } finally {
            excerpt.giveBack();
        }
    }

    /**
     * Moves the oldest messages of a queue here, in one write, without decoding them; waits for one as long as it
     * takes. Killed at any moment, each message is in the queue, in the journal, or in both; then it is recognised, and
     * not appended again, by whoever next moves messages from that queue to this journal. So each one gets here once,
     * unless 64 other queues were moved from meanwhile by processes that died as well.
     *
     * @param queue its codec must have the same id as the journal's
     * @param max   most messages, at least 1; more if a batch was in both
     * @return how many messages have left the queue
     * @throws io.interlock.memory.error.QueueShutDownException if the queue was shut down and everything was taken
     * @throws IllegalArgumentException if a message of the queue is larger than {@link #largestBatchBytes()}; it stays
     *                                  there
     */
    public int appendFrom(IpcQueue<E> queue, int max) throws InterruptedException {
        int moved = appendFrom(queue, max, FOREVER, TimeUnit.NANOSECONDS);
        if (moved == 0) {
            throw new QueueShutDownException("the queue was shut down, and all of its messages are in journal " + this);
        }
        return moved;
    }

    /** The same, waiting for at most the given time; 0 if there was nothing to move. */
    public int appendFrom(IpcQueue<E> queue, int max, long timeout, TimeUnit unit) throws InterruptedException {
        if (max < 1) {
            throw new IllegalArgumentException("max must be at least 1, max=" + max);
        }
        if (!queue.codec().id().equals(codec.id())) {
            throw new IllegalArgumentException("the queue has codec \"" + queue.codec().id()
                    + "\", expected that of journal " + this + ", \"" + codec.id() + "\"");
        }
        shared.requireOpen();
        return new QueueMover(shared, queue).move(max, timeout, unit);
    }

    /** A tailer without a name, at the oldest message. */
    public JournalTailer<E> tailer() {
        shared.requireOpen();
        return begin(Position.unnamed(), JournalTailer::toStart);
    }

    /**
     * The tailer of this name, where it stopped; a new one begins at the oldest message. The name belongs to one tailer
     * at a time, in all processes; when its process dies it is free.
     *
     * @param name 1 to 128 bytes of UTF-8, without slash and NUL
     * @throws io.interlock.journal.error.TailerInUseException if somebody has it
     * @throws io.interlock.core.error.SegmentFullException    if there are too many names
     */
    public JournalTailer<E> tailer(String name) {
        shared.requireOpen();
        return begin(shared.names().claim(name), JournalTailer::begin);
    }

    private JournalTailer<E> begin(Position position, Consumer<JournalTailer<E>> where) {
        JournalTailer<E> tailer = null;
        boolean begun = false;
        try {
            tailer = shared.closeWithJournal(new JournalTailer<>(shared, codec, position));
            where.accept(tailer);
            begun = true;
            return tailer;
        } finally {
            if (!begun && tailer != null) {
                tailer.close();
            } else if (!begun) {
                position.close();
            }
        }
    }

    /** The named tailers, by name; not those that were forgotten. */
    public List<TailerInfo> tailers() {
        shared.requireOpen();
        return shared.names().list();
    }

    /**
     * Forgets a named tailer: files are no longer kept for it, and a new one of this name begins at the oldest message.
     *
     * @return false if there is none of this name
     * @throws io.interlock.journal.error.TailerInUseException if somebody has it
     */
    public boolean forgetTailer(String name) {
        shared.requireOpen();
        return shared.names().forget(name);
    }

    /**
     * Shows all messages from an index on to a handler, up to those that are there now.
     *
     * @return index behind the last one
     * @throws io.interlock.journal.error.MessageNotFoundException if the first one was deleted, or lies beyond the end
     */
    public long replay(long from, ReplayHandler<? super E> handler) {
        Objects.requireNonNull(handler, "handler must not be null");
        try (JournalTailer<E> tailer = tailer()) {
            tailer.moveTo(from);
            long end = endIndex();
            while (tailer.index() < end && tailer.read(handler, (int) Math.min(end - tailer.index(), 1 << 20)) > 0) {
                continue;
            }
            return tailer.index();
        }
    }

    /** Index of the oldest message; that of the next one if there is none. */
    public long firstIndex() {
        shared.requireOpen();
        return shared.firstIndex();
    }

    /** Index of the message that is appended next: so many were appended in all. */
    public long endIndex() {
        long end = shared.end();
        shared.requireOpen();
        return end;
    }

    /**
     * Deletes whole files, the oldest first, as far as this allows. Killed in the middle, the newer ones are still
     * there.
     *
     * @return what was deleted, the oldest first
     * @throws io.interlock.journal.error.JournalAccessException if a file cannot be deleted
     */
    public List<Path> retain(Retention retention) {
        Objects.requireNonNull(retention, "retention must not be null");
        shared.requireOpen();
        return shared.retain(retention);
    }

    /** Most bytes that one write takes: of a batch, the messages and 4 bytes more for each. */
    public int largestBatchBytes() {
        return ExcerptStore.LARGEST_EXCERPT - Excerpt.HEADER_LENGTH;
    }

    /** What is below; for tests. */
    SharedJournal shared() {
        return shared;
    }

    /** The directory of the journal. */
    public Path directory() {
        return shared.store().directory().path();
    }

    /**
     * Closes this handle and its tailers; threads that wait on them throw. Waits for an append of this handle that is
     * under way. May be called again.
     */
    @Override
    public void close() {
        shared.close();
    }

    @Override
    public String toString() {
        return "IpcJournal[" + shared + "]";
    }
}
