package io.interlock.memory;

import io.interlock.core.Segment;
import io.interlock.core.testing.ChildJvm;
import io.interlock.core.testing.TestDirs;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The main program of children that use values and arrays as they are told, a line for a line. */
public final class MemoryChild {

    private MemoryChild() {
    }

    /** Reads commands until the end of input; the argument is the segment's path. */
    public static void main(String[] arguments) throws Exception {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (Segment segment = Segment.open(Path.of(arguments[0]))) {
            System.out.println("ready");
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                System.out.println("ok " + perform(segment, line.split(" ")));
            }
        }
    }

    /** Starts one. */
    static ChildJvm start(TestDirs dirs, Segment segment) {
        ChildJvm child = dirs.closeLater(ChildJvm.of(MemoryChild.class, segment.path().toString()).start());
        child.expectLine("ready");
        return child;
    }

    private static Object perform(Segment segment, String[] words) throws InterruptedException {
        return switch (words[0]) {
            case "int" -> IpcInt.open(segment, words[1]).getAndSet(Integer.parseInt(words[2]));
            case "long" -> IpcLong.open(segment, words[1]).getAndSet(Long.parseLong(words[2]));
            case "double" -> IpcDouble.open(segment, words[1]).getAndSet(Double.parseDouble(words[2]));
            case "boolean" -> IpcBoolean.open(segment, words[1]).getAndSet(Boolean.parseBoolean(words[2]));
            case "anonymous" -> IpcLong.open(segment, Integer.parseInt(words[1])).incrementAndGet();
            case "add" -> add(segment, Integer.parseInt(words[1]), Integer.parseInt(words[2]));
            case "double-all" -> doubleAll(segment);
            case "hold" -> hold(segment, words[1]);
            case "lock" -> IpcLong.open(segment, words[1]).getLock().id();
            default -> throw new IllegalArgumentException("unknown command " + words[0]);
        };
    }

    /** Adds 1 to one value or element of each kind, {@code times} times in each of several threads. */
    private static Object add(Segment segment, int threads, int times) throws InterruptedException {
        IpcInt i = IpcInt.open(segment, "int");
        IpcLong l = IpcLong.open(segment, "long");
        IpcDouble d = IpcDouble.open(segment, "double");
        IpcLong guarded = IpcLong.open(segment, "guarded");
        IpcIntArray ints = IpcIntArray.open(segment, "ints");
        IpcLongArray longs = IpcLongArray.open(segment, "longs");
        IpcDoubleArray doubles = IpcDoubleArray.open(segment, "doubles");
        IpcFloatArray floats = IpcFloatArray.open(segment, "floats");
        List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
        inThreads(threads, failures, () -> {
            for (int n = 0; n < times; n++) {
                i.getAndAdd(1);
                l.getAndAdd(1);
                d.getAndAdd(1);
                guarded.getLock().run(() -> guarded.setPlain(guarded.getPlain() + 1));
                ints.getAndAdd(1, 1);
                longs.updateAndGet(1, x -> x + 1);
                doubles.addAndGet(1, 1);
                floats.addAndGet(1, 1);
            }
        });
        if (!failures.isEmpty()) {
            throw new IllegalStateException(failures.get(0));
        }
        return "added";
    }

    private static void inThreads(int count, List<Throwable> failures, Runnable action) throws InterruptedException {
        List<Thread> all = new ArrayList<>();
        for (int n = 0; n < count; n++) {
            Thread thread = new Thread(action);
            thread.setUncaughtExceptionHandler((t, e) -> failures.add(e));
            all.add(thread);
            thread.start();
        }
        for (Thread thread : all) {
            thread.join();
        }
    }

    private static String doubleAll(Segment segment) {
        IpcByteArray bytes = IpcByteArray.open(segment, "bytes");
        IpcShortArray shorts = IpcShortArray.open(segment, "shorts");
        IpcDoubleArray doubles = IpcDoubleArray.open(segment, "doubles");
        bytes.getLock().run(() -> {
            for (int i = 0; i < bytes.length(); i++) {
                bytes.set(i, (byte) (bytes.get(i) * 2));
                shorts.set(i, (short) (shorts.get(i) * 2));
                doubles.set(i, doubles.get(i) * 2);
            }
        });
        return bytes.length() + " " + shorts.length() + " " + doubles.length();
    }

    /** Half changes an array under its lock, and keeps the lock. */
    private static String hold(Segment segment, String name) {
        IpcIntArray array = IpcIntArray.open(segment, name);
        array.getLock().lock();
        array.set(0, 1);
        return String.valueOf(array.getLock().isHeldByCurrentThread());
    }
}
