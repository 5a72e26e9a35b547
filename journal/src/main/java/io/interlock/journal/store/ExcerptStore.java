package io.interlock.journal.store;

import io.interlock.core.error.InterlockException;
import io.interlock.core.error.NoSpaceException;
import io.interlock.core.attach.Space;
import io.interlock.journal.error.JournalAccessException;
import io.interlock.journal.error.JournalDamagedException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import net.openhft.chronicle.bytes.Bytes;
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
     *           yet: it is removed. The same for the file of metadata, which is made before any other.
     * appender  in which a failure has left an excerpt half written: it refuses the next one. Made anew.
     *
     * Space. The files are sparse, and written through mappings: without room on the disk an access fails with a
     * signal, somewhere. So room is reserved before each append, a MiB at a time, for the excerpt and what Chronicle
     * may write beside it (two pages of the index). A new file is made by us, with room, as a file of zeros, which
     * Chronicle takes for one that is to be written.
     *
     * Damage. If the newest file lacks what was appended to it, nothing is appended to it any more, since Chronicle
     * would do that at a place which no reader reaches: the next file is begun before its time.
     *
     * Facts about Chronicle Queue 2026.4 are from its source and from experiments with it; docs/adr/0015.
     */

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
    private static final String NEWEST_CYCLE = "listing.highestCycle";
    /** A header that was not ended has this bit, or is zero; the length of data in it is not of interest here. */
    private static final int NOT_COMPLETE = 0x8000_0000;
    private static final int LENGTH_MASK = 0x3FFF_FFFF;

    private final JournalDirectory directory;
    private final long lengthMillis;
    private final RollCycle rollCycle;
    private final DateTimeFormatter names;
    private final RollClock clock;
    private final Extent extent;
    private SingleChronicleQueue queue;
    private LongValue writeLock;
    private ExcerptAppender appender;
    private Bytes<?> copy = newCopy();

    /**
     * Of the files in this directory; nothing is opened.
     *
     * @param lengthMillis time from one file to the next
     */
    public ExcerptStore(JournalDirectory directory, long lengthMillis, Extent extent) {
        this.directory = directory;
        this.lengthMillis = lengthMillis;
        this.rollCycle = rollCycle(lengthMillis);
        this.names = DateTimeFormatter.ofPattern(rollCycle.format()).withZone(ZoneOffset.UTC);
        this.clock = new RollClock(lengthMillis);
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
        removeHalfMade(directory.metadata());
        if (!Files.exists(directory.metadata())) {
            make(directory.metadata(), METADATA_BYTES);
        }
        removeHalfMadeRollFile();
        directory.requireWritable();
        try {
            queue = SingleChronicleQueueBuilder.binary(directory.path()).rollCycle(rollCycle).blockSize(BLOCK_BYTES)
                    .timeoutMS(TIMEOUT_MILLIS).timeProvider(clock).build();
        } catch (RuntimeException e) {
            throw new JournalDamagedException("the files of journal " + directory + " cannot be opened: " + e, e);
        }
        if (queue.metaStore().readOnly()) {
            throw new JournalAccessException("the files of journal " + directory
                    + " can only be read; it needs permission to write, for this user", null);
        }
        writeLock = shared(WRITE_LOCK);
        clock.newestIs(shared(NEWEST_CYCLE));
    }

    private LongValue shared(String key) {
        return queue.metaStore().doWithExclusiveLock(table -> table.acquireValueFor(key));
    }

    /** Appends an excerpt: it is there when this returns, and else it is not. */
    public void append(byte[] bytes, int length) {
        long cycle = clock.stop();
        try {
            reserve(cycle, length);
            write(bytes, length);
            extent.grow(appender.wire().bytes().writePosition());
        } catch (InterlockException e) {
            throw e;
        } catch (RuntimeException | InternalError e) {
            throw new JournalDamagedException(
                    "cannot append to journal " + directory + ", file " + path(cycle) + ": " + e, e);
        } finally {
            clock.go();
        }
    }

    /** By a copy outside of the heap: that is what Chronicle writes fastest, and without a document that stays open. */
    private void write(byte[] bytes, int length) {
        if (appender == null) {
            appender = queue.createAppender();
            appender.singleThreadedCheckDisabled(true);
        }
        copy.clear();
        copy.write(bytes, 0, length);
        appender.writeBytes(copy);
        if (copy.realCapacity() > LARGEST_KEPT_BYTES) {
            copy.releaseLast();
            copy = newCopy();
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
            long end = endOf(cycle);
            extent.set(cycle, end, end);
        }
        long end = extent.dataEnd();
        if (end + needed > extent.reservedEnd()) {
            extent.set(cycle, end, end + reserve(path(cycle), end, needed));
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
    private long endOf(long cycle) {
        SingleChronicleQueueStore store = queue.storeForCycle((int) cycle, queue.epoch(), false, null);
        if (store == null) {
            make(path(cycle), marginBytes());
            return 0;
        }
        try {
            long newest = store.writePosition();
            return newest + Integer.BYTES + (store.bytes().readVolatileInt(newest) & LENGTH_MASK);
        } finally {
            queue.closeStore(store);
        }
    }

    /** Makes a file of zeros, or none if there is no room for it. */
    private void make(Path file, long lengthBytes) {
        boolean made = false;
        try {
            Files.createFile(file);
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

    private Path path(long cycle) {
        return directory.rollFile(names.format(Instant.ofEpochMilli(cycle * lengthMillis)));
    }

    /** Puts right what a dead or failed user has left. */
    public void recover() {
        if (appender != null) {
            appender.close();
            appender = null;
        }
        extent.set(Extent.NONE, 0, 0);
        long holder = writeLock.getVolatileValue();
        if (holder != AbstractTSQueueLock.UNLOCKED) {
            writeLock.compareAndSwapValue(holder, AbstractTSQueueLock.UNLOCKED);
        }
        removeHalfMadeRollFile();
        queue.refreshDirectoryListing();
    }

    /** The newest file, if its header was not ended: whoever made it is dead, and nothing is in it. */
    private void removeHalfMadeRollFile() {
        List<Path> files = directory.rollFiles();
        if (!files.isEmpty()) {
            removeHalfMade(files.get(files.size() - 1));
        }
    }

    private void removeHalfMade(Path file) {
        try (RandomAccessFile opened = new RandomAccessFile(file.toFile(), "r")) {
            int header = opened.length() < Integer.BYTES ? 0 : Integer.reverseBytes(opened.readInt());
            if (header != 0 && (header & NOT_COMPLETE) == 0) {
                return;
            }
        } catch (FileNotFoundException e) {
            if (Files.exists(file)) {
                throw new JournalAccessException("cannot read " + file + ": " + e.getMessage(), e);
            }
            return;
        } catch (IOException e) {
            throw new JournalAccessException("cannot read " + file + ": " + e, e);
        }
        directory.delete(file);
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

    /** What is there is damaged at its end: the next excerpt begins a new file. */
    public void beginNewFile() {
        if (queue.lastCycle() >= queue.firstCycle()) {
            clock.notBefore(queue.lastCycle() + 1L);
        }
    }

    /** A reader that stands at the oldest excerpt. By any thread at any time. */
    public ExcerptReader reader() {
        return new ExcerptReader(directory, queue);
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
        List<Long> cycles = cycles(queue);
        List<RollFile> files = cycles.stream().map(this::rollFile).toList();
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

    private RollFile rollFile(long cycle) {
        long bytes;
        try {
            bytes = endOf(cycle);
        } catch (RuntimeException damaged) {
            bytes = path(cycle).toFile().length();
        }
        return new RollFile(path(cycle), (cycle + 1) * lengthMillis, bytes);
    }

    /** Numbers of the files that there are, the oldest first. */
    static List<Long> cycles(SingleChronicleQueue queue) {
        int first = queue.firstCycle();
        int last = queue.lastCycle();
        if (first > last) {
            return List.of();
        }
        List<Long> cycles = new ArrayList<>();
        for (long cycle : queue.listCyclesBetween(first, last)) {
            cycles.add(cycle);
        }
        return cycles;
    }

    /** Closes all, readers included. */
    @Override
    public void close() {
        if (queue != null) {
            queue.close();
        }
        copy.releaseLast();
    }

    @Override
    public String toString() {
        return "ExcerptStore[" + directory + "]";
    }
}
