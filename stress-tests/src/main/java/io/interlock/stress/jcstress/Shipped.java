package io.interlock.stress.jcstress;

import io.interlock.core.Segment;
import io.interlock.core.SegmentOptions;
import io.interlock.core.attach.Header;
import io.interlock.core.object.SharedBlock;
import io.interlock.core.port.Context;
import io.interlock.memory.Codec;
import io.interlock.memory.ExclusiveConsumer;
import io.interlock.memory.ExclusiveProducer;
import io.interlock.memory.IpcByteArray;
import io.interlock.memory.IpcLong;
import io.interlock.memory.IpcQueue;
import io.interlock.memory.ring.ProducerRole;
import io.interlock.memory.ring.Ring;
import io.interlock.memory.ring.RingLayout;
import io.interlock.sync.IpcEvent;
import io.interlock.sync.IpcLock;
import io.interlock.sync.IpcRLock;
import io.interlock.sync.IpcSemaphore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The library's own classes over a context of {@link TwoMappings}. Their constructors are closed to users, since a
 * segment is the only right way to them; a test of the algorithm alone goes through the back door, and only here.
 *
 * <p>A zeroed block is a free lock, a semaphore without permits, a clear event, a value of 0: the layouts see to that.
 * Only a queue has to be {@linkplain #makeQueue made}.
 */
final class Shipped {

    private static final MethodHandle LOCK = constructor(IpcLock.class, Segment.class, SharedBlock.class);
    private static final MethodHandle RLOCK = constructor(IpcRLock.class, Segment.class, SharedBlock.class);
    private static final MethodHandle SEMAPHORE = constructor(IpcSemaphore.class, SharedBlock.class);
    private static final MethodHandle EVENT = constructor(IpcEvent.class, SharedBlock.class);
    private static final MethodHandle QUEUE =
            constructor(IpcQueue.class, Segment.class, SharedBlock.class, Codec.class);
    private static final MethodHandle VALUE = constructor(IpcLong.class, Segment.class, SharedBlock.class);
    private static final MethodHandle ARRAY = constructor(IpcByteArray.class, Segment.class, SharedBlock.class);
    private static final Class<?> PIPE_END = closedClass("io.interlock.memory.PipeEnd");
    private static final MethodHandle NEW_PIPE_END =
            constructor(PIPE_END, SharedBlock.class, String.class, int.class, int.class)
                    .asType(MethodType.methodType(Object.class, SharedBlock.class, String.class, int.class, int.class));
    private static final MethodHandle CLAIM = method(PIPE_END, "claim");
    private static final MethodHandle CLOSE = method(PIPE_END, "close");

    /** The smallest ring. */
    private static final int RING_BYTES = RingLayout.MIN_BYTES;
    /** Bytes of a place in which a queue has room. */
    static final int QUEUE_BYTES = RingLayout.blockBytes(RING_BYTES);

    private Shipped() {
    }

    /** A plain lock. */
    static IpcLock lock(Context context, int place) {
        try {
            return (IpcLock) LOCK.invokeExact(Elsewhere.SEGMENT, block(context, place));
        } catch (Throwable e) {
            throw new LinkageError("IpcLock", e);
        }
    }

    /** A recursive lock. */
    static IpcRLock rlock(Context context, int place) {
        try {
            return (IpcRLock) RLOCK.invokeExact(Elsewhere.SEGMENT, block(context, place));
        } catch (Throwable e) {
            throw new LinkageError("IpcRLock", e);
        }
    }

    /** A semaphore without a bound. */
    static IpcSemaphore semaphore(Context context, int place) {
        try {
            return (IpcSemaphore) SEMAPHORE.invokeExact(block(context, place));
        } catch (Throwable e) {
            throw new LinkageError("IpcSemaphore", e);
        }
    }

    /** An event. */
    static IpcEvent event(Context context, int place) {
        try {
            return (IpcEvent) EVENT.invokeExact(block(context, place));
        } catch (Throwable e) {
            throw new LinkageError("IpcEvent", e);
        }
    }

    /** Makes a queue for so many messages in a zeroed place, in the smallest ring. */
    static void makeQueue(Context context, int place, int maxMessages, Codec<?> codec) {
        RingLayout.request("", maxMessages, RING_BYTES, codec.id()).initializer().fill(context.mem, place);
    }

    /** A queue that was made there. */
    @SuppressWarnings("unchecked")
    static <E> IpcQueue<E> queue(Context context, int place, Codec<E> codec) {
        try {
            return (IpcQueue<E>) QUEUE.invokeExact(Elsewhere.SEGMENT, queueBlock(context, place), codec);
        } catch (Throwable e) {
            throw new LinkageError("IpcQueue", e);
        }
    }

    /** The ring of a queue that was made there, for the twins. */
    static Ring ring(Context context, int place) {
        return new Ring(queueBlock(context, place));
    }

    /** The exclusive role of a queue of which nobody has that side. */
    static <E> ExclusiveProducer<E> producer(IpcQueue<E> queue) {
        try {
            return queue.exclusiveProducer();
        } catch (InterruptedException e) {
            throw new IllegalStateException("the side is free", e);
        }
    }

    /** The exclusive role of a queue of which nobody has that side. */
    static <E> ExclusiveConsumer<E> consumer(IpcQueue<E> queue) {
        try {
            return queue.exclusiveConsumer();
        } catch (InterruptedException e) {
            throw new IllegalStateException("the side is free", e);
        }
    }

    /** The same without what encodes items, for the twins. */
    static ProducerRole enter(ProducerRole role) {
        try {
            role.enter(0);
            return role;
        } catch (InterruptedException e) {
            throw new IllegalStateException("the side is free", e);
        }
    }

    /** A number. */
    static IpcLong value(Context context, int place) {
        try {
            return (IpcLong) VALUE.invokeExact(Elsewhere.SEGMENT, block(context, place));
        } catch (Throwable e) {
            throw new LinkageError("IpcLong", e);
        }
    }

    /** A row of bytes, as many as a line has. */
    static IpcByteArray array(Context context, int place) {
        try {
            return (IpcByteArray) ARRAY.invokeExact(Elsewhere.SEGMENT,
                    block(context, place, TwoMappings.LINE, TwoMappings.LINE));
        } catch (Throwable e) {
            throw new LinkageError("IpcByteArray", e);
        }
    }

    /** An end of a pipe: its lock is at the beginning of the place, its mark behind that. */
    static Object pipeEnd(Context context, int place) {
        try {
            return NEW_PIPE_END.invokeExact(block(context, place, 2 * TwoMappings.LINE, 0), "first", 0,
                    TwoMappings.LINE);
        } catch (Throwable e) {
            throw new LinkageError("PipeEnd", e);
        }
    }

    /** Makes a participant have an end; false if it may not. */
    static boolean claim(Object pipeEnd) {
        try {
            CLAIM.invokeExact(pipeEnd);
            return true;
        } catch (IllegalStateException e) {
            return false;
        } catch (Throwable e) {
            throw new LinkageError("PipeEnd.claim", e);
        }
    }

    /** Gives an end up. */
    static void close(Object pipeEnd) {
        try {
            CLOSE.invokeExact(pipeEnd);
        } catch (Throwable e) {
            throw new LinkageError("PipeEnd.close", e);
        }
    }

    private static SharedBlock queueBlock(Context context, int place) {
        return block(context, place, QUEUE_BYTES, 0);
    }

    private static SharedBlock block(Context context, int place) {
        return block(context, place, TwoMappings.LINE, 0);
    }

    /** The block of an object as its directory would show it. */
    private static SharedBlock block(Context context, int place, int lengthBytes, long parameter) {
        return new SharedBlock(context, 1, 0, 1, 0, "", place, lengthBytes, parameter, Integer.MAX_VALUE);
    }

    private static MethodHandle constructor(Class<?> type, Class<?>... parameters) {
        try {
            return MethodHandles.privateLookupIn(type, MethodHandles.lookup())
                    .findConstructor(type, MethodType.methodType(void.class, parameters));
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("the constructor of " + type + " has changed; change it here as well", e);
        }
    }

    /** A method without parameters and without a result. */
    private static MethodHandle method(Class<?> type, String name) {
        try {
            return MethodHandles.privateLookupIn(type, MethodHandles.lookup())
                    .findVirtual(type, name, MethodType.methodType(void.class))
                    .asType(MethodType.methodType(void.class, Object.class));
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(type + "." + name + " has changed; change it here as well", e);
        }
    }

    private static Class<?> closedClass(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new LinkageError(name + " has gone; change it here as well", e);
        }
    }

    /** A lock asks its segment for the janitor; this one's has nothing to look after. */
    private static final class Elsewhere {

        static final Segment SEGMENT = nameless();

        private Elsewhere() {
        }

        private static Segment nameless() {
            try {
                Path directory = Files.createTempDirectory("interlock-stress");
                Segment segment = Segment.create(directory.resolve("janitor"), SegmentOptions.defaults()
                        .withMaxParticipants(1).withSizeBytes(Header.smallestSize(1)));
                try (var files = Files.list(directory)) {
                    files.forEach(file -> file.toFile().delete());
                }
                Files.delete(directory);
                return segment;
            } catch (IOException e) {
                throw new UncheckedIOException("cannot make a segment", e);
            }
        }
    }
}
