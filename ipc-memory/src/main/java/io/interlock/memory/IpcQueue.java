package io.interlock.memory;

import io.interlock.core.Segment;
import io.interlock.core.SegmentOptions;
import io.interlock.core.error.ObjectMismatchException;
import io.interlock.core.format.NameLimits;
import io.interlock.core.object.ObjectRequest;
import io.interlock.core.object.SharedBlock;
import io.interlock.memory.error.QueueShutDownException;
import io.interlock.memory.ring.Adding;
import io.interlock.memory.ring.ConsumerRole;
import io.interlock.memory.ring.ProducerRole;
import io.interlock.memory.ring.Reading;
import io.interlock.memory.ring.RecordHeader;
import io.interlock.memory.ring.Ring;
import io.interlock.memory.ring.RingLayout;
import io.interlock.memory.ring.RingWord;
import io.interlock.memory.ring.Snapshot;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.AbstractQueue;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A bounded first-in-first-out queue across processes: a {@link BlockingQueue}, Python's {@code Queue}, for any number
 * of producers and consumers.
 *
 * <pre>{@code
 * // process A                                                       // process B
 * var jobs = IpcQueue.openOrCreate(segment, "jobs", Codec.utf8());   var jobs = IpcQueue.openOrCreate(segment,
 * jobs.put("hello");                                                         "jobs", Codec.utf8());
 * jobs.shutdown();                                                   jobs.take();       // "hello"
 * }</pre>
 *
 * <p>Items travel as messages of any length, up to half the ring; a {@link Codec} makes them, in the calling thread and
 * outside of all locks. An item is visible to all processes when {@code put} returns. The queue is bounded by items,
 * exactly as {@link java.util.concurrent.ArrayBlockingQueue} as long as their bytes fit, or by bytes alone ({@link
 * Capacity}); {@code offer} may fail on either, {@link #remainingCapacity()} tells of items only.
 *
 * <p><b>When a process dies</b> in {@code put} its item is there or it is not, whole or not at all; a batch likewise.
 * In {@code take} the item is still there or was taken: an item taken by a process that dies is gone with it. Nothing
 * is ever delivered twice, and the order stays. The others go on, at once or within 50 ms if one of them was waiting
 * for the dead. A process that is stopped in the middle of an operation holds its side up until it goes on.
 *
 * <p><b>End of stream.</b> {@link #shutdown()} ends the stream for all processes: puts are refused with
 * {@link QueueShutDownException}, takes drain what is left and then throw it, timed polls return null as if empty. No
 * put commits after a consumer has seen the end.
 *
 * <p><b>Waiting.</b> Spins a little, then sleeps; wakes others only if somebody sleeps. Not fair. {@code put},
 * {@code take} and everything with a timeout can be interrupted; then, and after a timeout, nothing was enqueued or
 * taken. {@code offer(e)} and {@code poll()} do not wait for room or items; if another process is in the middle of an
 * operation on the same side they wait for that, at most 50 ms; if a claim, a handler or an exclusive role holds the
 * side they fail.
 *
 * <p><b>Progress.</b> Two locks, one for each side, held for some dozen nanoseconds, in a stream of messages at times
 * for 800; uncontended no system call is made. {@code size}, {@code peek}, {@code contains} and iterators take no lock;
 * iterators walk over a copy of what was there when they were made.
 *
 * <p><b>Faster ways.</b> Batches ({@link #offerAll(Collection)}, {@link #takeUpTo(int)}) take a lock once for many.
 * {@linkplain #claim(int) Claims} and {@linkplain #read handlers} work on the ring itself, without a copy. A process
 * that is the only one on its side takes an {@linkplain #exclusiveProducer() exclusive role}, and needs no atomic
 * instruction at all.
 *
 * <p><b>Memory consistency effects.</b> Actions in a thread prior to putting an item <i>happen-before</i> actions
 * following its removal, in any process (see {@linkplain io.interlock.core.robust the package that argues so}).
 *
 * <p><b>Closing the segment.</b> Waiting threads get {@link io.interlock.core.error.SegmentClosedException}; an
 * operation that is under way throws it, too, and may or may not have happened.
 *
 * <p><b>Limits.</b> A ring of at most 1 GiB. {@code null} is no item. {@code contains} and {@code remove} go by
 * {@code equals} of the decoded items, which arrays do not have.
 *
 * @param <E> what is queued
 */
public final class IpcQueue<E> extends AbstractQueue<E> implements BlockingQueue<E> {

    /* Design.
     *
     * The algorithm is Ring's. Here items become bytes and back, results become what BlockingQueue says, and exclusive
     * roles and claims are handed out.
     */

    private static final long FOREVER = Long.MAX_VALUE;

    private final Segment segment;
    private final SharedBlock block;
    private final Codec<E> codec;
    private final Ring ring;
    private final Adding claims;
    private final Reading handlers;
    private final Inlet<E> inlet;
    private final Outlet<E> outlet;

    private IpcQueue(Segment segment, SharedBlock block, Codec<E> codec) {
        this.segment = segment;
        this.block = block;
        this.codec = codec;
        this.ring = new Ring(block);
        this.claims = ring.producers.claims();
        this.handlers = ring.consumers.handlers();
        this.inlet = new Inlet<>(ring, codec, ring.producers);
        this.outlet = new Outlet<>(ring, codec, ring.consumers);
    }

    /** Makes an anonymous queue of 256 KiB, for those who are told its {@link #id()}. */
    public static <E> IpcQueue<E> create(Segment segment, Codec<E> codec) {
        return create0(segment, "", codec, Capacity.DEFAULT);
    }

    /** Makes an anonymous queue, for those who are told its {@link #id()}. */
    public static <E> IpcQueue<E> create(Segment segment, Codec<E> codec, Capacity capacity) {
        return create0(segment, "", codec, capacity);
    }

    /** Makes a queue of 256 KiB. See {@link #create(Segment, String, Codec, Capacity)}. */
    public static <E> IpcQueue<E> create(Segment segment, String name, Codec<E> codec) {
        return create(segment, name, codec, Capacity.DEFAULT);
    }

    /**
     * Makes a queue.
     *
     * @param name  1 to 128 bytes of UTF-8, without slash and NUL
     * @param codec how items become bytes; its id is stored
     * @throws io.interlock.core.error.ObjectExistsException if the name is taken
     * @throws io.interlock.core.error.SegmentFullException  if there is no room
     */
    public static <E> IpcQueue<E> create(Segment segment, String name, Codec<E> codec, Capacity capacity) {
        NameLimits.encode("object", name);
        return create0(segment, name, codec, capacity);
    }

    /**
     * Opens a queue of whatever capacity.
     *
     * @throws io.interlock.core.error.ObjectNotFoundException if there is none
     * @throws io.interlock.core.error.ObjectMismatchException if the name belongs to something else, or the queue was
     *                                                         made with another codec
     */
    public static <E> IpcQueue<E> open(Segment segment, String name, Codec<E> codec) {
        Encoding.idOf(codec);
        return new IpcQueue<>(segment, ofCodec(segment.directory().open(RingLayout.TYPE, 0, name), codec), codec);
    }

    /** Opens a queue by its {@link #id()}. */
    public static <E> IpcQueue<E> open(Segment segment, int id, Codec<E> codec) {
        Encoding.idOf(codec);
        return new IpcQueue<>(segment, ofCodec(segment.directory().open(RingLayout.TYPE, id), codec), codec);
    }

    /** Opens a queue of whatever capacity, or makes one of 256 KiB. */
    public static <E> IpcQueue<E> openOrCreate(Segment segment, String name, Codec<E> codec) {
        return openOrCreate0(segment, name, codec, null);
    }

    /** Opens a queue, which must have been made with the same capacity and codec, or makes it. */
    public static <E> IpcQueue<E> openOrCreate(Segment segment, String name, Codec<E> codec, Capacity capacity) {
        return openOrCreate0(segment, name, codec, Objects.requireNonNull(capacity, "capacity must not be null"));
    }

    /** Bytes of a segment of the default number of participants that has room for such a queue. */
    public static long bytesFor(Capacity capacity) {
        long bytes = RingLayout.blockBytes(capacity.ringBytes());
        return SegmentOptions.sizeFor(bytes);
    }

    private static <E> IpcQueue<E> create0(Segment segment, String name, Codec<E> codec, Capacity capacity) {
        Objects.requireNonNull(capacity, "capacity must not be null");
        return new IpcQueue<>(segment, segment.directory().create(request(name, codec, capacity)), codec);
    }

    private static <E> IpcQueue<E> openOrCreate0(Segment segment, String name, Codec<E> codec, Capacity capacity) {
        NameLimits.encode("object", name);
        return openOrCreate(segment, 0, name, codec, capacity);
    }

    /** A queue that belongs to another object. */
    static <E> IpcQueue<E> partOf(Segment segment, SharedBlock parent, String name, Codec<E> codec, Capacity capacity) {
        return openOrCreate(segment, parent.id(), name, codec, capacity);
    }

    private static <E> IpcQueue<E> openOrCreate(Segment segment, int parent, String name, Codec<E> codec,
            Capacity capacity) {
        Encoding.idOf(codec);
        SharedBlock block = segment.directory().openOrCreate(RingLayout.TYPE, parent, name,
                () -> request(name, codec, capacity == null ? Capacity.DEFAULT : capacity).partOf(parent));
        IpcQueue<E> found = new IpcQueue<>(segment, ofCodec(block, codec), codec);
        if (capacity != null && (found.ring.maxMessages() != capacity.maxItems
                || found.ring.ringBytes() != capacity.ringBytes())) {
            throw new ObjectMismatchException("queue \"" + name + "\" was made with a capacity of "
                    + Capacity.describe(found.ring.maxMessages(), found.ring.ringBytes()) + ", expected "
                    + Capacity.describe(capacity.maxItems, capacity.ringBytes())
                    + "; ask for that capacity, or leave it out to take the queue as it is");
        }
        return found;
    }

    private static ObjectRequest request(String name, Codec<?> codec, Capacity capacity) {
        return RingLayout.request(name, capacity.maxItems, capacity.ringBytes(), Encoding.idOf(codec));
    }

    private static SharedBlock ofCodec(SharedBlock found, Codec<?> codec) {
        String id = RingLayout.codecOf(found);
        if (!id.equals(codec.id())) {
            found.context().checkOpen();
            throw new ObjectMismatchException("queue \"" + found.label() + "\" was made with codec \"" + id
                    + "\", expected \"" + codec.id() + "\"");
        }
        return found;
    }

    /**
     * Adds an item, waiting for room as long as it takes.
     *
     * @throws IllegalArgumentException if its message is larger than {@link #largestMessageBytes()}
     * @throws QueueShutDownException   if the queue was shut down
     * @throws InterruptedException     if interrupted before or while waiting; nothing was added then
     */
    @Override
    public void put(E item) throws InterruptedException {
        inlet.put(item, FOREVER, true);
    }

    /**
     * Adds an item if there is room now.
     *
     * @throws IllegalArgumentException if its message is larger than {@link #largestMessageBytes()}
     * @throws QueueShutDownException   if the queue was shut down
     */
    @Override
    public boolean offer(E item) {
        return inlet.offer(item);
    }

    /** Adds an item, waiting for room for at most the given time; {@code <= 0} tries once. See {@link #put}. */
    @Override
    public boolean offer(E item, long timeout, TimeUnit unit) throws InterruptedException {
        return inlet.put(item, unit.toNanos(timeout), true);
    }

    /**
     * Adds all items in one commit if there is room for all now, else none of them.
     *
     * @throws IllegalArgumentException if they have more than half the ring together, or are more than the queue holds
     * @throws QueueShutDownException   if the queue was shut down
     */
    public boolean offerAll(Collection<? extends E> items) {
        requireOther(items);
        return inlet.offerAll(items);
    }

    /** The same, waiting for room for at most the given time; {@code <= 0} tries once. */
    public boolean offerAll(Collection<? extends E> items, long timeout, TimeUnit unit) throws InterruptedException {
        requireOther(items);
        return inlet.putAll(items, unit.toNanos(timeout), true);
    }

    /** Adds all items in one commit, waiting for room as long as it takes. See {@link #offerAll(Collection)}. */
    public void putAll(Collection<? extends E> items) throws InterruptedException {
        requireOther(items);
        inlet.putAll(items, FOREVER, true);
    }

    /**
     * Takes the oldest item, waiting for one as long as it takes.
     *
     * @throws QueueShutDownException if the queue was shut down and everything was taken
     * @throws InterruptedException   if interrupted before or while waiting; nothing was taken then
     * @throws io.interlock.memory.error.CodecException        if the codec cannot read the message, which was taken
     * @throws io.interlock.memory.error.QueueDamagedException if there is something else than a message
     */
    @Override
    public E take() throws InterruptedException {
        return outlet.take();
    }

    /** Takes the oldest item, or returns null if there is none now. See {@link #take}. */
    @Override
    public E poll() {
        return outlet.poll();
    }

    /** Takes the oldest item, waiting for at most the given time; null if there was none. See {@link #take}. */
    @Override
    public E poll(long timeout, TimeUnit unit) throws InterruptedException {
        return outlet.take(unit.toNanos(timeout), true);
    }

    /**
     * Takes the oldest items in one commit: at least one, waiting for it as long as it takes, then what is there, of
     * at most 64 KiB together.
     *
     * @param max at least 1
     * @throws QueueShutDownException if the queue was shut down and everything was taken
     * @throws io.interlock.memory.error.CodecException if the codec cannot read one of them; the exception has that and
     *                                                  the others
     */
    public List<E> takeUpTo(int max) throws InterruptedException {
        return outlet.takeUpTo(max);
    }

    /** The same, waiting for at most the given time; empty if there was none. */
    public List<E> takeUpTo(int max, long timeout, TimeUnit unit) throws InterruptedException {
        return outlet.takeUpTo(max, unit.toNanos(timeout), true);
    }

    /** Takes all items that are there now; how many. See {@link #drainTo(Collection, int)}. */
    @Override
    public int drainTo(Collection<? super E> target) {
        return drainTo(target, Integer.MAX_VALUE);
    }

    /**
     * Takes the items that are there now, in commits of at most 64 KiB; how many. If {@code target} refuses one, the
     * rest of that commit is lost.
     *
     * @throws IllegalArgumentException if {@code target} is this queue
     * @throws io.interlock.memory.error.CodecException if the codec cannot read one of them; the others of that commit
     *                                                  are in {@code target}, no further one was taken
     */
    @Override
    public int drainTo(Collection<? super E> target, int max) {
        requireOther(Objects.requireNonNull(target, "target must not be null"));
        return outlet.drainTo(target, max);
    }

    /** The oldest item, which stays; null if there is none. Takes no lock. */
    @Override
    public E peek() {
        Snapshot first = Snapshot.ofFirst(ring);
        return first == null ? null : item(first);
    }

    /** How many items there are. */
    @Override
    public int size() {
        int size = ring.size();
        ring.checkOpen();
        return size;
    }

    /** Whether there is no item. */
    @Override
    public boolean isEmpty() {
        boolean empty = ring.isEmpty();
        ring.checkOpen();
        return empty;
    }

    /** How many more items are allowed; {@link Integer#MAX_VALUE} if bytes alone bound the queue. */
    @Override
    public int remainingCapacity() {
        int size = size();
        return ring.maxMessages() == Integer.MAX_VALUE ? Integer.MAX_VALUE : ring.maxMessages() - size;
    }

    /**
     * Removes an item that is equal, the oldest if there are several. Its place is free at once; its bytes are when no
     * older item is left.
     *
     * @throws IllegalStateException if an exclusive consumer or a handler holds the consumers' side, or another process
     *         is in the middle of an operation there for longer than 50 ms
     */
    @Override
    public boolean remove(Object item) {
        Snapshot snapshot = Snapshot.of(ring);
        while (item != null && snapshot.next()) {
            if (item.equals(item(snapshot)) && ring.consumers.remove(snapshot.position(), snapshot.record())) {
                return true;
            }
        }
        return false;
    }

    /** Whether an item that is equal is there. Takes no lock. */
    @Override
    public boolean contains(Object item) {
        Snapshot snapshot = Snapshot.of(ring);
        while (item != null && snapshot.next()) {
            if (item.equals(item(snapshot))) {
                return true;
            }
        }
        return false;
    }

    /**
     * Drops all items, damaged ones included.
     *
     * @throws IllegalStateException if an exclusive consumer or a handler holds the consumers' side, or another process
     *         is in the middle of an operation there for longer than 50 ms
     */
    @Override
    public void clear() {
        ring.consumers.clear();
    }

    /**
     * Walks over a copy of what is in the queue now, oldest first: weakly consistent. {@code remove} removes the item
     * from the queue, if it is still there.
     */
    @Override
    public Iterator<E> iterator() {
        return new Items(Snapshot.of(ring));
    }

    /** Over a copy, as {@link #iterator()}; without a size, which changes. */
    @Override
    public Spliterator<E> spliterator() {
        return Spliterators.spliterator(
                this, Spliterator.ORDERED | Spliterator.NONNULL | Spliterator.CONCURRENT);
    }

    /**
     * Finds room for a message of this length and lets the caller write it where it will lie, waiting for room as long
     * as it takes. Until the claim is committed or aborted all other producers wait: see {@link Claim}.
     *
     * @param lengthBytes 0 to {@link #largestMessageBytes()}
     * @throws IllegalStateException  if this thread has a claim of this queue already, or is in one of its handlers and
     *                                would have to wait
     * @throws QueueShutDownException if the queue was shut down
     */
    public Claim claim(int lengthBytes) throws InterruptedException {
        return noted(inlet.claim(claims, lengthBytes, FOREVER, true));
    }

    /** The same, waiting for at most the given time; null if there was no room. */
    public Claim claim(int lengthBytes, long timeout, TimeUnit unit) throws InterruptedException {
        return noted(inlet.claim(claims, lengthBytes, unit.toNanos(timeout), true));
    }

    /** The same, if there is room now; else null. */
    public Claim tryClaim(int lengthBytes) {
        return noted(inlet.tryClaim(claims, lengthBytes));
    }

    /**
     * Shows the oldest messages to a handler, where they lie; each is gone when the handler has returned from it. If
     * the handler throws, or the process dies in it, the message stays and is read again. Until this returns all other
     * consumers wait. Does not wait for messages.
     *
     * @param limit most messages
     * @return how many were handled
     * @throws IllegalStateException if this thread is in a handler of this queue already
     */
    public int read(MessageHandler handler, int limit) {
        return outlet.read(handlers, handler, limit);
    }

    /**
     * The same through Agrona's buffers.
     *
     * @throws UnsupportedOperationException if Agrona's buffers do not work in this JVM; the message names the flag
     */
    public int readDirect(DirectMessageHandler handler, int limit) {
        return outlet.readDirect(handlers, handler, limit);
    }

    /**
     * Takes the oldest messages out in one commit, of at most 64 KiB together, once a handler has put them somewhere
     * else, undecoded; waits for the first for at most the given time. For those who carry messages on and must lose
     * none: killed at any moment, the messages are still here, or the handler has returned. All other consumers wait
     * meanwhile, and so does this thread if the handler takes from this queue.
     *
     * @param max at least 1
     * @return how many messages were taken; 0 if there was none in time, or the queue was shut down and is empty
     * @throws InterruptedException if interrupted before or while waiting; nothing was taken then
     */
    public int transfer(int max, long timeout, TimeUnit unit, TransferHandler handler) throws InterruptedException {
        return outlet.transfer(max, unit.toNanos(timeout), handler);
    }

    /** The handle of the segment in which the queue is. */
    public Segment segment() {
        return segment;
    }

    /** How items become bytes, and back. */
    public Codec<E> codec() {
        return codec;
    }

    /**
     * Makes this process the only producer until the role is closed, waiting for the side as long as it takes. Ordinary
     * puts of any thread then wait, time out, or are refused, as they asked.
     */
    public ExclusiveProducer<E> exclusiveProducer() throws InterruptedException {
        return exclusiveProducer(FOREVER, TimeUnit.NANOSECONDS);
    }

    /** The same, waiting for at most the given time; null if the side was not free. */
    public ExclusiveProducer<E> exclusiveProducer(long timeout, TimeUnit unit) throws InterruptedException {
        ProducerRole role = ring.producers.role();
        ExclusiveProducer<E> producer = new ExclusiveProducer<>(ring, codec, role);
        return role.enter(unit.toNanos(timeout)) ? producer : null;
    }

    /**
     * Makes this process the only consumer until the role is closed, waiting for the side as long as it takes. Ordinary
     * takes of any thread then wait, time out, or are refused, as they asked.
     */
    public ExclusiveConsumer<E> exclusiveConsumer() throws InterruptedException {
        return exclusiveConsumer(FOREVER, TimeUnit.NANOSECONDS);
    }

    /** The same, waiting for at most the given time; null if the side was not free. */
    public ExclusiveConsumer<E> exclusiveConsumer(long timeout, TimeUnit unit) throws InterruptedException {
        ConsumerRole role = ring.consumers.role();
        ExclusiveConsumer<E> consumer = new ExclusiveConsumer<>(ring, codec, role);
        return role.enter(unit.toNanos(timeout)) ? consumer : null;
    }

    /**
     * Ends the stream, for all processes: nothing more is put, what is there can still be taken. While a claim or an
     * exclusive producer holds the producers' side the end comes with its next operation, or when it is closed. May be
     * called again.
     */
    public void shutdown() {
        ring.checkOpen();
        ring.shutdown();
        ring.checkOpen();
    }

    /**
     * Ends the stream and drops what is left.
     *
     * @return how many items this call has dropped; while a handler or an exclusive consumer holds the consumers' side
     *         it is that which drops them, with its next operation, and the result is 0
     */
    public int shutdownNow() {
        ring.checkOpen();
        int dropped = ring.shutdownNow();
        ring.checkOpen();
        return dropped;
    }

    /** Whether the stream has ended: no item will ever be put again, though some may be left to take. */
    public boolean isShutDown() {
        boolean sealed = ring.sealIfRequested();
        ring.checkOpen();
        return sealed;
    }

    /** Most items at once; {@link Integer#MAX_VALUE} if bytes alone bound the queue. */
    public int capacityItems() {
        return ring.maxMessages();
    }

    /** Bytes of the ring. */
    public int capacityBytes() {
        return ring.ringBytes();
    }

    /** Most bytes of one message. */
    public int largestMessageBytes() {
        return ring.largestUnits() * RingWord.UNIT - RecordHeader.LENGTH;
    }

    /** Number of the queue in its segment; {@link #open(Segment, int, Codec)} takes it in other processes. */
    public int id() {
        return block.id();
    }

    /** Name of the queue, or {@code #id} for an anonymous one. */
    public String name() {
        return block.label();
    }

    /** Waits until there is an item to take, or the end; for what is built of queues. */
    boolean awaitItem(long timeoutNanos) throws InterruptedException {
        boolean there = ring.consumers.await(timeoutNanos);
        ring.checkOpen();
        return there;
    }

    /** For what is built of queues. */
    Inlet<E> inlet() {
        return inlet;
    }

    /** For what is built of queues. */
    Outlet<E> outlet() {
        return outlet;
    }

    private Claim noted(Claim claim) {
        if (claim != null) {
            segment.janitor().needed();
        }
        return claim;
    }

    private E item(Snapshot snapshot) {
        ByteBuffer message = ByteBuffer.wrap(snapshot.bytes()).slice(
                snapshot.payloadAt(), snapshot.payloadLength()).order(ByteOrder.nativeOrder());
        return Encoding.decode(message, codec, Outlet.carrier(ring));
    }

    private void requireOther(Collection<?> other) {
        if (other instanceof IpcQueue<?> queue && queue.block.offset() == block.offset()
                && queue.ring.mem() == ring.mem()) {
            throw new IllegalArgumentException("a queue cannot be emptied into itself, or filled from itself");
        }
    }

    /** An iterator over a snapshot. */
    private final class Items implements Iterator<E> {

        private final Snapshot snapshot;
        private boolean ahead;
        private int lastPosition;
        private byte[] lastRecord;

        Items(Snapshot snapshot) {
            this.snapshot = snapshot;
            this.ahead = snapshot.next();
        }

        @Override
        public boolean hasNext() {
            return ahead;
        }

        @Override
        public E next() {
            if (!ahead) {
                throw new NoSuchElementException("no item is left");
            }
            lastRecord = null;
            try {
                E item = item(snapshot);
                lastPosition = snapshot.position();
                lastRecord = snapshot.record();
                return item;
            } finally {
                ahead = snapshot.next();
            }
        }

        @Override
        public void remove() {
            if (lastRecord == null) {
                throw new IllegalStateException("next() must be called before remove(), once for each");
            }
            byte[] record = lastRecord;
            lastRecord = null;
            ring.consumers.remove(lastPosition, record);
        }
    }
}
