package io.interlock.stress.history;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * What one thread of a process has done, in a mapped file: the kernel keeps what was stored, however the process ends.
 * One thread writes; any process may read meanwhile or afterwards.
 *
 * <pre>{@code
 * int operation = log.begin(Action.LOCK, 0);
 * lock.lock();
 * log.end(operation, 0);
 * }</pre>
 *
 * <p>Operations may be nested. A log has a fixed number of places; the file is as large as what was written.
 */
public final class HistoryLog {

    /* Design.
     *
     * A header of two words and records of six:
     *
     *   header   when the last turn that got on was invoked | when it returned
     *   record   head: object:32 ending:16 action:16 | argument | second argument | result | invoked | returned
     *
     * A head of 0 is the end of the log: begin() writes the rest of a record first and the head last, by a release
     * store. end() writes result and time first and the new head last. So a kill between any two instructions leaves a
     * record that is not there, pending, or complete.
     *
     * The full fence of begin() puts the record before everything that the operation does; the one of end() lets the
     * operation's stores reach the others before the clock is read. Without it a store that still lingers in the
     * processor's buffer would seem to be late.
     */

    private static final VarHandle WORDS =
            MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final int PROGRESS_INVOKED_OFFSET = 0;
    private static final int PROGRESS_RETURNED_OFFSET = 8;
    private static final int HEADER_BYTES = 64;
    private static final int ARGUMENT_OFFSET = 8;
    private static final int SECOND_ARGUMENT_OFFSET = 16;
    private static final int RESULT_OFFSET = 24;
    private static final int INVOKED_OFFSET = 32;
    private static final int RETURNED_OFFSET = 40;
    private static final int RECORD_BYTES = 48;
    /** In a head, so that none is 0. */
    private static final int FIRST_ACTION = 1;

    private final Path path;
    private final ByteBuffer file;
    private final int capacity;
    private int count;

    private HistoryLog(Path path, ByteBuffer file) {
        this.path = path;
        this.file = file;
        this.capacity = (file.capacity() - HEADER_BYTES) / RECORD_BYTES;
    }

    /**
     * Makes the log of a process.
     *
     * @param capacity most operations
     */
    public static HistoryLog create(Path path, int capacity) throws IOException {
        return new HistoryLog(path, map(path, HEADER_BYTES + (long) capacity * RECORD_BYTES,
                StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE));
    }

    /** Opens the log of a process that was made for it; nothing was written yet. */
    public static HistoryLog open(Path path) throws IOException {
        return new HistoryLog(path, map(path, -1, StandardOpenOption.READ, StandardOpenOption.WRITE));
    }

    private static ByteBuffer map(Path path, long bytes, StandardOpenOption... options) throws IOException {
        try (FileChannel channel = FileChannel.open(path, options)) {
            return channel.map(FileChannel.MapMode.READ_WRITE, 0, bytes < 0 ? channel.size() : bytes)
                    .order(ByteOrder.nativeOrder());
        }
    }

    /** Notes that an operation without arguments is about to begin; what {@link #end} is to be told. */
    public int begin(Action action, int object) {
        return begin(action, object, 0, 0);
    }

    /**
     * Notes that an operation is about to begin.
     *
     * @return what {@link #end} is to be told
     * @throws IllegalStateException if the log is full
     */
    public int begin(Action action, int object, long argument, long secondArgument) {
        int at = place();
        file.putLong(at + ARGUMENT_OFFSET, argument);
        file.putLong(at + SECOND_ARGUMENT_OFFSET, secondArgument);
        file.putLong(at + INVOKED_OFFSET, System.nanoTime());
        WORDS.setRelease(file, at, head(action, object, Ending.PENDING));
        VarHandle.fullFence();
        return at;
    }

    /** Notes that it has returned this. */
    public void end(int operation, long result) {
        end(operation, Ending.RETURNED, result);
    }

