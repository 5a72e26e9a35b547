package io.interlock.bench.work.queue;

import io.interlock.bench.peer.Lap;
import io.interlock.bench.peer.Part;
import java.util.Arrays;
import org.agrona.DirectBuffer;

/**
 * Receives its part of the messages. What every sender has sent must come in its order; with one receiver, none may be
 * missing. A message that is more than a number ends up in an array of the receiver, whatever way it takes.
 */
abstract class Receiver implements Part {

    /** Where a message is copied to. */
    final byte[] message;
    /** Most messages to take in one go. */
    final int atOnce;
    private final QueueShape shape;
    private final long messages;
    private final long[] latest;
    private final Tries tries;
    private long received;

    Receiver(Setting setting) {
        shape = QueueShape.of(setting);
        message = new byte[shape.messageBytes()];
        atOnce = shape.atOnce();
        messages = setting.operations() / shape.receivers();
        latest = new long[shape.senders()];
        tries = new Tries(shape);
    }

    /** Takes what is there, and {@linkplain #accept hands it on}; once. */
    abstract boolean poll();

    /** Before the first message of a round. */
    void prepare() throws Exception {
        // Most are always ready.
    }

    /** A message has come. */
    final void accept(long number) {
        int sender = (int) (number >> Sender.NUMBER_BITS);
        long expected = latest[sender] + 1;
        if (shape.receivers() == 1 ? number != expected : number < expected) {
            throw new IllegalStateException("expected message " + expected + ", got " + number);
        }
        latest[sender] = number;
        received++;
    }

    /** A message lies here. */
    final void accept(DirectBuffer buffer, int offset) {
        if (message.length == Long.BYTES) {
            accept(buffer.getLong(offset));
        } else {
            buffer.getBytes(offset, message);
            accept(Message.numberOf(message));
        }
    }

    @Override
    public final Lap round() throws Exception {
        prepare();
        received = 0;
        Arrays.setAll(latest, sender -> ((long) sender << Sender.NUMBER_BITS) - 1);
        while (!poll()) {
            tries.failed();
        }
        long before = received;
        long start = System.nanoTime();
        while (received < messages) {
            if (poll()) {
                tries.succeeded();
            } else {
                tries.failed();
            }
        }
        return Lap.of(start, System.nanoTime(), Math.max(1, shape.counted(received - before)));
    }
}
