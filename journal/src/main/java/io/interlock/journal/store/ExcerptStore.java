package io.interlock.journal.store;

import io.interlock.core.error.InterlockException;
import io.interlock.core.error.NoSpaceException;
import io.interlock.core.attach.Space;
import io.interlock.journal.error.JournalAccessException;
import io.interlock.journal.error.JournalDamagedException;
import java.io.IOException;
import java.io.EOFException;
import java.io.InputStream;
import java.io.StreamCorruptedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.bytes.MappedBytes;
import net.openhft.chronicle.core.io.Closeable;
import net.openhft.chronicle.core.values.LongValue;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.RollCycle;
import net.openhft.chronicle.queue.RollCycles;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueStore;
import net.openhft.chronicle.queue.impl.table.AbstractTSQueueLock;
import net.openhft.chronicle.queue.rollcycles.LegacyRollCycles;
import net.openhft.chronicle.queue.rollcycles.TestRollCycles;

/**
 * The files of a journal: a Chronicle queue, and what has to be done around one so that it survives its users. Every
 * method but {@link #reader()} and {@link #close()} is called by the holder of the journal's append lock only.
 */
public final class ExcerptStore implements AutoCloseable {

    /* Design.
     *
     * Chronicle commits an excerpt by one store of its length, over a zero. So an append that is killed leaves nothing
     * but bytes behind the last excerpt, which the next one writes over. What else it may leave, all of it to be put
     * right by whoever holds our lock next, for whom no user of Chronicle's locks but a dead one can be there:
     *
     * lock      Chronicle's write lock with a process id in it. It would be waited for, and given up only if no process
     *           has that id: never, if it was given to another one, or is one of another container. Freed at once.
     * header    a file whose header was begun: each opener would wait for the end of that. Such a file holds nothing
     *           yet: it is removed, or set aside if something is in it, since then it is damaged. The same for the file
     *           of metadata, which is made before any other and holds nothing of value.
     * appender  in which a failure has left an excerpt half written: it refuses the next one. Made anew.
     *
     * Roll. A tailer leaves a file only when that has Chronicle's mark of its end. Before Chronicle makes a file it
     * marks the one in which that appender has written last, and the newest one; but for the newest one it may take the
     * file that we have just made for it, so that one in which only others have written would never be marked. An
     * appender that has not written yet marks all files that are not: so each file is begun by one. Killed between the
     * mark and the new file, the next one begins that, whatever its own clock says.
     *
     * Space. The files are sparse, and written through mappings: without room on the disk an access fails with a
     * signal, somewhere. So room is reserved before each append, a MiB at a time, for the excerpt and what Chronicle
     * may write beside it (two pages of the index). A new file is made by us, with room, as a file of zeros, which
     * Chronicle takes for one that is to be written.
     *
     * Damage. If the newest file lacks what was appended to it, nothing is appended to it any more, since Chronicle
     * would do that at a place which no reader reaches: the next file is begun before its time.
     *
     * A file whose header is damaged would keep Chronicle from all others. It is renamed, so that people still have it.
     * So is one of the newest files if Chronicle cannot begin an appender because of it, as with a damaged pointer to
     * its index: each append would be refused until somebody moves it away. A new file does not help, since an appender
     * looks at all files down to one whose end is marked. What could still be read in it is missing then, and told so.
     * Killed between the renaming and the try that tells who is to blame, a file that was not to blame stays aside.
     *
     * Facts about Chronicle Queue 2026.4 are from its source and from experiments with it; docs/adr/0015.
     */

    private static final System.Logger LOG = System.getLogger("io.interlock");

    /** Bytes of the largest excerpt: a quarter of what Chronicle maps at once, which is what overlaps. */
    public static final int LARGEST_EXCERPT = 16 << 20;

    private static final long BLOCK_BYTES = 4L * LARGEST_EXCERPT;
    private static final long STEP_BYTES = 1 << 20;
    private static final long METADATA_BYTES = 64 << 10;
    private static final int PAGE_BYTES = 4096;
    /** Chronicle waits so long for others who are at work on its files. There are none: we hold the lock. */
    private static final long TIMEOUT_MILLIS = 50;
    private static final int FIRST_BYTES = 4096;
    /** Of the copy that is made of each excerpt; a larger one is not kept. */
    private static final int LARGEST_KEPT_BYTES = 1 << 20;
    private static final String WRITE_LOCK = "chronicle.write.lock";
    /** Held by nobody: it is for those who copy queues. */
    private static final String APPEND_LOCK = "chronicle.append.lock";
    private static final String NEWEST_CYCLE = "listing.highestCycle";
    /** The header of a file is shorter. */
    private static final int HEADER_BYTES = 1024;
    /** In so many bytes from its beginning a used file has something behind the header. */
    private static final int LOOK_BYTES = 1 << 20;
    /** So many files may be the one at which appends fail. */
    private static final int SUSPECTS = 3;
    /** So many excerpts before a file is full the next one is begun. */
    private static final int SPARE_EXCERPTS = 1000;
    /** Length of data in a header that was ended; such a header is positive. */
    private static final int LENGTH_MASK = 0x3FFF_FFFF;
    /** Stands where the next header would be, if there will never be one. */
    private static final int END_OF_FILE = 0xC000_0000;

