package io.interlock.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.interlock.examples.Programs.Outcome;
import io.interlock.examples.Programs.Running;
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

    private static void awaitEnd(List<ProcessHandle> workers) throws Exception {
        for (ProcessHandle worker : workers) {
            worker.onExit().get(60, TimeUnit.SECONDS);
        }
    }
}
