package io.interlock.bench.work.journal;

import io.interlock.bench.work.queue.Message;
import java.nio.file.Path;
import java.util.function.LongConsumer;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ChronicleQueue;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.wire.DocumentContext;

/**
 * Chronicle Queue, used the fastest way that it has for bytes: an excerpt is put together outside of the heap and
 * written as a whole, without a document; the reader has one array for all messages.
 */
class ChronicleLog implements Log {

    private final ChronicleQueue queue;
    private final ExcerptAppender appender;
    private final byte[] message = new byte[MESSAGE_BYTES];
    private final Bytes<?> excerpt = Bytes.allocateElasticDirect();
    private final int inEach;
    private int inExcerpt;

    /** With so many messages in each excerpt. */
    ChronicleLog(Path directory, int inEach) {
        queue = ChronicleQueue.single(directory.toString());
        appender = queue.createAppender();
        this.inEach = inEach;
    }

    @Override
    public final void append(long number) {
        Message.number(message, number);
        put(excerpt, message);
        inExcerpt++;
        if (inExcerpt == inEach) {
            appender.writeBytes(excerpt);
            excerpt.clear();
            inExcerpt = 0;
        }
    }

    /** Adds a message to an excerpt. */
    void put(Bytes<?> out, byte[] bytes) {
        out.write(bytes);
    }

    /** Gets a message from an excerpt. */
    void get(Bytes<?> in, byte[] bytes) {
        in.read(bytes);
    }

    @Override
    public final Reader reader() {
        ExcerptTailer tailer = queue.createTailer();
        byte[] read = new byte[MESSAGE_BYTES];
        return new Reader() {

            @Override
            public void read(long messages, LongConsumer numbers) {
                for (long i = 0; i < messages; i += inEach) {
                    try (DocumentContext document = tailer.readingDocument()) {
                        if (!document.isPresent()) {
                            throw new IllegalStateException("no message " + i + " of " + messages);
                        }
                        Bytes<?> in = document.wire().bytes();
                        for (int j = 0; j < inEach; j++) {
                            get(in, read);
                            numbers.accept(Message.numberOf(read));
                        }
                    }
                }
            }

            @Override
            public void close() {
                tailer.close();
            }
        };
    }

    @Override
    public final void close() {
        queue.close();
        excerpt.releaseLast();
    }
}
