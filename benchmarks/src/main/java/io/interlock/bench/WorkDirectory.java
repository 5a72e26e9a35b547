package io.interlock.bench;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A directory in shared memory, where the machine has it, which is removed with everything in it; also when the run is
 * interrupted, after the end of all processes that might still put something there.
 */
final class WorkDirectory implements AutoCloseable {

    private static final Path SHARED_MEMORY = Path.of("/dev/shm");
    private static final int PATIENCE_SECONDS = 10;

    private final Path path;
    private final Thread remover = new Thread(this::endAndRemove, "remove-directory");

    private WorkDirectory(Path path) {
        this.path = path;
        Runtime.getRuntime().addShutdownHook(remover);
    }

    static WorkDirectory create() throws IOException {
        String prefix = "interlock-bench-" + ProcessHandle.current().pid() + "-";
        return new WorkDirectory(Files.isWritable(SHARED_MEMORY) ? Files.createTempDirectory(SHARED_MEMORY, prefix)
                : Files.createTempDirectory(prefix));
    }

    /** Whether this JVM is ending: what fails then has failed because of that. */
    static boolean isEnding() {
        try {
            Runtime.getRuntime().removeShutdownHook(new Thread());
            return false;
        } catch (IllegalStateException e) {
            return true;
        }
    }

    Path path() {
        return path;
    }

    @Override
    public void close() {
        if (!isEnding()) {
            remove();
            Runtime.getRuntime().removeShutdownHook(remover);
        }
    }

    /** Some processes are started by others than us, such as those of JMH. */
    private void endAndRemove() {
        List<ProcessHandle> processes = ProcessHandle.current().descendants().toList();
        processes.forEach(ProcessHandle::destroyForcibly);
        processes.forEach(each -> each.onExit().completeOnTimeout(each, PATIENCE_SECONDS, TimeUnit.SECONDS).join());
        remove();
    }

    private void remove() {
        try (Stream<Path> files = Files.walk(path)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        } catch (NoSuchFileException e) {
            // It is gone.
        } catch (IOException | UncheckedIOException e) {
            System.getLogger("io.interlock").log(System.Logger.Level.WARNING, "cannot remove " + path, e);
        }
    }
}
