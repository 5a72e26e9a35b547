package io.interlock.memory;

import io.interlock.core.Segment;
import io.interlock.core.object.ObjectRequest;
import io.interlock.core.object.SharedBlock;
import io.interlock.sync.IpcMutex;

/**
 * A {@code boolean} that processes share: the operations of {@link java.util.concurrent.atomic.AtomicBoolean}.
 *
 * <pre>{@code
 * // process A                                                // process B
 * IpcBoolean stop = IpcBoolean.openOrCreate(segment, "stop"); IpcBoolean stop = IpcBoolean.open(segment, "stop");
 * stop.set(true);                                             while (!stop.get()) { ... }
 * }</pre>
 *
 * <p>Nobody can sleep until it changes: that is an {@link io.interlock.sync.IpcEvent}.
 *
 * <p>What happens when a process dies, progress, memory effects and limits: {@link IpcValue}.
 */
public final class IpcBoolean extends IpcValue {

    private IpcBoolean(ObjectLock lock) {
        super(lock);
    }

    private IpcBoolean(Segment segment, SharedBlock block) {
        this(ObjectLock.onDemand(segment, block));
    }

    /** Makes an anonymous value, for those who are told its {@link #id()}. */
    public static IpcBoolean create(Segment segment, boolean initial) {
        return new IpcBoolean(segment, segment.directory()
                .create(ValueLayout.anonymous(ValueLayout.BOOLEAN, start(initial))));
    }

    /** Makes a value of false. See {@link #create(Segment, String, boolean)}. */
    public static IpcBoolean create(Segment segment, String name) {
        return create(segment, name, false);
    }

    /**
     * Makes a value.
     *
     * @param name 1 to 128 bytes of UTF-8, without slash and NUL
     * @throws io.interlock.core.error.ObjectExistsException if the name is taken
     * @throws io.interlock.core.error.SegmentFullException  if there is no room
     */
    public static IpcBoolean create(Segment segment, String name, boolean initial) {
        return new IpcBoolean(segment, segment.directory()
                .create(ValueLayout.named(ValueLayout.BOOLEAN, name, start(initial))));
    }

    /**
     * Opens a value.
     *
     * @throws io.interlock.core.error.ObjectNotFoundException if there is none
     * @throws io.interlock.core.error.ObjectMismatchException if the name belongs to something else
     */
    public static IpcBoolean open(Segment segment, String name) {
        return new IpcBoolean(segment, segment.directory().open(ValueLayout.BOOLEAN, 0, name));
    }

    /** Opens a value by its {@link #id()}. */
    public static IpcBoolean open(Segment segment, int id) {
        return new IpcBoolean(segment, segment.directory().open(ValueLayout.BOOLEAN, id));
    }

    /** Opens a value, or makes it; a new one is false. */
    public static IpcBoolean openOrCreate(Segment segment, String name) {
        return openOrCreate(segment, name, false);
    }

    /** Opens a value, or makes it; {@code initial} is for a new one, an existing one stays as it is. */
    public static IpcBoolean openOrCreate(Segment segment, String name, boolean initial) {
        return new IpcBoolean(segment, segment.directory()
                .openOrCreate(ValueLayout.named(ValueLayout.BOOLEAN, name, start(initial))));
    }

    private static ObjectRequest.Initializer start(boolean initial) {
        return (mem, offset) -> mem.putInt(offset + ValueLayout.VALUE_OFFSET, number(initial));
    }

    @Override
    public IpcBoolean withLock(IpcMutex given) {
        return new IpcBoolean(lock.given(given));
    }

    @Override
    public IpcBoolean withoutLock() {
        return new IpcBoolean(lock.none());
    }

    /** Reads the value, volatile. */
    public boolean get() {
        int seen = mem.getIntVolatile(value);
        context.checkOpen();
        return seen != 0;
    }

    /** Writes the value, volatile. */
    public void set(boolean update) {
        mem.putIntVolatile(value, number(update));
        context.checkOpen();
    }

    /** Reads the value without ordering. */
    public boolean getPlain() {
        int seen = mem.getInt(value);
        context.checkOpen();
        return seen != 0;
    }

    /** Writes the value without ordering. */
    public void setPlain(boolean update) {
        mem.putInt(value, number(update));
        context.checkOpen();
    }

    /** Reads the value; later accesses of this thread stay behind. */
    public boolean getAcquire() {
        int seen = mem.getIntAcquire(value);
        context.checkOpen();
        return seen != 0;
    }

    /** Writes the value; earlier accesses of this thread stay before. */
    public void setRelease(boolean update) {
        mem.putIntRelease(value, number(update));
        context.checkOpen();
    }

    /** Writes the value and returns what it was. */
    public boolean getAndSet(boolean update) {
        int seen = mem.getAndSetInt(value, number(update));
        context.checkOpen();
        return seen != 0;
    }

    /** Writes the value if it is as expected, and returns whether it was. */
    public boolean compareAndSet(boolean expected, boolean update) {
        boolean done = mem.casInt(value, number(expected), number(update));
        context.checkOpen();
        return done;
    }

    private static int number(boolean truth) {
        return truth ? 1 : 0;
    }

    @Override
    String text() {
        return Boolean.toString(mem.getIntVolatile(value) != 0);
    }
}
