package io.interlock.examples;

import io.interlock.core.Segment;
import io.interlock.memory.IpcInt;
import io.interlock.sync.IpcCondition;
import io.interlock.sync.IpcLock;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Processes wait on a condition; the parent wakes one of them, then all. */
@Command(name = "condition", description = "Processes wait on a condition. One signal wakes one of them, signalAll "
        + "the others.")
final class ConditionExample implements Callable<Integer> {

    @Option(names = "--processes", paramLabel = "N", description = "How many processes (default: ${DEFAULT-VALUE}).")
    private int processes = 3;
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        Checks.inRange(spec, "--processes", processes, 1, Checks.MAX_PROCESSES);
        try (Segment segment = Segment.temporary(); Workers workers = new Workers(segment)) {
            IpcLock lock = IpcLock.create(segment, "lock");
            IpcCondition condition = lock.condition("condition");
            IpcInt woken = IpcInt.create(segment, "woken", 0);
            for (int i = 0; i < processes; i++) {
                workers.start("condition");
            }
            workers.go();
            awaitWaiters(workers, condition);
            lock.run(condition::signal);
            while (woken.get() == 0) {
                workers.failIfAnyFailed();
                Thread.sleep(1);
            }
            int bySignal = wakeOthers(lock, woken, condition);
            workers.awaitDone(() -> {});
            spec.commandLine().getOut().println("condition waiters=" + processes + " woken_by_signal=" + bySignal
                    + " woken_by_signal_all=" + (woken.get() - bySignal));
            return bySignal == 1 && woken.get() == processes ? 0 : 1;
        }
    }

    private void awaitWaiters(Workers workers, IpcCondition condition) throws InterruptedException {
        while (condition.waiters() < processes) {
            workers.failIfAnyFailed();
            Thread.sleep(1);
        }
    }

    /** How many one signal has woken; then wakes the others. */
    private static int wakeOthers(IpcLock lock, IpcInt woken, IpcCondition condition) {
        try (var held = lock.hold()) {
            condition.signalAll();
            return woken.get();
        }
    }

    /** One process. */
    static void awaitSignal(Segment segment, List<String> arguments) throws InterruptedException {
        IpcLock lock = IpcLock.open(segment, "lock");
        IpcCondition condition = lock.condition("condition");
        IpcInt woken = IpcInt.open(segment, "woken");
        StartLine.await(segment);
        try (var held = lock.hold()) {
            condition.await();
            woken.set(woken.get() + 1);
        }
    }
}
