package io.interlock.memory;

import io.interlock.memory.ring.Adding;
import io.interlock.memory.ring.RecordHeader;
import io.interlock.memory.ring.Ring;
import java.nio.ByteBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * A message that is being written where it will lie, without a copy.
 *
 * <pre>{@code
 * try (Claim claim = queue.claim(16)) {
 *     claim.buffer().putLong(0, price).putLong(8, amount);
 *     claim.commit();
 * }                                             // without commit: the message never was
 * }</pre>
 *
 * <p>A claim holds the producers' side of its queue, all processes' included: commit soon. One that is never committed
 * or aborted makes every other producer wait until its thread or its process has ended; consumers take what was put
 * before. It belongs to the thread that has claimed, and a thread has one at a time: a call on the same queue that
 * would have to wait throws {@link IllegalStateException} instead. (A claim of an exclusive role blocks nobody but its
 * role, which says so; the role is what makes others wait.)
 *
 * <p><b>When the process dies</b> the message never was, and the side is free for the next producer.
 */
public final class Claim implements AutoCloseable {

    private final Ring ring;
    private final Adding adding;
    private final Thread thread = Thread.currentThread();
    private final int at;
    private final int length;
    private ByteBuffer buffer;
    private boolean ended;

    Claim(Ring ring, Adding adding, int at, int length) {
        this.ring = ring;
        this.adding = adding;
        this.at = at;
        this.length = length;
    }

    /**
     * The bytes of the message in the ring itself, in native order; whatever was there before is in them. Always the
     * same buffer for one claim.
     */
    public ByteBuffer buffer() {
        requireOpen();
        if (buffer == null) {
            buffer = ring.buffer(at + RecordHeader.LENGTH, length);
        }
        return buffer;
    }

    /**
     * The same as Agrona's type.
     *
     * @throws UnsupportedOperationException if Agrona's buffers do not work in this JVM; the message names the flag
     */
    public MutableDirectBuffer directBuffer() {
        requireOpen();
        return ring.directBuffer(at + RecordHeader.LENGTH, length);
    }

    /** Makes the message visible. The buffer must not be used any more. */
    public void commit() {
        commit(length);
    }

    /**
     * Makes the first bytes of the claim visible as the message.
     *
     * @param lengthBytes 0 to the length that was claimed
     * @throws IllegalStateException if the claim was committed or aborted already, or claimed by another thread
     */
    public void commit(int lengthBytes) {
        requireOpen();
        if (lengthBytes < 0 || lengthBytes > length) {
            throw new IllegalArgumentException("lengthBytes must be in [0, " + length + "], lengthBytes="
                    + lengthBytes);
        }
        ended = true;
        if (ring.context().isClosed()) {
            adding.abort();
            ring.checkOpen();
        }
        ring.writeHeader(at, lengthBytes);
        adding.commit(RecordHeader.units(lengthBytes), 1);
        ring.checkOpen();
    }

    /** Gives the claim up: the message never was. */
    public void abort() {
        requireOpen();
        ended = true;
        adding.abort();
    }

    /** Aborts, unless the claim was committed or aborted. */
    @Override
    public void close() {
        if (!ended) {
            abort();
        }
    }

    boolean isOpen() {
        return !ended;
    }

    /** Ends the claim for its role, whose thread may be another one. */
    void end() {
        ended = true;
    }

    private void requireOpen() {
        if (ended) {
            throw new IllegalStateException("this claim was committed or aborted already; claim again");
        }
        if (Thread.currentThread() != thread) {
            throw new IllegalStateException("this claim belongs to thread " + thread.getName() + ", not to "
                    + Thread.currentThread().getName());
        }
    }

    @Override
    public String toString() {
        return "Claim[" + ring.name() + ", " + length + " bytes" + (ended ? ", ended]" : "]");
    }
}
