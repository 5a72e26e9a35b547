package io.interlock.stress.kill;

import io.interlock.stress.Namespaces;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Processes that are started before they are needed, since a JVM takes longer to start than to kill. Every fourth has a
 * PID namespace of its own, where the machine allows that.
 */
final class Spares implements AutoCloseable {

    private static final int EVERY = 4;

    private final Path directory;
    private final int ahead;
    private final boolean namespaces;
    private final Class<?> actor;
    private final Deque<ActorProcess> spares = new ArrayDeque<>();
    private final Deque<ActorProcess> used = new ArrayDeque<>();
    private int started;

    /**
     * None yet.
     *
     * @param directory where they work
     * @param ahead     how many start while one is used
     * @param actor     their main class
     */
    Spares(Path directory, int ahead, Class<?> actor) throws InterruptedException {
        this.namespaces = Namespaces.whyNot().isEmpty();
        this.actor = actor;
        this.directory = directory;
        this.ahead = ahead;
    }

    /** One that is ready. */
    ActorProcess take() throws InterruptedException {
        if (!used.isEmpty()) {
            return used.remove();
        }
        while (spares.size() <= ahead) {
            spares.add(ActorProcess.start(actor, directory, namespaces && ++started % EVERY == 0));
        }
        ActorProcess first = spares.remove();
        boolean ready = false;
        try {
            first.awaitReady();
            ready = true;
            return first;
        } finally {
            if (!ready) {
                first.close();
            }
        }
    }

    /** Takes one back that has done its deed to the end. */
    void giveBack(ActorProcess actor) {
        used.add(actor);
    }

    @Override
    public void close() {
        used.forEach(ActorProcess::close);
        used.clear();
        spares.forEach(ActorProcess::close);
        spares.clear();
    }
}
