package io.interlock.examples;

import io.interlock.core.Segment;
import io.interlock.memory.IpcInt;
import io.interlock.sync.IpcEvent;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Processes wait for a flag that the parent sets. */
@Command(name = "event", description = "Processes wait for an event: in vain until a timeout, then until it is set.")
final class EventExample implements Callable<Integer> {

    private static final int TIMEOUT_MILLIS = 50;

    @Option(names = "--processes", paramLabel = "N", description = "How many processes (default: ${DEFAULT-VALUE}).")
    private int processes = 3;
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        Checks.inRange(spec, "--processes", processes, 1, Checks.MAX_PROCESSES);
        try (Segment segment = Segment.temporary(); Workers workers = new Workers(segment)) {
            IpcEvent event = IpcEvent.create(segment, "event");
            IpcInt timeouts = IpcInt.create(segment, "timeouts", 0);
            IpcInt woken = IpcInt.create(segment, "woken", 0);
            for (int i = 0; i < processes; i++) {
                workers.start("event");
            }
            workers.go();
            while (timeouts.get() < processes) {
                workers.failIfAnyFailed();
                Thread.sleep(1);
            }
            int early = woken.get();
            event.set();
            workers.awaitDone(() -> {});
            spec.commandLine().getOut().println("event waiters=" + processes + " timeouts=" + timeouts.get()
                    + " woken_before_set=" + early + " woken=" + woken.get());
            return timeouts.get() == processes && early == 0 && woken.get() == processes ? 0 : 1;
        }
    }

    /** One process. */
    static void awaitEvent(Segment segment, List<String> arguments) throws InterruptedException {
        IpcEvent event = IpcEvent.open(segment, "event");
        StartLine.await(segment);
        if (!event.await(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)) {
            IpcInt.open(segment, "timeouts").incrementAndGet();
        }
        event.await();
        IpcInt.open(segment, "woken").incrementAndGet();
    }
}
