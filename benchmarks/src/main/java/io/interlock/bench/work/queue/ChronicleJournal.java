package io.interlock.bench.work.queue;

import io.interlock.bench.peer.Part.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import net.openhft.chronicle.queue.ChronicleQueue;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.wire.DocumentContext;

/**
 * Chronicle Queue. It has no bound and frees nothing: a sender never waits for a receiver, and each message lies in
 * memory that is touched for the first time. So each round has a journal of its own, that of the round before is
 * removed, and a sender does not begin before the receiver is there.
 */
final class ChronicleJournal {

    private static final int PATIENCE_SECONDS = 30;

    private final Path directory;
    private int round;
    private ChronicleQueue journal;

    private ChronicleJournal(Setting setting) {
        directory = setting.directory();
    }

    private Path path(int ofRound) {
        return directory.resolve("round-" + ofRound);
    }

    private Path sign() {
        return directory.resolve("ready-" + round);
    }

    private ChronicleQueue next() {
        if (journal != null) {
            journal.close();
        }
        round++;
        journal = ChronicleQueue.single(path(round).toString());
        return journal;
    }

    private void removeBefore() throws IOException {
        if (round > 1) {
            try (Stream<Path> files = Files.walk(path(round - 1))) {
                files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
            }
        }
    }

    private void giveSign() throws IOException {
        Files.createFile(sign());
    }

    private void awaitSign() throws InterruptedException, TimeoutException, IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!Files.deleteIfExists(sign())) {
            if (System.nanoTime() - deadline > 0) {
                throw new TimeoutException("no receiver for " + PATIENCE_SECONDS + " s");
            }
            Thread.sleep(1);
        }
    }

    /** Appends. */
    public static final class JournalSender extends Sender {

        private final ChronicleJournal journal;
        private ExcerptAppender appender;

        /** Has no journal yet. */
        public JournalSender(Setting setting) {
            super(setting);
            journal = new ChronicleJournal(setting);
        }

        @Override
        void prepare() throws Exception {
            appender = journal.next().createAppender();
            journal.removeBefore();
            journal.awaitSign();
        }

        @Override
        boolean offer(long number) {
            try (DocumentContext document = appender.writingDocument()) {
                if (message.length == Long.BYTES) {
                    document.wire().bytes().writeLong(number);
                } else {
                    Message.number(message, number);
                    document.wire().bytes().write(message);
                }
            }
            return true;
        }
    }

    /** Reads on. */
    public static final class JournalReceiver extends Receiver {

        private final ChronicleJournal journal;
        private ExcerptTailer tailer;

        /** Has no journal yet. */
        public JournalReceiver(Setting setting) {
            super(setting);
            journal = new ChronicleJournal(setting);
        }

        @Override
        void prepare() throws Exception {
            tailer = journal.next().createTailer();
            journal.giveSign();
        }

        @Override
        boolean poll() {
            try (DocumentContext document = tailer.readingDocument()) {
                if (!document.isPresent()) {
                    return false;
                }
                if (message.length == Long.BYTES) {
                    accept(document.wire().bytes().readLong());
                } else {
                    document.wire().bytes().read(message);
                    accept(Message.numberOf(message));
                }
                return true;
            }
        }
    }
}
