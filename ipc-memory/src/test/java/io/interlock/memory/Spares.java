package io.interlock.memory;

import io.interlock.core.testing.ChildJvm;
import io.interlock.core.testing.TestDirs;
import java.util.ArrayDeque;
import java.util.Deque;

/** JVMs of one main class that are started before they are needed, for tests that use up many. */
final class Spares implements AutoCloseable {

    private static final int AHEAD = 2;

    private final Class<?> main;
    private final Deque<ChildJvm> started = new ArrayDeque<>();

    Spares(Class<?> main) {
        this.main = main;
    }

    /** One that is ready; it ends with the test. */
    ChildJvm next(TestDirs dirs) {
        while (started.size() <= AHEAD) {
            started.add(ChildJvm.of(main).start());
        }
        ChildJvm child = dirs.closeLater(started.poll());
        child.expectLine("ready");
        return child;
    }

    @Override
    public void close() {
        started.forEach(ChildJvm::kill9Soon);
        started.forEach(ChildJvm::close);
        started.clear();
    }
}
