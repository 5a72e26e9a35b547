package io.interlock.bench.work.journal;

import io.interlock.bench.work.queue.Message;
import io.interlock.journal.IpcJournal;
import io.interlock.journal.JournalTailer;
import io.interlock.memory.Codec;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

/** Ours. */
final class JournalLog implements Log {

    /** Most messages in one call with a handler. */
    private static final int AT_ONCE = 1024;

    private final IpcJournal<byte[]> journal;
    private final Kind kind;
    private final byte[] message = new byte[MESSAGE_BYTES];
    private final List<byte[]> batch = Stream.generate(() -> new byte[MESSAGE_BYTES]).limit(BATCH).toList();
    private int inBatch;

    JournalLog(Path directory, Kind kind) {
        this.journal = IpcJournal.openOrCreate(directory, Codec.bytes());
        this.kind = kind;
    }

    @Override
    public void append(long number) {
        if (kind == Kind.JOURNAL_OF_BATCHES) {
            appendInBatches(number);
        } else {
            Message.number(message, number);
            journal.append(message);
        }
    }

    private void appendInBatches(long number) {
        Message.number(batch.get(inBatch), number);
        inBatch++;
        if (inBatch == BATCH) {
            journal.appendAll(batch);
            inBatch = 0;
        }
    }

    @Override
    public Reader reader() {
        JournalTailer<byte[]> tailer = journal.tailer();
        return switch (kind) {
            case JOURNAL_POLLED -> new TailerReader(tailer) {

                @Override
                public void read(long messages, LongConsumer numbers) {
                    for (long i = 0; i < messages; i++) {
                        numbers.accept(Message.numberOf(tailer.poll()));
                    }
                }
            };
            case JOURNAL_HANDLED -> new TailerReader(tailer) {

                @Override
                public void read(long messages, LongConsumer numbers) {
                    long left = messages;
                    while (left > 0) {
                        left -= tailer.read((index, found) -> numbers.accept(Message.numberOf(found)),
                                (int) Math.min(left, AT_ONCE));
                    }
                }
            };
            default -> new TailerReader(tailer) {

                @Override
                public void read(long messages, LongConsumer numbers) throws InterruptedException {
                    for (long i = 0; i < messages; i++) {
                        numbers.accept(Message.numberOf(tailer.take()));
                    }
                }
            };
        };
    }

    private abstract static class TailerReader implements Reader {

        private final JournalTailer<byte[]> tailer;

        TailerReader(JournalTailer<byte[]> tailer) {
            this.tailer = tailer;
        }

        @Override
        public void close() {
            tailer.close();
        }
    }

    @Override
    public void close() {
        journal.close();
    }
}