    /** Notes that it has returned, and promises to have done nothing. */
    public void endWithoutEffect(int operation) {
        end(operation, Ending.WITHOUT_EFFECT, 0);
    }

    /** Notes what is a part of an operation that has returned and not been noted as such yet. */
    public void part(int operation, Action action, long result) {
        int at = place();
        file.putLong(at + RESULT_OFFSET, result);
        file.putLong(at + INVOKED_OFFSET, file.getLong(operation + INVOKED_OFFSET));
        file.putLong(at + RETURNED_OFFSET, System.nanoTime());
        WORDS.setRelease(file, at, head(action, objectOf(file.getLong(operation)), Ending.RETURNED));
    }

    /** Notes that an operation was a turn that got on, for {@link #progressInvokedNanos()}. */
    public void progress(int operation) {
        WORDS.setRelease(file, PROGRESS_INVOKED_OFFSET, file.getLong(operation + INVOKED_OFFSET));
        WORDS.setRelease(file, PROGRESS_RETURNED_OFFSET, file.getLong(operation + RETURNED_OFFSET));
    }

    /** When the last turn that got on was invoked; 0 if there was none. */
    public long progressInvokedNanos() {
        return (long) WORDS.getAcquire(file, PROGRESS_INVOKED_OFFSET);
    }

    /** When it returned; 0 if there was none. */
    public long progressReturnedNanos() {
        return (long) WORDS.getAcquire(file, PROGRESS_RETURNED_OFFSET);
    }

    /** What has been written so far, by the process of this number. */
    public List<Operation> read(int process) {
        List<Operation> all = new ArrayList<>();
        for (int i = 0; i < capacity; i++) {
            int at = HEADER_BYTES + i * RECORD_BYTES;
            long head = (long) WORDS.getAcquire(file, at);
            if (head == 0) {
                break;
            }
            all.add(operation(process, at, head));
        }
        return all;
    }

    /** Copies what has been written so far into another file. */
    public void saveTo(Path target) throws IOException {
        int used = HEADER_BYTES;
        while (used + RECORD_BYTES <= file.capacity() && file.getLong(used) != 0) {
            used += RECORD_BYTES;
        }
        byte[] bytes = new byte[used];
        file.get(0, bytes);
        Files.write(target, bytes);
    }

    private Operation operation(int process, int at, long head) {
        Ending ending = Ending.of((int) (head >>> Short.SIZE & 0xFFFF));
        long returned = ending == Ending.PENDING ? Long.MAX_VALUE : file.getLong(at + RETURNED_OFFSET);
        return new Operation(process, Action.of((int) (head & 0xFFFF) - FIRST_ACTION), objectOf(head),
                file.getLong(at + ARGUMENT_OFFSET), file.getLong(at + SECOND_ARGUMENT_OFFSET),
                file.getLong(at + RESULT_OFFSET), ending, file.getLong(at + INVOKED_OFFSET), returned);
    }

    private void end(int operation, Ending ending, long result) {
        VarHandle.fullFence();
        long head = file.getLong(operation);
        file.putLong(operation + RESULT_OFFSET, result);
        file.putLong(operation + RETURNED_OFFSET, System.nanoTime());
        WORDS.setRelease(file, operation, head | (long) ending.ordinal() << Short.SIZE);
    }

    private int place() {
        if (count == capacity) {
            throw new IllegalStateException("the history " + path + " is full: it has " + capacity
                    + " operations; give it more room, or let its process do less");
        }
        return HEADER_BYTES + count++ * RECORD_BYTES;
    }

    private static long head(Action action, int object, Ending ending) {
        return (long) object << Integer.SIZE | (long) ending.ordinal() << Short.SIZE
                | action.ordinal() + FIRST_ACTION;
    }

    private static int objectOf(long head) {
        return (int) (head >> Integer.SIZE);
    }

    @Override
    public String toString() {
        return "HistoryLog[" + path + ", " + count + " of " + capacity + "]";
    }
}
