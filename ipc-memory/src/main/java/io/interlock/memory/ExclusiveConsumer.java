package io.interlock.memory;

import io.interlock.memory.ring.ConsumerRole;
import io.interlock.memory.ring.Ring;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * The only consumer of a queue until it is closed: the same messages in the same ring, with no atomic instruction and
 * no fence for each.
 *
 * <pre>{@code
 * try (ExclusiveConsumer<Long> prices = queue.exclusiveConsumer()) {
 *     long price = prices.take();
 * }
 * }</pre>
 *
 * <p>It belongs to its process and not to a thread: it may be handed on from thread to thread (by something that orders
 * them, such as a queue or a lock), but only one uses it at a time. Ordinary consumers wait, time out or are refused,
 * as they asked, until it is closed.
 *
 * <p><b>When the process dies</b> the side is free for the next consumer; what was not taken is there.
 *
 * @param <E> what is queued
 */
public final class ExclusiveConsumer<E> implements AutoCloseable {

    private final Ring ring;
    private final ConsumerRole role;
    private final Outlet<E> outlet;
    private boolean inHandler;
    private boolean closed;

    ExclusiveConsumer(Ring ring, Codec<E> codec, ConsumerRole role) {
        this.ring = ring;
        this.role = role;
        this.outlet = new Outlet<>(ring, codec, role);
    }

    /** Takes the oldest item, waiting for one as long as it takes. See {@link IpcQueue#take}. */
    public E take() throws InterruptedException {
        return usable().take();
    }

    /** Takes the oldest item, or returns null if there is none now. */
    public E poll() {
        return usable().poll();
    }

    /** Takes the oldest item, waiting for at most the given time; null if there was none. */
    public E poll(long timeout, TimeUnit unit) throws InterruptedException {
        return usable().take(unit.toNanos(timeout), true);
    }

    /** Takes the oldest items in one commit: at least one, waiting for it. See {@link IpcQueue#takeUpTo(int)}. */
    public List<E> takeUpTo(int max) throws InterruptedException {
        return usable().takeUpTo(max);
    }

    /** The same, waiting for at most the given time; empty if there was none. */
    public List<E> takeUpTo(int max, long timeout, TimeUnit unit) throws InterruptedException {
        return usable().takeUpTo(max, unit.toNanos(timeout), true);
    }

    /** Takes all items that are there now; how many. */
    public int drainTo(Collection<? super E> target) {
        return drainTo(target, Integer.MAX_VALUE);
    }

    /** Takes up to {@code max} items that are there now; how many. See {@link IpcQueue#drainTo(Collection, int)}. */
    public int drainTo(Collection<? super E> target, int max) {
        return usable().drainTo(Objects.requireNonNull(target, "target must not be null"), max);
    }

    /**
     * Shows the oldest messages to a handler, where they lie; how many. See {@link IpcQueue#read}. The handler must not
     * wait for room in the same queue: its message makes room when it has returned, and since a role belongs to no
     * thread, nobody else can tell that it would wait for itself.
     */
    public int read(MessageHandler handler, int limit) {
        Outlet<E> usable = usable();
        inHandler = true;
        try {
            return usable.read(role, handler, limit);
        } finally {
            inHandler = false;
        }
    }

    /** The same through Agrona's buffers. See {@link IpcQueue#readDirect}. */
    public int readDirect(DirectMessageHandler handler, int limit) {
        Outlet<E> usable = usable();
        inHandler = true;
        try {
            return usable.readDirect(role, handler, limit);
        } finally {
            inHandler = false;
        }
    }

    /**
     * Lets the others consume again. May be called again.
     *
     * @throws IllegalStateException if called from a handler of this role
     */
    @Override
    public void close() {
        if (!closed) {
            usable();
            closed = true;
            role.close();
        }
    }

    private Outlet<E> usable() {
        if (closed) {
            throw new IllegalStateException("this exclusive consumer of queue \"" + ring.name() + "\" was closed");
        }
        if (inHandler) {
            throw new IllegalStateException("a handler of queue \"" + ring.name() + "\" is running; return from it");
        }
        return outlet;
    }

    @Override
    public String toString() {
        return "ExclusiveConsumer[" + ring.name() + (closed ? ", closed]" : "]");
    }
}
