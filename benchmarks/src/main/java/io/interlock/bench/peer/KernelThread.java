package io.interlock.bench.peer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A thread of any process, as the kernel knows it.
 *
 * @param process its number
 * @param thread  the same
 */
public record KernelThread(int process, int thread) {

    /** What a machine must have to know threads. */
    public static final Path NEEDED = Path.of("/proc/thread-self");

    private static final long BETWEEN_NANOS = 1_000_000;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final String STATE = "State:";
    private static final String SWITCHES = "voluntary_ctxt_switches:";

    /** What it does: if two looks are the same, it sleeps without having been awake in between. */
    private record Look(String state, String switches) {

        boolean isAsleep() {
            return state.startsWith("S");
        }
    }

    /** The calling one. */
    public static KernelThread current() throws IOException {
        Path link = Files.readSymbolicLink(NEEDED); // PROCESS/task/THREAD
        return new KernelThread(Integer.parseInt(link.getName(0).toString()),
                Integer.parseInt(link.getName(2).toString()));
    }

    /** From a word in which {@link #packed()} has put it. */
    public static KernelThread unpacked(long word) {
        return new KernelThread((int) (word >>> Integer.SIZE), (int) word);
    }

    /** In one word, for other processes. */
    public long packed() {
        return (long) process << Integer.SIZE | thread;
    }

    /** Waits until all of them sleep at once. */
    public static void awaitSleep(List<KernelThread> threads) throws IOException {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        List<Look> before = looks(threads);
        while (true) {
            LockSupport.parkNanos(BETWEEN_NANOS);
            List<Look> now = looks(threads);
            if (now.equals(before) && now.stream().allMatch(Look::isAsleep)) {
                return;
            }
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException("they do not go to sleep: " + threads + ", " + now);
            }
            before = now;
        }
    }

    private static List<Look> looks(List<KernelThread> threads) throws IOException {
        List<Look> looks = new ArrayList<>();
        for (KernelThread each : threads) {
            looks.add(each.look());
        }
        return looks;
    }

    private Look look() throws IOException {
        List<String> lines = Files.readAllLines(Path.of("/proc", Integer.toString(process), "task",
                Integer.toString(thread), "status"));
        return new Look(value(lines, STATE), value(lines, SWITCHES));
    }

    private static String value(List<String> lines, String key) {
        return lines.stream().filter(line -> line.startsWith(key)).map(line -> line.substring(key.length()).strip())
                .findFirst().orElse("");
    }
}
