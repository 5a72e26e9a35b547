package io.interlock.stress.load;

import java.util.List;

/** All workloads. */
public final class Workloads {

    private Workloads() {
    }

    /** One of each. */
    public static List<Workload> all() {
        return List.of(new Counter.UnderLock(), new Counter.UnderRLock(), new AtomicCounter(), new SemaphoreBuffer(),
                new HandOffs.UnderLock(), new HandOffs.UnderRLock(), new Events(), new QueueExchange.Messages(),
                new QueueExchange.Batches(), new QueueExchange.Roles(), new Pipes());
    }

    /** The one of this class. */
    static Workload named(String className) {
        try {
            return (Workload) Class.forName(className).getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException("a workload needs a constructor without parameters: " + className, e);
        }
    }
}
