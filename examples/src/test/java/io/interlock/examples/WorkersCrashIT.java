package io.interlock.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.interlock.core.Segment;
import io.interlock.examples.Programs.Outcome;
import io.interlock.examples.Programs.Running;
import io.interlock.memory.Codec;
import io.interlock.memory.IpcQueue;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of the processes of an example when one of them is killed. */
class WorkersCrashIT {

    @TempDir
    private Path segments;

    @Test
    void aKilledWorkerIsToldInOneLineAndTakesTheOthersWithIt() throws Exception {
        Running example = startLongExample();
        List<ProcessHandle> workers = awaitWorkers(example, 2);
        workers.get(0).destroyForcibly();
        Outcome outcome = example.await();
        assertEquals(1, outcome.exit(), outcome.toString());
        assertEquals(1, outcome.err().size(), outcome.toString());
        assertTrue(outcome.err().get(0).contains("was killed by signal 9"), outcome.toString());
        awaitEnd(workers);
    }

    @Test
    void aKilledWorkerOfAQueueEndsTheWholeSearch() throws Exception {
        Running example = Programs.start(segments, "", Main.class.getName(), "primes", "--max", "100000000",
                "--processes", "2");
        List<ProcessHandle> workers = awaitWorkers(example, 2);
        awaitNumbers(workers.get(0));
        workers.get(1).destroyForcibly();
        Outcome outcome = example.await();
        assertEquals(1, outcome.exit(), outcome.toString());
        String lastLine = outcome.err().get(outcome.err().size() - 1);
        assertTrue(lastLine.matches("primes: worker primes .* was killed by signal 9"), outcome.toString());
        awaitEnd(workers);
    }

    @Test
    void workersEndWhenTheParentIsKilled() throws Exception {
        Running example = startLongExample();
        List<ProcessHandle> workers = awaitWorkers(example, 2);
        example.process().destroyForcibly();
        awaitEnd(workers);
        example.await();
    }

    @Test
    void workersEndWhenTheParentIsTerminated() throws Exception {
        Running example = startLongExample();
        List<ProcessHandle> workers = awaitWorkers(example, 2);
        example.process().destroy();
        awaitEnd(workers);
        Outcome outcome = example.await();
        assertEquals(List.of(), outcome.err());
        assertEquals(128 + 15, outcome.exit());
    }

    /** It would run for hours. */
    private Running startLongExample() throws Exception {
        return Programs.start(segments, "", Main.class.getName(), "bounded-buffer", "--items", "1000000", "--verbose");
    }

    private static List<ProcessHandle> awaitWorkers(Running example, int count) throws InterruptedException {
        List<ProcessHandle> workers = example.process().children().toList();
        while (workers.size() < count) {
            assertTrue(example.process().isAlive(), "the example has ended");
            Thread.sleep(10);
            workers = example.process().children().toList();
        }
        return workers;
    }

    /** Waits until the parent of a search for primes has put numbers into the queue of this worker. */
    private void awaitNumbers(ProcessHandle worker) throws Exception {
        try (Segment segment = Segment.open(segmentOf(worker))) {
            IpcQueue<Integer> tasks = IpcQueue.open(segment, PrimeExchange.TASKS, Codec.int32());
            while (tasks.isEmpty()) {
                assertTrue(worker.isAlive(), "the worker has ended");
                Thread.sleep(1);
            }
        }
    }

    /** The one on its command line: it has others for a while, on which it rehearses. */
    private Path segmentOf(ProcessHandle worker) throws InterruptedException {
        while (true) {
            for (String argument : worker.info().arguments().orElse(new String[0])) {
                if (argument.startsWith(segments + "/")) {
                    return Path.of(argument);
                }
            }
            assertTrue(worker.isAlive(), "the worker has ended");
            Thread.sleep(1);
        }
    }

    private static void awaitEnd(List<ProcessHandle> workers) throws Exception {
        for (ProcessHandle worker : workers) {
            worker.onExit().get(60, TimeUnit.SECONDS);
        }
    }
}
