package io.interlock.journal.store;

import io.interlock.journal.error.JournalDamagedException;
import java.util.List;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.wire.DocumentContext;

/**
 * Reads excerpts, one after the other, each copied out whole. By one thread at a time. Takes no lock, and disturbs
 * nobody who appends meanwhile.
 */
public final class ExcerptReader implements AutoCloseable {

    /* Design.
     *
     * Chronicle counts excerpts in each file; an excerpt of ours says the index of its first message. Both only grow,
     * so that the excerpt with an index is found by bisection: the file first, then the excerpt in it. What cannot be
     * read is passed over in that: the next readable one says as well where we are. One whose bytes are spoiled has a
     * place still, and the next one is behind it. Where Chronicle finds nothing, a header is damaged, and it comes no
     * further than to the next entry of its index, from which it begins anew; or the index is, and so all the rest.
     *
     * Chronicle throws what it likes where a file is damaged, checked exceptions and failed assertions included.
     *
     * A tailer of Chronicle stops for good where a file is damaged. Whether nothing is there yet, or something is
     * missing, it cannot tell; who knows how far the journal goes can, and then seeks.
     */

    private static final int FIRST_BYTES = 4096;
    /**
     * So many places in a row where nothing is, and then so many entries of the index: the rest of the file is believed
     * to be no better.
     */
    private static final int PATIENCE = 64;

    private final JournalDirectory directory;
    private final RollNames names;
    private final SingleChronicleQueue queue;
    private final ExcerptTailer tailer;
    private byte[] bytes = new byte[FIRST_BYTES];
    private int length;
    /** Whether the last try to load one has found something, whole or not. */
    private boolean isThere;

    ExcerptReader(JournalDirectory directory, RollNames names, SingleChronicleQueue queue) {
        this.directory = directory;
        this.names = names;
        this.queue = queue;
        try {
            this.tailer = queue.createTailer();
        } catch (Exception | InternalError | AssertionError e) {
            throw unreadable(e);
        }
        this.tailer.singleThreadedCheckDisabled(true);
    }

    private JournalDamagedException unreadable(Throwable e) {
        return new JournalDamagedException("cannot read journal " + directory + ": " + e
                + "; close it and open it again, which sets files aside that cannot be used", e);
    }

    /**
     * Loads the next excerpt.
     *
     * @return false if there is none
     * @throws JournalDamagedException if it is damaged; the reader stands before it still, or anywhere
     */
    public boolean load() {
        long before = tailer.index();
        try {
            if (!loadNext()) {
                return false;
            }
        } catch (Exception | InternalError | AssertionError e) {
            throw new JournalDamagedException("cannot read on in journal " + directory + ", file number "
                    + tailer.cycle() + ": " + e + "; call moveTo with the index of a later message to go on", e);
        }
        if (!Excerpt.isWhole(bytes, length)) {
            moveTo(before);
            throw new JournalDamagedException("journal " + directory + " is damaged in file number " + tailer.cycle()
                    + ", excerpt " + queue.rollCycle().toSequenceNumber(before) + ": its checksum is not that of its "
                    + length + " bytes; call moveTo with the index of a later message to go on");
        }
        return true;
    }

    /** Loads what Chronicle has next, whatever it is. */
    private boolean loadNext() {
        try (DocumentContext document = tailer.readingDocument()) {
            if (!document.isPresent()) {
                return false;
            }
            Bytes<?> in = document.wire().bytes();
            long found = in.readRemaining();
            length = found <= ExcerptStore.LARGEST_EXCERPT ? (int) found : 0; // no excerpt of ours is larger
            if (length > bytes.length) {
                bytes = new byte[Math.min(ExcerptStore.LARGEST_EXCERPT, Math.max(length, 2 * bytes.length))];
            }
            in.read(bytes, 0, length);
            return true;
        }
    }

    /** Loads what Chronicle has next; false if it has nothing, or nothing that is whole. */
    private boolean tryLoad() {
        isThere = false;
        try {
            isThere = loadNext();
            return isThere && Excerpt.isWhole(bytes, length);
        } catch (Exception | InternalError | AssertionError e) {
            return false;
        }
    }

    /** The excerpt that was loaded; the array is valid until the next one is. */
    public byte[] bytes() {
        return bytes;
    }

    /** How many of them it has. */
    public int length() {
        return length;
    }

