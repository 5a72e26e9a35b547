package io.interlock.memory;

import io.interlock.core.error.SegmentClosedException;
import io.interlock.core.port.Context;
import io.interlock.memory.error.BrokenPipeException;
import io.interlock.memory.error.BufferTooShortException;
import io.interlock.memory.error.EndOfStreamException;
import io.interlock.memory.error.QueueShutDownException;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * One end of an {@link IpcPipe}: Python's {@code Connection}. It belongs to the process that uses it first, all threads
 * of which may use it.
 *
 * <p>{@code send} encodes an item, {@code sendBytes} takes bytes as they are; both make one message, and what is sent
 * by one may be received by the other.
 *
 * <p><b>End of the stream.</b> When the other end was closed, or its process has died, {@code receive} gives what was
 * sent before and then throws {@link EndOfStreamException}; {@code send} throws {@link BrokenPipeException}. A close is
 * seen at once. A death is noticed by those who wait, within 50 ms; a message sent to the dead while there is room is
 * lost with them.
 *
 * <p><b>When this process dies</b> in the middle of a {@code send}, the message was sent whole or not at all.
 *
 * <p><b>Waiting.</b> {@code send} waits for room, {@code receive} for a message; both can be interrupted, and have sent
 * or received nothing then.
 *
 * @param <E> what is sent
 */
public final class Connection<E> implements AutoCloseable {

    /** How long to wait before asking whether the other process lives. */
    private static final long SLICE_NANOS = Context.OWNER_SLICE_NANOS;

    private final PipeEnd here;
    private final PipeEnd there;
    private final IpcQueue<E> out;
    private final IpcQueue<E> in;
    private volatile boolean closed;

    Connection(PipeEnd here, PipeEnd there, IpcQueue<E> out, IpcQueue<E> in) {
        this.here = here;
        this.there = there;
        this.out = out;
        this.in = in;
    }

    /**
     * Sends an item, waiting for room as long as it takes.
     *
     * @throws BrokenPipeException      if the other end was closed or has died
     * @throws IllegalArgumentException if its message is too large
     * @throws IllegalStateException    if this end is closed, or belongs to another process
     * @throws UnsupportedOperationException if this end only receives
     */
    public void send(E item) throws InterruptedException {
        Inlet<E> inlet = sending().inlet();
        send(afterEach -> inlet.put(item, SLICE_NANOS, afterEach));
    }

    /** Sends bytes as they are. See {@link #send}. */
    public void sendBytes(byte[] message) throws InterruptedException {
        sendBytes(message, 0, message.length);
    }

    /**
     * Sends a part of an array as it is. See {@link #send}.
     *
     * @throws IndexOutOfBoundsException if there is no such part
     */
    public void sendBytes(byte[] source, int index, int length) throws InterruptedException {
        Objects.checkFromIndexSize(index, length, source.length);
        Inlet<E> inlet = sending().inlet();
        send(afterEach -> inlet.putRaw(source, index, length, SLICE_NANOS, afterEach));
    }

    /** Sends something, asking after each slice of waiting. */
    @FunctionalInterface
    private interface Sending {

        void send(Inlet.Slice afterEach) throws InterruptedException;
    }

    private void send(Sending sending) throws InterruptedException {
        try {
            sending.send(this::requireReceiver);
        } catch (QueueShutDownException e) {
            requireOpen();
            throw broken(e);
        }
    }

    private void requireReceiver() {
        if (there.isGone()) {
            throw broken(null);
        }
    }

    private BrokenPipeException broken(Throwable cause) {
        BrokenPipeException broken =
                new BrokenPipeException("the " + there + " was closed or has died, nobody will receive");
        broken.initCause(cause);
        return broken;
    }

    /**
     * Receives an item, waiting for one as long as it takes.
     *
     * @throws EndOfStreamException  if the other end was closed or has died, and all that it sent was received
     * @throws IllegalStateException if this end is closed, or belongs to another process
     * @throws io.interlock.memory.error.CodecException if the codec cannot read the message, which was received
     * @throws UnsupportedOperationException if this end only sends
     */
    public E receive() throws InterruptedException {
        Outlet<E> outlet = receiving().outlet();
        while (true) {
            E item = outlet.take(SLICE_NANOS, true);
            if (item != null) {
                return item;
            }
            requireMore();
        }
    }

