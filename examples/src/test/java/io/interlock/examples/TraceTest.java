package io.interlock.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.interlock.examples.Trace.Phase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceTest {

    @Nested
    class Off {

        @Test
        void notesNothing() {
            assertSame(Trace.OFF, Trace.of(0));
            Trace.OFF.enter(Phase.COMPUTE);
            Trace.OFF.end();
            assertEquals(0, Trace.OFF.toArray()[Trace.SLICES]);
        }
    }

    @Nested
    class Slices {

        private long rounds;

        @Test
        void areAsManyAsThereIsRoomForAndLoseNoEntry() {
            Trace trace = Trace.of(4);
            enterUntilPairsWereJoinedTwice(trace);
            trace.end();
            long[] words = trace.toArray();
            assertEquals(Trace.length(4), words.length);
            assertTrue(words[Trace.SLICES] >= 1 && words[Trace.SLICES] <= 4, "slices " + words[Trace.SLICES]);
            assertEquals(rounds, entries(words, Phase.TAKE));
            assertEquals(rounds, entries(words, Phase.COMPUTE));
            assertEquals(0, entries(words, Phase.PUT));
        }

        @Test
        void followEachOtherWithoutAGap() {
            Trace trace = Trace.of(4);
            enterUntilPairsWereJoinedTwice(trace);
            trace.end();
            long[] words = trace.toArray();
            long end = words[Trace.FIRST_SLICE + Trace.START_NANOS];
            for (int i = 0; i < words[Trace.SLICES]; i++) {
                int slice = Trace.FIRST_SLICE + i * Trace.SLICE_LENGTH;
                assertEquals(end, words[slice + Trace.START_NANOS]);
                for (Phase phase : Phase.values()) {
                    end += words[slice + Trace.PHASE_NANOS + 2 * phase.ordinal()];
                }
            }
        }

        /** 4 slices of 0.1 ms, 2 of 0.2 ms, 2 of 0.4 ms: time passes while the thread works. */
        private void enterUntilPairsWereJoinedTwice(Trace trace) {
            long start = System.nanoTime();
            while (System.nanoTime() - start < 3_000_000) {
                trace.enter(Phase.TAKE);
                trace.enter(Phase.COMPUTE);
                rounds++;
            }
        }

        private static long entries(long[] words, Phase phase) {
            long sum = 0;
            for (int slice = Trace.FIRST_SLICE; slice < words.length; slice += Trace.SLICE_LENGTH) {
                sum += words[slice + Trace.PHASE_ENTRIES + 2 * phase.ordinal()];
            }
            return sum;
        }
    }

    @Nested
    class File {

        @TempDir
        private Path directory;

        @Test
        void hasAnEventForEachPhaseOfASlice() throws IOException {
            long[] words = new long[Trace.length(2)];
            words[Trace.PID] = 77;
            words[Trace.STARTED_MICROS] = 1_000_000;
            words[Trace.SLICES] = 1;
            words[Trace.FIRST_SLICE + Trace.START_NANOS] = 500;
            note(words, Phase.TAKE, 1_000, 3);
            note(words, Phase.COMPUTE, 2_500, 2);
            TraceFile traces = new TraceFile();
            traces.add("worker 0", "worker", words);
            Path file = directory.resolve("trace.json");
            assertEquals(2, traces.write(file));

            Map<?, ?> read = (Map<?, ?>) JsonReader.read(Files.readString(file));
            assertEquals(List.of(
                    Map.of("name", "process_name", "ph", "M", "pid", 77.0, "tid", 1.0, "args",
                            Map.of("name", "worker 0")),
                    Map.of("name", "thread_name", "ph", "M", "pid", 77.0, "tid", 1.0, "args", Map.of("name", "worker")),
                    Map.of("name", "take", "ph", "X", "pid", 77.0, "tid", 1.0, "ts", 0.0, "dur", 1.0, "args",
                            Map.of("times", 3.0)),
                    Map.of("name", "compute", "ph", "X", "pid", 77.0, "tid", 1.0, "ts", 1.0, "dur", 2.5, "args",
                            Map.of("times", 2.0))),
                    read.get("traceEvents"));
        }

        private static void note(long[] words, Phase phase, long nanos, long entries) {
            int place = Trace.FIRST_SLICE + 2 * phase.ordinal();
            words[place + Trace.PHASE_NANOS] = nanos;
            words[place + Trace.PHASE_ENTRIES] = entries;
        }

        @Test
        void isKeptUntilThereIsSomethingToWrite() throws IOException {
            Path file = Files.writeString(directory.resolve("old.json"), "old");
            TraceFile.checkWritable(file);
            assertEquals("old", Files.readString(file));
            assertThrows(IOException.class, () -> TraceFile.checkWritable(directory));
            assertThrows(IOException.class, () -> TraceFile.checkWritable(directory.resolve("no/such")));
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 2, 3, 7, 199, 200})
        void isSmallForAnyNumberOfProcesses(int processes) {
            int slices = TraceFile.slicesFor(processes);
            assertEquals(0, slices % 2);
            assertTrue(slices >= 2 && slices * processes <= 12_000, "slices " + slices);
        }
    }
}
