package io.interlock.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A directory in shared memory, where the machine has it, which is removed with everything in it. */
final class WorkDirectory implements AutoCloseable {

    private static final Path SHARED_MEMORY = Path.of("/dev/shm");

    private final Path path;
    private final Thread remover = new Thread(this::remove, "remove-directory");

    private WorkDirectory(Path path) {
        this.path = path;
        Runtime.getRuntime().addShutdownHook(remover);
    }

    static WorkDirectory create() throws IOException {
        String prefix = "interlock-bench-";
        return new WorkDirectory(Files.isWritable(SHARED_MEMORY) ? Files.createTempDirectory(SHARED_MEMORY, prefix)
                : Files.createTempDirectory(prefix));
    }

    Path path() {
        return path;
    }

    @Override
    public void close() {
        remove();
        Runtime.getRuntime().removeShutdownHook(remover);
    }

    private void remove() {
        try (Stream<Path> files = Files.walk(path)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            System.getLogger("io.interlock").log(System.Logger.Level.WARNING, "cannot remove " + path, e);
        }
    }
}
