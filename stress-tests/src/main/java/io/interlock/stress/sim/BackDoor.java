package io.interlock.stress.sim;

import io.interlock.core.Segment;
import io.interlock.core.attach.Attachment;
import io.interlock.core.attach.Attachments.Lease;
import io.interlock.core.attach.Janitor;
import io.interlock.core.attach.Participants;
import io.interlock.core.platform.MappedFile;
import io.interlock.core.port.Context;
import io.interlock.core.port.Mem;
import io.interlock.memory.Connection;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;
import java.nio.file.Path;

/** What of the library is closed to users, since a file is the only right way to it; opened here, and only here. */
final class BackDoor {

    private static final MethodHandle FORMAT = method("io.interlock.core.attach.Header", "format",
            MethodType.methodType(void.class, Mem.class, int.class, boolean.class), true);
    private static final MethodHandle ATTACHMENT = constructor(Attachment.class, MappedFile.class, Mem.class,
            Participants.class, int.class, Context.class, Path.class);
    private static final MethodHandle SEGMENT = constructor(Segment.class, Lease.class);
    private static final MethodHandle ENTER = method("io.interlock.core.attach.Participants", "enter",
            MethodType.methodType(long.class, int.class), false);
    private static final MethodHandle REAPER = reaper();
    private static final MethodHandle REAP = method("io.interlock.core.attach.Reaper", "reap",
            MethodType.methodType(void.class, int.class), false);
    private static final VarHandle JANITOR_RUNNING = field(Janitor.class, "running");
    private static final VarHandle CONNECTION_CLOSED = field(Connection.class, "closed");

    private BackDoor() {
    }

    /** Lays out a segment. */
    static void format(Mem mem, int participants) {
        try {
            FORMAT.invoke(mem, participants, false);
        } catch (Throwable e) {
            throw failed("Header.format", e);
        }
    }

    /** A segment without a file, whose janitor does not start: the only thread there is does not end. */
    static Segment segment(Context context, Participants participants, int slot) {
        try {
            Attachment attachment = (Attachment) ATTACHMENT.invoke(null, context.mem, participants, slot, context,
                    Path.of("simulated"));
            JANITOR_RUNNING.setVolatile(attachment.janitor(), true);
            return (Segment) SEGMENT.invoke(new Lease(attachment, context));
        } catch (Throwable e) {
            throw failed("Segment", e);
        }
    }

    /** Begins a new generation of a slot whose lock byte the running process holds. */
    static long enter(Participants participants, int slot) {
        try {
            return (long) ENTER.invoke(participants, slot);
        } catch (Throwable e) {
            throw failed("Participants.enter", e);
        }
    }

    /** Removes what the dead of a slot have left. */
    static void reap(Context context, int slot) {
        try {
            REAP.invoke(REAPER.invoke(context), slot);
        } catch (Throwable e) {
            throw failed("Reaper.reap", e);
        }
    }

    /** Makes a handle of an end of a pipe forget that it was closed: its process runs again from the beginning. */
    static void forgetClose(Connection<?> end) {
        CONNECTION_CLOSED.setVolatile(end, false);
    }

    private static RuntimeException failed(String what, Throwable e) {
        if (e instanceof Error error) {
            throw error;
        }
        return e instanceof RuntimeException exception ? exception : new IllegalStateException(what, e);
    }

    private static MethodHandle constructor(Class<?> type, Class<?>... parameters) {
        try {
            return MethodHandles.privateLookupIn(type, MethodHandles.lookup())
                    .findConstructor(type, MethodType.methodType(void.class, parameters));
        } catch (ReflectiveOperationException e) {
            throw changed(type.getName(), e);
        }
    }

    private static MethodHandle method(String type, String name, MethodType signature, boolean isStatic) {
        try {
            Class<?> owner = Class.forName(type);
            MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(owner, MethodHandles.lookup());
            return isStatic ? lookup.findStatic(owner, name, signature) : lookup.findVirtual(owner, name, signature);
        } catch (ReflectiveOperationException e) {
            throw changed(type + "." + name, e);
        }
    }

    private static MethodHandle reaper() {
        try {
            return constructor(Class.forName("io.interlock.core.attach.Reaper"), Context.class);
        } catch (ClassNotFoundException e) {
            throw changed("Reaper", e);
        }
    }

    private static VarHandle field(Class<?> type, String name) {
        try {
            return MethodHandles.privateLookupIn(type, MethodHandles.lookup())
                    .findVarHandle(type, name, boolean.class);
        } catch (ReflectiveOperationException e) {
            throw changed(type.getName() + "." + name, e);
        }
    }

    private static LinkageError changed(String what, ReflectiveOperationException e) {
        return new LinkageError(what + " has changed; change it here as well", e);
    }
}
