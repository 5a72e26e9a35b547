package io.interlock.memory;

import io.interlock.memory.ring.ProducerRole;
import io.interlock.memory.ring.Ring;
import java.util.Collection;
import java.util.concurrent.TimeUnit;

/**
 * The only producer of a queue until it is closed: the same messages in the same ring, with no atomic instruction and
 * no fence for each.
 *
 * <pre>{@code
 * try (ExclusiveProducer<Long> prices = queue.exclusiveProducer()) {
 *     prices.put(42L);
 * }
 * }</pre>
 *
 * <p>It belongs to its process and not to a thread: it may be handed on from thread to thread (by something that orders
 * them, such as a queue or a lock), but only one uses it at a time. Ordinary producers wait, time out or are refused,
 * as they asked, until it is closed.
 *
 * <p><b>When the process dies</b> the side is free for the next producer; what was put is there.
 *
 * <p><b>End of stream.</b> A {@code shutdown()} takes effect with the role's next operation or its close. An idle role
 * delays the end.
 *
 * @param <E> what is queued
 */
public final class ExclusiveProducer<E> implements AutoCloseable {

    private final Ring ring;
    private final ProducerRole role;
    private final Inlet<E> inlet;
    private Claim claim;
    private boolean closed;

    ExclusiveProducer(Ring ring, Codec<E> codec, ProducerRole role) {
        this.ring = ring;
        this.role = role;
        this.inlet = new Inlet<>(ring, codec, role);
    }

    /** Adds an item, waiting for room as long as it takes. See {@link IpcQueue#put}. */
    public void put(E item) throws InterruptedException {
        usable().put(item, Long.MAX_VALUE, true);
    }

    /** Adds an item if there is room now. See {@link IpcQueue#offer(Object)}. */
    public boolean offer(E item) {
        return usable().offer(item);
    }

    /** Adds an item, waiting for room for at most the given time. */
    public boolean offer(E item, long timeout, TimeUnit unit) throws InterruptedException {
        return usable().put(item, unit.toNanos(timeout), true);
    }

    /** Adds all items in one commit if there is room for all now, else none. */
    public boolean offerAll(Collection<? extends E> items) {
        return usable().offerAll(items);
    }

    /** The same, waiting for room for at most the given time; {@code <= 0} tries once. */
    public boolean offerAll(Collection<? extends E> items, long timeout, TimeUnit unit) throws InterruptedException {
        return usable().putAll(items, unit.toNanos(timeout), true);
    }

    /** Adds all items in one commit, waiting for room as long as it takes. */
    public void putAll(Collection<? extends E> items) throws InterruptedException {
        usable().putAll(items, Long.MAX_VALUE, true);
    }

    /** Finds room for a message that the caller writes where it will lie. See {@link IpcQueue#claim(int)}. */
    public Claim claim(int lengthBytes) throws InterruptedException {
        claim = usable().claim(role, lengthBytes, Long.MAX_VALUE, true);
        return claim;
    }

    /** The same, waiting for at most the given time; null if there was no room. */
    public Claim claim(int lengthBytes, long timeout, TimeUnit unit) throws InterruptedException {
        claim = usable().claim(role, lengthBytes, unit.toNanos(timeout), true);
        return claim;
    }

    /** The same, if there is room now; else null. */
    public Claim tryClaim(int lengthBytes) {
        claim = usable().tryClaim(role, lengthBytes);
        return claim;
    }

    /** Lets the others produce again; a claim that is open is aborted. May be called again. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            if (claim != null) {
                claim.end();
            }
            role.close();
        }
    }

    private Inlet<E> usable() {
        if (closed) {
            throw new IllegalStateException("this exclusive producer of queue \"" + ring.name() + "\" was closed");
        }
        if (claim != null && claim.isOpen()) {
            throw new IllegalStateException("a claim of queue \"" + ring.name() + "\" is open; commit or abort it");
        }
        return inlet;
    }

    @Override
    public String toString() {
        return "ExclusiveProducer[" + ring.name() + (closed ? ", closed]" : "]");
    }
}
