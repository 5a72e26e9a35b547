package io.interlock.core.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A fresh directory in shared memory for each test, removed with all it holds; before that it closes what was given to
 * {@link #closeLater}. Sets nothing that another test could see.
 *
 * <pre>{@code
 * @RegisterExtension
 * final TestDirs dirs = new TestDirs();
 * }</pre>
 */
public final class TestDirs implements AfterEachCallback {

    private static final Path SHARED_MEMORY = Path.of("/dev/shm");

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private Path directory;

    /** The directory of the running test. */
    public synchronized Path directory() {
        if (directory == null) {
            directory = fresh();
        }
        return directory;
    }

    /** A path in it; nothing is made. */
    public Path path(String name) {
        return directory().resolve(name);
    }

    /** Closes something at the end of the test, the last first, whatever becomes of the others. */
    public synchronized <T extends AutoCloseable> T closeLater(T resource) {
        open.push(resource);
        return resource;
    }

    @Override
    public synchronized void afterEach(ExtensionContext context) throws Exception {
        Exception first = null;
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception e) {
                first = first == null ? e : first;
            }
        }
        if (directory != null) {
            remove(directory);
            directory = null;
        }
        if (first != null) {
            throw first;
        }
    }

    private static Path fresh() {
        try {
            return Files.isWritable(SHARED_MEMORY) ? Files.createTempDirectory(SHARED_MEMORY, "interlock-test-")
                    : Files.createTempDirectory("interlock-test-");
        } catch (IOException e) {
            throw new AssertionError("no directory for the test", e);
        }
    }

    private static void remove(Path root) throws IOException {
        List<Path> all;
        try (Stream<Path> found = Files.walk(root)) {
            all = found.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : all) {
            Files.deleteIfExists(path);
        }
    }
}
