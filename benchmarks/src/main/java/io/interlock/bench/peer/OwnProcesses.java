package io.interlock.bench.peer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Processes that this one has started, which do not outlive it. */
final class OwnProcesses {

    private static final int PATIENCE_SECONDS = 10;
    private static final Set<Process> RUNNING = new HashSet<>();
    private static boolean stopping;

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(OwnProcesses::stop, "stop-processes"));
    }

    private OwnProcesses() {
    }

    static synchronized Process start(ProcessBuilder builder) throws IOException {
        if (stopping) {
            throw new IllegalStateException("this JVM is ending");
        }
        Process process = builder.start();
        RUNNING.add(process);
        return process;
    }

    static void end(Process process) {
        kill(process);
        synchronized (OwnProcesses.class) {
            RUNNING.remove(process);
        }
    }

    private static void stop() {
        List<Process> processes;
        synchronized (OwnProcesses.class) {
            stopping = true;
            processes = List.copyOf(RUNNING);
        }
        processes.forEach(OwnProcesses::kill);
    }

    private static void kill(Process process) {
        List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
        all.add(process.toHandle());
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(handle -> handle.onExit().completeOnTimeout(handle, PATIENCE_SECONDS, TimeUnit.SECONDS).join());
    }
}
