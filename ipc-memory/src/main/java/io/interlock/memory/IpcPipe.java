package io.interlock.memory;

import io.interlock.core.Segment;
import io.interlock.core.error.ObjectMismatchException;
import io.interlock.core.format.NameLimits;
import io.interlock.core.object.SharedBlock;
import java.util.Objects;

/**
 * Two connected ends, each for one process: Python's {@code Pipe}. What one end sends the other receives, in order.
 *
 * <pre>{@code
 * // process A                                                       // process B
 * var pipe = IpcPipe.duplex(segment, "link", Codec.utf8());          var pipe = IpcPipe.duplex(segment, "link",
 * try (Connection<String> end = pipe.first()) {                                                Codec.utf8());
 *     end.send("hello");                                             try (Connection<String> end = pipe.second()) {
 *     end.receive();                                                     end.send(end.receive() + " yourself");
 * }                                                                  }
 * }</pre>
 *
 * <p>An end belongs to the process that uses it first; another process is refused. An end that nobody has used yet is
 * waited for. An end that was closed, or whose process has died, is the end of the stream for the other: see
 * {@link Connection}.
 *
 * <p><b>Limits.</b> Each direction is a queue of 256 KiB unless another capacity is given; a message has at most half
 * of that. A pipe is used up once an end was closed or has died.
 *
 * @param <E> what is sent
 */
public final class IpcPipe<E> {

    private final SharedBlock block;
    private final boolean duplex;
    private final Connection<E> first;
    private final Connection<E> second;

    private IpcPipe(Segment segment, SharedBlock block, Codec<E> codec, Capacity capacity) {
        this.block = block;
        this.duplex = block.parameter0() == 1;
        IpcQueue<E> forth = IpcQueue.partOf(segment, block, PipeLayout.QUEUES.get(0), codec, capacity);
        IpcQueue<E> back =
                duplex ? IpcQueue.partOf(segment, block, PipeLayout.QUEUES.get(1), codec, capacity) : null;
        PipeEnd here = new PipeEnd(block, "first", PipeLayout.FIRST_LOCK_OFFSET, PipeLayout.FIRST_CLOSED_OFFSET);
        PipeEnd there = new PipeEnd(block, "second", PipeLayout.SECOND_LOCK_OFFSET, PipeLayout.SECOND_CLOSED_OFFSET);
        this.first = new Connection<>(here, there, forth, back);
        this.second = new Connection<>(there, here, back, forth);
    }

    /** Opens a pipe in which both ends send and receive, or makes it, with 256 KiB for each direction. */
    public static <E> IpcPipe<E> duplex(Segment segment, String name, Codec<E> codec) {
        return openOrCreate(segment, name, codec, null, true);
    }

    /**
     * Opens a pipe in which both ends send and receive, or makes it.
     *
     * @param name     1 to 128 bytes of UTF-8, without slash and NUL
     * @param capacity of each direction; an existing pipe must have the same
     * @throws ObjectMismatchException if the name belongs to something else, a simplex pipe, or one with another codec
     *                                 or capacity
     * @throws io.interlock.core.error.SegmentFullException if there is no room
     */
    public static <E> IpcPipe<E> duplex(Segment segment, String name, Codec<E> codec, Capacity capacity) {
        return openOrCreate(
                segment, name, codec, Objects.requireNonNull(capacity, "capacity must not be null"), true);
    }

    /** Opens a pipe whose first end sends and whose second end receives, or makes it. */
    public static <E> IpcPipe<E> simplex(Segment segment, String name, Codec<E> codec) {
        return openOrCreate(segment, name, codec, null, false);
    }

    /** The same with a capacity. See {@link #duplex(Segment, String, Codec, Capacity)}. */
    public static <E> IpcPipe<E> simplex(Segment segment, String name, Codec<E> codec, Capacity capacity) {
        return openOrCreate(
                segment, name, codec, Objects.requireNonNull(capacity, "capacity must not be null"), false);
    }

    private static <E> IpcPipe<E> openOrCreate(Segment segment, String name, Codec<E> codec, Capacity capacity,
            boolean duplex) {
        NameLimits.encode("object", name);
        SharedBlock block = segment.directory().openOrCreate(PipeLayout.TYPE, 0, name,
                () -> PipeLayout.request(name, duplex));
        if ((block.parameter0() == 1) != duplex) {
            throw new ObjectMismatchException("pipe \"" + name + "\" is " + (duplex ? "simplex" : "duplex")
                    + ", expected " + (duplex ? "duplex" : "simplex"));
        }
        return new IpcPipe<>(segment, block, codec, capacity);
    }

    /** The first end; of a simplex pipe the one that sends. Always the same object for one handle. */
    public Connection<E> first() {
        return first;
    }

    /** The second end; of a simplex pipe the one that receives. */
    public Connection<E> second() {
        return second;
    }

    /** Whether both ends send and receive. */
    public boolean isDuplex() {
        return duplex;
    }

    /** Name of the pipe. */
    public String name() {
        return block.label();
    }

    @Override
    public String toString() {
        return "IpcPipe[" + name() + (duplex ? ", duplex]" : ", simplex]");
    }
}
