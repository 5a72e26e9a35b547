package io.interlock.bench.work.journal;

import java.nio.file.Path;
import java.util.function.LongConsumer;

/**
 * Messages of {@link #MESSAGE_BYTES} that stay, as one peer appends and reads them. A message has its number in front
 * and at the end; each byte of it is written from an array of the sender and read to an array of the reader.
 */
interface Log extends AutoCloseable {

    /** Bytes of each message. */
    int MESSAGE_BYTES = 64;
    /** Messages of a batch; a log of batches gets a multiple of it. */
    int BATCH = 64;

    /** Appends the message with this number; a log of batches does so when it has enough of them. */
    void append(long number);

    /** A reader that stands before the first message. */
    Reader reader();

    @Override
    void close();

    /** Reads on. */
    interface Reader extends AutoCloseable {

        /** Reads so many messages, which are there, and tells their numbers. */
        void read(long messages, LongConsumer numbers) throws InterruptedException;

        @Override
        void close();
    }

    /** Which log it is. */
    enum Kind {
        /** Ours: {@code append}, {@code take}. */
        JOURNAL,
        /** The same, read by {@code poll}. */
        JOURNAL_POLLED,
        /** The same, read by {@code read} with a handler. */
        JOURNAL_HANDLED,
        /** Ours, in batches: {@code appendAll}, {@code take}. */
        JOURNAL_OF_BATCHES,
        /** Chronicle Queue: an excerpt for each message. */
        CHRONICLE,
        /** The same with a checksum in front of each message, which the reader compares. */
        CHRONICLE_WITH_CHECKSUM,
        /** Chronicle Queue: an excerpt for each batch. */
        CHRONICLE_OF_BATCHES;

        /** Opens it, or makes it. */
        Log open(Path directory) {
            return switch (this) {
                case JOURNAL, JOURNAL_POLLED, JOURNAL_HANDLED, JOURNAL_OF_BATCHES -> new JournalLog(directory, this);
                case CHRONICLE -> new ChronicleLog(directory, 1);
                case CHRONICLE_WITH_CHECKSUM -> new CheckedChronicleLog(directory);
                case CHRONICLE_OF_BATCHES -> new ChronicleLog(directory, BATCH);
            };
        }
    }
}
