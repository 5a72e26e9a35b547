package io.interlock.journal;

import io.interlock.core.testing.ChildJvm;
import io.interlock.core.testing.TestDirs;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/** Children of {@link JournalChild} that are started before they are needed, for tests that use up many. */
final class Children implements AutoCloseable {

    private static final int AHEAD = 2;

    private final Deque<ChildJvm> started = new ArrayDeque<>();

    /** One that is ready; it ends with the test. */
    ChildJvm next(TestDirs dirs) {
        while (started.size() <= AHEAD) {
            started.add(JournalChild.builder().start());
        }
        ChildJvm child = dirs.closeLater(started.poll());
        child.expectLine("ready");
        return child;
    }

    /** One that has opened a journal. */
    ChildJvm opened(TestDirs dirs, Path journal, Roll roll) {
        return open(next(dirs), journal, roll);
    }

    static ChildJvm open(ChildJvm child, Path journal, Roll roll) {
        child.ask("open " + journal + " " + roll, "opened");
        return child;
    }

    @Override
    public void close() {
        started.forEach(ChildJvm::kill9Soon);
        started.forEach(ChildJvm::close);
        started.clear();
    }
}