    /**
     * Goes where the message with this index is, or, if it is missing, to the first one behind it: the next excerpt
     * that is loaded has it, or is the first of those with higher ones.
     */
    public void seek(long index) {
        queue.refreshDirectoryListing();
        List<Long> cycles = names.cycles();
        int at = cycles.size() - 1;
        while (at >= 0 && !(loadFirstOf(cycles.get(at)) && Excerpt.firstOf(bytes) <= index)) {
            at--;
        }
        if (at < 0) {
            if (!goToFirst(cycles)) {
                toStart();
            }
            return;
        }
        long cycle = cycles.get(at);
        long sequence = lastNotAfter(index, cycle);
        if (go(cycle, sequence) && tryLoad() && Excerpt.endOf(bytes) > index) {
            go(cycle, sequence);
        } else if (!goToFirst(cycle, sequence + 1, excerptsIn(cycle)) && !goToFirst(cycles.subList(at + 1, cycles
                .size()))) {
            go(cycle, sequence);
            tryLoad();
        }
    }

    private void toStart() {
        try {
            tailer.toStart();
        } catch (Exception | InternalError | AssertionError e) {
            throw unreadable(e);
        }
    }

    private boolean goToFirst(List<Long> cycles) {
        return cycles.stream().anyMatch(cycle -> goToFirst(cycle, 0, Long.MAX_VALUE));
    }

    /** Goes to the first readable excerpt of a file from this one on; false if there is none before {@code limit}. */
    private boolean goToFirst(long cycle, long sequence, long limit) {
        long found = loadFrom(cycle, sequence, limit);
        return found < limit && go(cycle, found);
    }

    /** Number of the last excerpt in a file that does not begin behind the index; the first one does not. */
    private long lastNotAfter(long index, long cycle) {
        long low = 0;
        long high = excerptsIn(cycle);
        while (high - low > 1) {
            long middle = low + high >>> 1;
            long found = loadFrom(cycle, middle, high);
            if (found < high && Excerpt.firstOf(bytes) <= index) {
                low = found;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private long excerptsIn(long cycle) {
        try {
            return tailer.excerptsInCycle((int) cycle);
        } catch (Exception | InternalError | AssertionError e) {
            return 1;
        }
    }

    /** Loads the first readable excerpt of a file from this one on; its number, or {@code limit} if there is none. */
    private long loadFrom(long cycle, long sequence, long limit) {
        int failures = 0;
        for (long at = sequence; at < limit && failures < 2 * PATIENCE; at = next(at, failures)) {
            if (go(cycle, at) && tryLoad()) {
                return at;
            }
            failures = isThere ? 0 : failures + 1;
        }
        return limit;
    }

    private long next(long sequence, int failures) {
        int spacing = queue.indexSpacing();
        return failures < PATIENCE ? sequence + 1 : (sequence / spacing + 1) * spacing;
    }

    private boolean go(long cycle, long sequence) {
        return moveTo(queue.rollCycle().toIndex((int) cycle, sequence));
    }

    private boolean moveTo(long chroniclesIndex) {
        isThere = false;
        try {
            return tailer.moveToIndex(chroniclesIndex);
        } catch (Exception | InternalError | AssertionError | OutOfMemoryError e) {
            return false; // A damaged index may point so far that the table of mapped blocks has no room.
        }
    }

    /** Loads the first readable excerpt of a file. */
    boolean loadFirstOf(long cycle) {
        return loadFrom(cycle, 0, Long.MAX_VALUE) != Long.MAX_VALUE;
    }

    /** Loads the oldest readable excerpt of all. */
    boolean loadOldest() {
        queue.refreshDirectoryListing();
        for (long cycle : names.cycles()) {
            if (loadFirstOf(cycle)) {
                return true;
            }
        }
        return false;
    }

    /** Loads the newest readable excerpt of all. */
    boolean loadNewest() {
        List<Long> cycles = names.cycles();
        for (int at = cycles.size() - 1; at >= 0; at--) {
            if (loadLastOf(cycles.get(at))) {
                return true;
            }
        }
        return false;
    }

    private boolean loadLastOf(long cycle) {
        int failures = 0;
        for (long at = excerptsIn(cycle) - 1; at >= 0 && failures < PATIENCE; at--) {
            if (go(cycle, at) && tryLoad()) {
                return true;
            }
            failures = isThere ? 0 : failures + 1;
        }
        return false;
    }

    @Override
    public void close() {
        tailer.close();
    }

    @Override
    public String toString() {
        return "ExcerptReader[" + directory + "]";
    }
}