    private final JournalDirectory directory;
    private final long lengthMillis;
    private final RollCycle rollCycle;
    /** Number of the excerpt at which the next file is begun before its time. */
    private final long fullAt;
    private final RollNames names;
    private final RollClock clock;
    private final Extent extent;
    private SingleChronicleQueue queue;
    private LongValue writeLock;
    private LongValue appendLock;
    private LongValue newestCycle;
    private ExcerptAppender appender;
    private Bytes<?> copy;

    /**
     * Of the files in this directory; nothing is opened.
     *
     * @param lengthMillis  time from one file to the next
     * @param machineMillis the time of the machine: milliseconds of the epoch
     */
    public ExcerptStore(JournalDirectory directory, long lengthMillis, Extent extent, LongSupplier machineMillis) {
        this.directory = directory;
        this.lengthMillis = lengthMillis;
        this.rollCycle = rollCycle(lengthMillis);
        this.fullAt = rollCycle.maxMessagesPerCycle() - SPARE_EXCERPTS;
        this.names = new RollNames(directory, rollCycle);
        this.clock = new RollClock(lengthMillis, machineMillis);
        this.extent = extent;
    }

    /** See {@link JvmFlags}. */
    public static List<String> requiredFlags() {
        return JvmFlags.required();
    }

    /**
     * To be called before anything else.
     *
     * @throws io.interlock.journal.error.MissingFlagsException if a flag of the JVM is missing
     */
    public static void requireFlags() {
        JvmFlags.require();
        // Unless somebody has said otherwise: no greetings, no thread that watches the disk, no long waits.
        for (String quiet : List.of("chronicle.announcer.disable", "chronicle.disk.monitor.disable",
                "chronicle.analytics.disable")) {
            setIfAbsent(quiet, "true");
        }
        setIfAbsent("chronicle.table.store.timeoutMS", "1000");
    }

    private static void setIfAbsent(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }

    private static RollCycle rollCycle(long lengthMillis) {
        for (RollCycle known : List.of(TestRollCycles.TEST_SECONDLY, LegacyRollCycles.MINUTELY, RollCycles.FAST_HOURLY,
                RollCycles.FAST_DAILY)) {
            if (known.lengthInMillis() == lengthMillis) {
                return known;
            }
        }
        throw new IllegalArgumentException("no roll of " + lengthMillis + " ms");
    }

    /** Where the files are. */
    public JournalDirectory directory() {
        return directory;
    }

