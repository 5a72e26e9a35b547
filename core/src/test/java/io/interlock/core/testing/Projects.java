package io.interlock.core.testing;

import java.nio.file.Files;
import java.nio.file.Path;

/** Finds the source tree from inside a test. */
public final class Projects {

    private Projects() {
    }

    /** The directory of the whole project, upwards from the working directory. */
    public static Path root() {
        Path here = Path.of("").toAbsolutePath();
        while (here != null && !Files.isDirectory(here.resolve("core/src/main/java"))) {
            here = here.getParent();
        }
        if (here == null) {
            throw new AssertionError("no project above " + Path.of("").toAbsolutePath());
        }
        return here;
    }
}
