package io.interlock.bench.work.journal;

import io.interlock.journal.IpcJournal;
import io.interlock.journal.JournalTailer;
import io.interlock.memory.Codec;
import java.nio.file.Path;
import java.util.function.Supplier;
import net.openhft.chronicle.queue.ChronicleQueue;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.threads.BusyPauser;
import net.openhft.chronicle.threads.Pauser;
import net.openhft.chronicle.wire.DocumentContext;

/** How one waits for a number that another process will append. */
public enum Waiting {
    /** Our tailer: asleep, until the appender wakes it. */
    TAKE(null),
    /** Chronicle's, asked again and again, by whoever has a processor for that alone. */
    BUSY(() -> BusyPauser.INSTANCE),
    /**
     * The same, with the pauser that its users take: it spins, yields, and sleeps longer and longer, up to 20 ms. Where
     * there are few processors Chronicle gives one that sleeps at once.
     */
    BALANCED(Pauser::balanced),
    /** The same with one that sleeps from 1 to 10 ms. */
    MILLIS(() -> Pauser.millis(1, 10));

    private final Supplier<Pauser> pausers;

    Waiting(Supplier<Pauser> pausers) {
        this.pausers = pausers;
    }

    /** A log, for one who appends or for one who waits. */
    public interface Numbers {

        /** Appends a number. */
        void append(long number);

        /** Waits for the next one. */
        long next() throws InterruptedException;
    }

    /** Opens the log in this directory, or makes it. */
    public Numbers open(Path directory) {
        return this == TAKE ? new Journal(directory) : new Chronicle(directory, pausers.get());
    }

    private static final class Journal implements Numbers {

        private final IpcJournal<Long> journal;
        private final JournalTailer<Long> tailer;

        Journal(Path directory) {
            journal = IpcJournal.openOrCreate(directory, Codec.int64());
            tailer = journal.tailer();
        }

        @Override
        public void append(long number) {
            journal.append(number);
        }

        @Override
        public long next() throws InterruptedException {
            return tailer.take();
        }
    }

    private static final class Chronicle implements Numbers {

        private final ExcerptAppender appender;
        private final ExcerptTailer tailer;
        private final Pauser pauser;

        Chronicle(Path directory, Pauser pauser) {
            ChronicleQueue queue = ChronicleQueue.single(directory.toString());
            this.appender = queue.createAppender();
            this.tailer = queue.createTailer();
            this.tailer.singleThreadedCheckDisabled(true); // made by one thread, used by another one
            this.pauser = pauser;
        }

        @Override
        public void append(long number) {
            try (DocumentContext document = appender.writingDocument()) {
                document.wire().bytes().writeLong(number);
            }
        }

        @Override
        public long next() {
            while (true) {
                try (DocumentContext document = tailer.readingDocument()) {
                    if (document.isPresent()) {
                        pauser.reset();
                        return document.wire().bytes().readLong();
                    }
                }
                pauser.pause();
            }
        }
    }
}
