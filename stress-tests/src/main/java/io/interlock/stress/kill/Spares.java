package io.interlock.stress.kill;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Processes that are started before they are needed, since a JVM takes longer to start than to kill. */
final class Spares implements AutoCloseable {

    private static final int AHEAD = 3;

    private final Path directory;
    private final List<String> under;
    private final Deque<ActorProcess> spares = new ArrayDeque<>();

    Spares(Path directory, List<String> under) {
        this.directory = directory;
        this.under = under;
    }

    /** One that is ready. */
    ActorProcess take() throws InterruptedException {
        while (spares.size() <= AHEAD) {
            spares.add(ActorProcess.start(directory, under));
        }
        ActorProcess first = spares.remove();
        boolean ready = false;
        try {
            String said = first.next();
            if (!said.equals("ready")) {
                throw new AssertionError("expected a process to be ready, it said: " + said);
            }
            ready = true;
            return first;
        } finally {
            if (!ready) {
                first.close();
            }
        }
    }

    @Override
    public void close() {
        spares.forEach(ActorProcess::close);
        spares.clear();
    }
}
