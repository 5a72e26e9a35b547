package io.interlock.stress.jcstress;

import io.interlock.core.Segment;
import io.interlock.core.SegmentOptions;
import io.interlock.core.attach.Header;
import io.interlock.core.object.SharedBlock;
import io.interlock.core.port.Context;
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
 * <p>A zeroed block is a free lock, a semaphore without permits, a clear event: the layouts see to that.
 */
final class Shipped {

    private static final MethodHandle LOCK = constructor(IpcLock.class, Segment.class, SharedBlock.class);
    private static final MethodHandle RLOCK = constructor(IpcRLock.class, Segment.class, SharedBlock.class);
    private static final MethodHandle SEMAPHORE = constructor(IpcSemaphore.class, SharedBlock.class);
    private static final MethodHandle EVENT = constructor(IpcEvent.class, SharedBlock.class);

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

    private static SharedBlock block(Context context, int place) {
        return new SharedBlock(context, 1, 0, 1, 0, "", place, TwoMappings.LINE, 0, Integer.MAX_VALUE);
    }

    private static MethodHandle constructor(Class<?> type, Class<?>... parameters) {
        try {
            return MethodHandles.privateLookupIn(type, MethodHandles.lookup())
                    .findConstructor(type, MethodType.methodType(void.class, parameters));
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("the constructor of " + type + " has changed; change it here as well", e);
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
