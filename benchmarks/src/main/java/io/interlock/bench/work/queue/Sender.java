package io.interlock.bench.work.queue;

import io.interlock.bench.peer.Lap;
import io.interlock.bench.peer.Part;
import org.agrona.MutableDirectBuffer;

/** Sends messages with its numbers, which grow by one. The receivers count. */
abstract class Sender implements Part {

    /** Numbers of different senders differ above these bits. */
    static final int NUMBER_BITS = 40;

    /** What is sent, if it is more than a number: prepared once, numbered each time, and copied as a whole. */
    final byte[] message;
    private final long messages;
    private final long first;
    private final Tries tries;

    Sender(Setting setting) {
        QueueShape shape = QueueShape.of(setting);
        message = new byte[shape.messageBytes()];
        messages = setting.operations() / shape.senders();
        first = (long) setting.number() << NUMBER_BITS;
        tries = new Tries(shape);
    }

    /** Tries it once. */
    abstract boolean offer(long number);

    /** Before the first message of a round. */
    void prepare() throws Exception {
        // Most are always ready.
    }

    /** Writes the message with this number to where it will lie. */
    final void write(MutableDirectBuffer buffer, int offset, long number) {
        if (message.length == Long.BYTES) {
            buffer.putLong(offset, number);
        } else {
            Message.number(message, number);
            buffer.putBytes(offset, message);
        }
    }

    @Override
    public final Lap round() throws Exception {
        prepare();
        for (long number = first; number < first + messages; number++) {
            while (!offer(number)) {
                tries.failed();
            }
            tries.succeeded();
        }
        return Lap.UNCOUNTED;
    }
}
