package io.interlock.stress;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Signals to processes that this one has started; each returns when the kernel says that it has had its effect. */
public final class Signals {

    private static final char STOPPED = 'T';
    private static final long LOOK_NANOS = 200_000;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

    private Signals() {
    }

    /** SIGSTOP. */
    public static void stop(ProcessHandle process) throws IOException {
        send("STOP", process);
        await(process, true);
    }

    /** SIGCONT. */
    public static void cont(ProcessHandle process) throws IOException {
        send("CONT", process);
        await(process, false);
    }

    private static void send(String signal, ProcessHandle process) throws IOException {
        Process kill = new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                .redirectErrorStream(true).start();
        String said = new String(kill.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (kill.onExit().join().exitValue() != 0) {
            throw new IOException("kill -" + signal + " " + process.pid() + ": " + said.strip());
        }
    }

    private static void await(ProcessHandle process, boolean stopped) throws IOException {
        long begin = System.nanoTime();
        while (process.isAlive() && (Proc.state(Proc.of(process.pid())) == STOPPED) != stopped) {
            if (System.nanoTime() - begin > PATIENCE_NANOS) {
                throw new IOException("the signal has no effect on process " + process.pid());
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }
}
