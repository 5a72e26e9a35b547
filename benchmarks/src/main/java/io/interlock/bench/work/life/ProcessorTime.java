package io.interlock.bench.work.life;

import io.interlock.bench.peer.KernelThread;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** How long each thread of this process has run so far, to the nanosecond. */
final class ProcessorTime {

    /** What a machine must have to tell it; the times of whole processes are counted in ticks of 10 ms. */
    static final Path NEEDED = Path.of("/proc/self/schedstat");

    private static final Path THREADS = Path.of("/proc/self/task");

    private final Map<String, Long> nanos = new HashMap<>();

    private ProcessorTime() {
    }

    /** As it is now. */
    static ProcessorTime now() throws IOException {
        ProcessorTime time = new ProcessorTime();
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(THREADS)) {
            for (Path thread : threads) {
                time.add(thread);
            }
        }
        return time;
    }

    private void add(Path thread) throws IOException {
        try {
            String[] words = Files.readString(thread.resolve(NEEDED.getFileName())).split(" ");
            nanos.put(thread.getFileName().toString(), Long.parseLong(words[0]));
        } catch (NoSuchFileException e) {
            nanos.remove(thread.getFileName().toString()); // it has ended
        }
    }

    /** How long a living thread has run since then. */
    long since(ProcessorTime before, KernelThread thread) {
        String number = Integer.toString(thread.thread());
        return nanos.get(number) - before.nanos.get(number);
    }

    /** How long all threads have run since then; what those did that have ended in between is not known. */
    long since(ProcessorTime before) {
        return nanos.entrySet().stream()
                .mapToLong(each -> each.getValue() - before.nanos.getOrDefault(each.getKey(), 0L)).sum();
    }
}
