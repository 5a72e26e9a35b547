package io.interlock.examples;

import io.interlock.core.Segment;
import io.interlock.sync.IpcLock;
import io.interlock.sync.IpcRLock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What happens if the holder of a lock acquires it once more. */
@Command(name = "reentrancy", description = "The holder acquires once more: a Lock keeps it waiting (here until a "
        + "timeout), an RLock counts.")
final class Reentrancy implements Callable<Integer> {

    private static final int TIMEOUT_MILLIS = 200;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        try (Segment segment = Segment.temporary()) {
            String second = acquireTwice(IpcLock.create(segment, "lock")) ? "acquired" : "timeout";
            List<Integer> counts = counts(IpcRLock.create(segment, "rlock"));
            String list = counts.stream().map(String::valueOf).collect(Collectors.joining(","));
            spec.commandLine().getOut().println("reentrancy lock_second=" + second + " rlock_counts=" + list);
            return second.equals("timeout") && counts.equals(List.of(1, 2, 1, 0)) ? 0 : 1;
        }
    }

    private static boolean acquireTwice(IpcLock lock) throws InterruptedException {
        try (var held = lock.hold()) {
            return lock.tryLock(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private static List<Integer> counts(IpcRLock lock) {
        List<Integer> counts = new ArrayList<>();
        lock.lock();
        counts.add(lock.getHoldCount());
        lock.lock();
        counts.add(lock.getHoldCount());
        lock.unlock();
        counts.add(lock.getHoldCount());
        lock.unlock();
        counts.add(lock.getHoldCount());
        return counts;
    }
}
