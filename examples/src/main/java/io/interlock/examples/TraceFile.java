package io.interlock.examples;

import io.interlock.examples.Trace.Phase;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Traces as one file in the format of Chrome's trace events, one event in a line. In a slice of time the phases stand
 * one after the other, each with how long it took altogether and how often it was entered.
 */
final class TraceFile {

    /** For all workers together; a slice is at most four events of some 130 bytes each. */
    private static final int MAX_SLICES = 12_000;
    private static final int MAX_SLICES_OF_A_THREAD = 1_500;

    private static final String HEAD = """
            {"displayTimeUnit": "ms",
            "otherData": {"note": "Phases are summed up in slices of time; an event has the time and the number of all \
            phases of its name in a slice."},
            "traceEvents": [
            """;

    private record Track(String process, String thread, int tid, long[] words) {

        long pid() {
            return words[Trace.PID];
        }

        long sliceNanos(int slice) {
            return 1_000 * words[Trace.STARTED_MICROS] + words[slice + Trace.START_NANOS];
        }

        long startNanos() {
            return sliceNanos(Trace.FIRST_SLICE);
        }
    }

    private final List<Track> tracks = new ArrayList<>();

    /** An even number of slices for each thread, so that the file stays small. */
    static int slicesFor(int processes) {
        return Math.min(MAX_SLICES / processes, MAX_SLICES_OF_A_THREAD) & ~1;
    }

    /** Makes the file if there is none; what is in it stays until {@link #write(Path)}. */
    static void checkWritable(Path file) throws IOException {
        Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND).close();
    }

    /** Adds what {@link Trace#toArray()} has given. */
    void add(String process, String thread, long[] words) {
        tracks.add(new Track(process, thread, tracks.size() + 1, words));
    }

    /**
     * Writes the file.
     *
     * @return number of events, not counting names
     */
    int write(Path file) throws IOException {
        List<String> events = new ArrayList<>();
        tracks.forEach(track -> addNames(track, events));
        int names = events.size();
        long originNanos = tracks.stream().mapToLong(Track::startNanos).min().orElse(0);
        tracks.forEach(track -> addSlices(track, originNanos, events));
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write(HEAD);
            out.write(String.join(",\n", events));
            out.write("\n]}\n");
        }
        return events.size() - names;
    }

    private static void addNames(Track track, List<String> events) {
        events.add(name("process_name", track, track.process));
        events.add(name("thread_name", track, track.thread));
    }

    private static String name(String what, Track track, String name) {
        return String.format(Locale.ROOT,
                "{\"name\": \"%s\", \"ph\": \"M\", \"pid\": %d, \"tid\": %d, \"args\": {\"name\": \"%s\"}}",
                what, track.pid(), track.tid, name);
    }

    private static void addSlices(Track track, long originNanos, List<String> events) {
        for (int i = 0; i < track.words[Trace.SLICES]; i++) {
            int slice = Trace.FIRST_SLICE + i * Trace.SLICE_LENGTH;
            long nanos = track.sliceNanos(slice) - originNanos;
            for (Phase phase : Phase.values()) {
                int place = slice + 2 * phase.ordinal();
                long length = track.words[place + Trace.PHASE_NANOS];
                if (length > 0) {
                    events.add(event(phase, track, nanos, length, track.words[place + Trace.PHASE_ENTRIES]));
                }
                nanos += length;
            }
        }
    }

    private static String event(Phase phase, Track track, long nanos, long length, long times) {
        return String.format(Locale.ROOT, "{\"name\": \"%s\", \"ph\": \"X\", \"pid\": %d, \"tid\": %d, \"ts\": %.3f, "
                + "\"dur\": %.3f, \"args\": {\"times\": %d}}", phase, track.pid(), track.tid, nanos / 1e3, length / 1e3,
                times);
    }
}