    /**
     * Opens the files, or makes the first ones.
     *
     * @throws JournalAccessException  if they cannot be read and written
     * @throws JournalDamagedException if they are not what they should be
     * @throws NoSpaceException        if there is no room for them
     */
    public void open() {
        // Chronicle's first use unpacks a native library through a channel, which an interrupt closes: then it goes
        // without, and leaves an empty file in the working directory.
        boolean interrupted = Thread.interrupted();
        try {
            openUninterrupted();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void openUninterrupted() {
        copy = newCopy();
        if (directory.isHalfMade(directory.metadata())) {
            directory.delete(directory.metadata());
        }
        if (!Files.exists(directory.metadata())) {
            make(directory.metadata(), METADATA_BYTES);
        }
        removeHalfMadeRollFiles();
        directory.requireWritable();
        requireNoForeignFiles();
        try {
            queue = SingleChronicleQueueBuilder.binary(directory.path()).rollCycle(rollCycle).blockSize(BLOCK_BYTES)
                    .timeoutMS(TIMEOUT_MILLIS).timeProvider(clock).build();
            if (queue.metaStore().readOnly()) {
                throw new JournalAccessException(unusable() + " it could only be opened for reading", null);
            }
            writeLock = shared(WRITE_LOCK);
            appendLock = shared(APPEND_LOCK);
            newestCycle = shared(NEWEST_CYCLE);
            clock.newestIs(newestCycle);
            names.cycles().forEach(this::setAsideIfUnusable);
        } catch (InterlockException e) {
            throw e;
        } catch (Exception | InternalError | AssertionError e) {
            throw new JournalDamagedException(unusable() + " " + e, e);
        }
    }

    /** Chronicle would throw at each look into the directory. */
    private void requireNoForeignFiles() {
        List<Path> foreign = names.foreign();
        if (!foreign.isEmpty()) {
            throw new JournalAccessException("journal " + directory + " has a file that is none of its own, "
                    + foreign.get(0).getFileName() + "; move that to another directory", null);
        }
    }

    private String unusable() {
        return "file " + directory.metadata()
                + " cannot be used; it needs permission to write, for this user. If it has"
                + " that, the file is damaged: remove it while no process has the journal open, it has no messages."
                + " What was found:";
    }

    private LongValue shared(String key) {
        return queue.metaStore().doWithExclusiveLock(table -> table.acquireValueFor(key));
    }

    /** Appends an excerpt: it is there when this returns, and else it is not. */
    public void append(byte[] bytes, int length) {
        long cycle = clock.stop(extent.earliestCycle());
        try {
            if (appender == null) {
                beginAppender();
                cycle = clock.stop(extent.earliestCycle());
            }
            while (extent.cycle() != cycle && isEnded(cycle)) {
                extent.notBefore(cycle + 1);
                cycle = clock.stop(extent.earliestCycle());
            }
            reserve(cycle, length);
            write(bytes, length);
            extent.grow(appender.wire().bytes().writePosition());
            if (rollCycle.toSequenceNumber(appender.lastIndexAppended()) > fullAt) {
                extent.notBefore(cycle + 1);
            }
        } catch (InterlockException e) {
            throw e;
        } catch (Exception | InternalError | AssertionError e) {
            throw new JournalDamagedException(
                    "cannot append to journal " + directory + ", file " + names.path(cycle) + ": " + e, e);
        } finally {
            clock.go();
        }
    }

    /** By a copy outside of the heap: that is what Chronicle writes fastest, and without a document that stays open. */
    private void write(byte[] bytes, int length) {
        copy.clear();
        copy.write(bytes, 0, length);
        appender.writeBytes(copy);
        if (copy.realCapacity() > LARGEST_KEPT_BYTES) {
            Bytes<?> large = copy;
            copy = newCopy();
            large.releaseLast();
        }
    }

    private void beginAppender() {
        endAppender();
        try {
            appender = queue.createAppender();
        } catch (Exception | InternalError | AssertionError e) {
            if (isTransient(e)) {
                throw e;
            }
            appender = appenderWithoutOneFile(e);
        }
        appender.singleThreadedCheckDisabled(true);
    }

    /** One of the newest files keeps Chronicle from beginning an appender: without that it can. */
    private ExcerptAppender appenderWithoutOneFile(Throwable why) {
        List<Long> cycles = names.cycles();
        for (int at = cycles.size() - 1; at >= Math.max(0, cycles.size() - SUSPECTS); at--) {
            ExcerptAppender begun = appenderWithout(cycles.get(at));
            if (begun != null) {
                return begun;
            }
        }
        throw new JournalDamagedException("cannot append to journal " + directory + ": " + why, why);
    }

    /** Sets a file aside if that helps; else gives null. */
    private ExcerptAppender appenderWithout(long cycle) {
        Path file = names.path(cycle);
        Path aside = directory.setAside(file);
        ExcerptAppender begun = null;
        try {
            queue.refreshDirectoryListing();
            begun = queue.createAppender();
            extent.notBefore(cycle + 1); // Others may have the old one open; nothing new gets its name.
            LOG.log(System.Logger.Level.WARNING, "journal " + directory
                    + " has a file that appends fail at, it is now " + aside);
        } catch (Exception | InternalError | AssertionError e) {
            LOG.log(System.Logger.Level.DEBUG, "journal " + directory + " cannot be appended to without " + file, e);
        } finally {
            if (begun == null) {
                directory.putBack(aside, file);
                queue.refreshDirectoryListing();
            }
        }
        return begun;
    }

    private void endAppender() {
        if (appender != null) {
            appender.close();
            appender = null;
        }
    }

    private static Bytes<?> newCopy() {
        Bytes<?> copy = Bytes.allocateElasticDirect(FIRST_BYTES);
        copy.singleThreadedCheckDisabled(true);
        return copy;
    }

    private void reserve(long cycle, int length) {
        long needed = length + marginBytes();
        if (extent.cycle() != cycle) {
            long end = beginOrFindEnd(cycle);
            extent.set(cycle, end, end);
        }
        long end = extent.dataEnd();
        if (end + needed > extent.reservedEnd()) {
            extent.set(cycle, end, end + reserve(names.path(cycle), end, needed));
        }
    }

    private static long reserve(Path file, long end, long needed) {
        long generous = Math.max(needed, STEP_BYTES);
        try {
            Space.reserve(file, end, generous);
            return generous;
        } catch (NoSpaceException e) {
            if (generous == needed) {
                throw e;
            }
        }
        Space.reserve(file, end, needed);
        return needed;
    }

    /** What Chronicle may write beside an excerpt: a page of each index, and the mark of the end. */
    private long marginBytes() {
        return 2L * (queue.indexCount() * Long.BYTES + PAGE_BYTES) + PAGE_BYTES;
    }

    /** Where the data of a file end, which is made if it is missing. */
    private long beginOrFindEnd(long cycle) {
        long end = endOf(cycle);
        if (end < 0) {
            beginAppender();
            make(names.path(cycle), marginBytes());
            return 0;
        }
        return end;
    }

    /** Where the data of a file end; -1 if it is missing. */
    private long endOf(long cycle) {
        return find(cycle, ExcerptStore::endOf, -1L);
    }

    /** Whether the end of a file is marked: whoever did it was about to begin the next one, and has died. */
    private boolean isEnded(long cycle) {
        return find(cycle, (store, bytes) -> bytes.readVolatileInt(endOf(store, bytes)) == END_OF_FILE, false);
    }

    /** Each call of the store's bytes() is a mapping more, to be closed by whoever has called it. */
    private <T> T find(long cycle, BiFunction<SingleChronicleQueueStore, MappedBytes, T> question, T ifMissing) {
        SingleChronicleQueueStore store = queue.storeForCycle((int) cycle, queue.epoch(), false, null);
        if (store == null) {
            return ifMissing;
        }
        try (MappedBytes bytes = store.bytes()) {
            return question.apply(store, bytes);
        } finally {
            queue.closeStore(store);
        }
    }

    /**
     * Chronicle notes where the newest one is after it is there: so there may be one more behind that, and a page of
     * the index that was made for it.
     */
    private static long endOf(SingleChronicleQueueStore store, MappedBytes bytes) {
        long end = store.writePosition();
        int header = bytes.readVolatileInt(end);
        while (header > 0) {
            end += Integer.BYTES + (header & LENGTH_MASK);
            end += -end & Integer.BYTES - 1;
            header = bytes.readVolatileInt(end);
        }
        return end;
    }

    /** Makes a file of zeros, or none if there is no room for it. */
    private void make(Path file, long lengthBytes) {
        boolean made = false;
        try {
            directory.create(file);
            Space.reserve(file, 0, lengthBytes);
            made = true;
        } catch (IOException e) {
            throw new JournalAccessException("cannot make " + file + ": " + e, e);
        } finally {
            if (!made) {
                directory.delete(file);
            }
        }
    }

    /** Puts right what a dead or failed user has left. */
    public void recover() {
        endAppender();
        extent.set(Extent.NONE, 0, 0);
        free(writeLock);
        free(appendLock);
        removeHalfMadeRollFiles();
        queue.refreshDirectoryListing();
        List<Long> cycles = names.cycles();
        cycles.subList(Math.max(0, cycles.size() - 1), cycles.size()).forEach(this::setAsideIfUnusable);
    }

    private static void free(LongValue lock) {
        long holder = lock.getVolatileValue();
        if (holder != AbstractTSQueueLock.UNLOCKED) {
            lock.compareAndSwapValue(holder, AbstractTSQueueLock.UNLOCKED);
        }
    }

    /** A file that Chronicle cannot open would keep it from going to others as well. */
    private void setAsideIfUnusable(long cycle) {
        try {
            SingleChronicleQueueStore store = queue.storeForCycle((int) cycle, queue.epoch(), false, null);
            if (store != null) {
                queue.closeStore(store);
            }
        } catch (Exception | InternalError | AssertionError e) {
            if (isTransient(e)) {
                throw new JournalAccessException("cannot open " + names.path(cycle) + ": " + e, e);
            }
            Path aside = directory.setAside(names.path(cycle));
            LOG.log(System.Logger.Level.WARNING, "journal " + directory + " has a file that cannot be used, it is now "
                    + aside + ": " + e);
            extent.notBefore(cycle + 1); // Others may have the old one open; nothing new gets its name.
            queue.refreshDirectoryListing();
        }
    }

    /** Whether it says something of the machine, and nothing of the file. */
    private static boolean isTransient(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            boolean ofFile = cause instanceof StreamCorruptedException || cause instanceof EOFException;
            if (cause instanceof TimeoutException || cause instanceof IOException && !ofFile) {
                return true;
            }
        }
        return false;
    }

    /** Files whose header was not ended: each opener would wait for that. Whoever made it is dead, or it is damaged. */
    private void removeHalfMadeRollFiles() {
        for (Path file : names.files()) {
            if (directory.isHalfMade(file)) {
                removeOrSetAside(file);
            }
        }
    }

    private void removeOrSetAside(Path file) {
        byte[] begin = new byte[LOOK_BYTES];
        int length;
        try (InputStream in = Files.newInputStream(file)) {
            length = in.readNBytes(begin, 0, begin.length);
        } catch (IOException e) {
            throw cannotRead(file, e);
        }
        boolean isUsed = false;
        for (int i = HEADER_BYTES; i < length; i++) {
            isUsed |= begin[i] != 0;
        }
        if (isUsed) {
            directory.setAside(file);
        } else {
            directory.delete(file);
        }
    }

    private static JournalAccessException cannotRead(Path file, IOException e) {
        return new JournalAccessException("cannot read " + file + ": " + e, e);
    }

    /** Index behind the newest message that can be read; 0 if there is none. */
    public long endIndex() {
        try (ExcerptReader reader = reader()) {
            return reader.loadNewest() ? Excerpt.endOf(reader.bytes()) : 0;
        }
    }

    /** Index of the oldest message that can be read; -1 if there is none. By any thread at any time. */
    public long firstIndex() {
        try (ExcerptReader reader = reader()) {
            return reader.loadOldest() ? Excerpt.firstOf(reader.bytes()) : -1;
        }
    }

    /** Whether a reader finds the excerpt that begins with this message. */
    public boolean isReadable(long first) {
        try (ExcerptReader reader = reader()) {
            reader.seek(first);
            return reader.load() && Excerpt.firstOf(reader.bytes()) == first;
        } catch (JournalDamagedException e) {
            return false;
        }
    }

    /** What is there is damaged at its end: the next excerpt begins a new file. */
    public void beginNewFile() {
        if (queue.lastCycle() >= queue.firstCycle()) {
            extent.notBefore(queue.lastCycle() + 1L);
        }
    }

    /** A reader that stands at the oldest excerpt. By any thread at any time. */
    public ExcerptReader reader() {
        return new ExcerptReader(directory, names, queue);
    }

    /**
     * Deletes files, the oldest first: those that are too old, and those beyond a number of bytes that all together may
     * have. Never the newest, and none with a message that is needed still.
     *
     * @param isTooOld     says it of a file
     * @param maxBytes     most bytes of all files
     * @param neededIndex  index of the oldest message that is needed
     * @param deleted      is told of each file
     */
    public void delete(Predicate<RollFile> isTooOld, long maxBytes, long neededIndex, Consumer<Path> deleted) {
        List<Long> cycles = names.cycles();
        boolean isSizeOfInterest = maxBytes != Long.MAX_VALUE; // to know it each file is opened
        List<RollFile> files = cycles.stream().map(cycle -> rollFile(cycle, isSizeOfInterest)).toList();
        long bytes = files.stream().mapToLong(RollFile::bytes).sum();
        for (int i = 0; i < files.size() - 1; i++) {
            RollFile file = files.get(i);
            if (!isTooOld.test(file) && bytes <= maxBytes || !isRead(cycles.get(i + 1), neededIndex)) {
                break;
            }
            directory.delete(file.path());
            queue.refreshDirectoryListing();
            bytes -= file.bytes();
            deleted.accept(file.path());
        }
    }

    /** Whether everything before this file was read by whom it may concern. */
    private boolean isRead(long nextCycle, long neededIndex) {
        try (ExcerptReader reader = reader()) {
            return neededIndex == Long.MAX_VALUE || reader.loadFirstOf(nextCycle)
                    && Excerpt.firstOf(reader.bytes()) <= neededIndex;
        }
    }

    private RollFile rollFile(long cycle, boolean withSize) {
        return new RollFile(names.path(cycle), (cycle + 1) * lengthMillis, withSize ? usedBytes(cycle) : 0);
    }

    private long usedBytes(long cycle) {
        try {
            return Math.max(0, endOf(cycle));
        } catch (Exception | InternalError | AssertionError damaged) {
            return names.path(cycle).toFile().length();
        }
    }

    /** Closes all, readers included. */
    @Override
    public void close() {
        endAppender();
        Closeable.closeQuietly(writeLock, appendLock, newestCycle, queue);
        if (copy != null) {
            copy.releaseLast();
        }
    }

    @Override
    public String toString() {
        return "ExcerptStore[" + directory + "]";
    }
}