    /** Receives the bytes of a message as they are. See {@link #receive}. */
    public byte[] receiveBytes() throws InterruptedException {
        receiving();
        EncodeBuffer buffer = EncodeBuffer.borrow();
        try {
            int length = receive(buffer);
            return Arrays.copyOf(buffer.bytes(), length);
        } finally {
            buffer.giveBack();
        }
    }

    /**
     * Receives the bytes of a message into an array. See {@link #receive}.
     *
     * @return how many bytes the message has
     * @throws BufferTooShortException   if there is no room for them; the exception has the message, which was received
     * @throws IndexOutOfBoundsException if {@code index} is not in the array, or its length; nothing was received then
     */
    public int receiveInto(byte[] target, int index) throws InterruptedException {
        int room = target.length - Objects.checkIndex(index, target.length + 1);
        receiving();
        EncodeBuffer buffer = EncodeBuffer.borrow();
        try {
            int length = receive(buffer);
            if (length > room) {
                throw new BufferTooShortException(room, Arrays.copyOf(buffer.bytes(), length));
            }
            System.arraycopy(buffer.bytes(), 0, target, index, length);
            return length;
        } finally {
            buffer.giveBack();
        }
    }

    private int receive(EncodeBuffer buffer) throws InterruptedException {
        Outlet<E> outlet = in.outlet();
        int length = outlet.take(buffer, SLICE_NANOS, true);
        while (length < 0) {
            requireMore();
            length = outlet.take(buffer, SLICE_NANOS, true);
        }
        return length;
    }

    /** Nothing has come for a slice: goes on if something may still come. */
    private void requireMore() {
        requireOpen();
        if (in.isShutDown() && in.isEmpty()) {
            throw new EndOfStreamException("the " + there + " was closed or has died, everything was received");
        }
        endIfGone();
    }

    /** The dead do not shut down what they were sending to. */
    private void endIfGone() {
        if (there.isGone()) {
            in.shutdown();
        }
    }

    /**
     * Waits until there is something to receive: a message, or the end of the stream. Receives nothing.
     *
     * @param timeout longest time; {@code <= 0} looks once
     * @return false if there is nothing yet
     */
    public boolean poll(long timeout, TimeUnit unit) throws InterruptedException {
        IpcQueue<E> queue = receiving();
        long start = System.nanoTime();
        long left = unit.toNanos(timeout);
        while (!queue.awaitItem(Math.min(left, SLICE_NANOS))) {
            requireOpen();
            endIfGone();
            left = unit.toNanos(timeout) - (System.nanoTime() - start);
            if (left <= 0) {
                return queue.awaitItem(0);
            }
        }
        return true;
    }

    /** Whether this end was closed by this handle. */
    public boolean isClosed() {
        return closed;
    }

    /**
     * Closes this end for good, for all handles of this process: the other end receives what was sent and then the end
     * of the stream. What was sent to this end and not received is dropped. If the end belongs to another process only
     * this handle is closed. May be called again.
     *
     * @throws SegmentClosedException if the segment was closed first, and this end with it if that was the last handle
     */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        try {
            here.claim();
        } catch (SegmentClosedException tooLate) {
            throw tooLate;
        } catch (IllegalStateException notOurs) {
            closed = true;
            return;
        }
        closed = true;
        here.close();
        try {
            if (out != null) {
                out.shutdown();
            }
        } finally {
            if (in != null) {
                in.shutdownNow();
            }
        }
    }

    private IpcQueue<E> sending() {
        return usable(out, "receives");
    }

    private IpcQueue<E> receiving() {
        return usable(in, "sends");
    }

    private IpcQueue<E> usable(IpcQueue<E> queue, String does) {
        if (queue == null) {
            throw new UnsupportedOperationException("the " + here + " only " + does + ": the pipe is simplex");
        }
        requireOpen();
        here.claim();
        return queue;
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("this handle of the " + here + " was closed");
        }
    }

    @Override
    public String toString() {
        return "Connection[" + here + (closed ? ", closed]" : "]");
    }
}
