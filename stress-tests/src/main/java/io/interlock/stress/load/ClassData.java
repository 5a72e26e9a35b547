package io.interlock.stress.load;

import io.interlock.stress.Java;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The classes of a worker in the form in which a JVM has them ready: a start costs two thirds of the time. */
final class ClassData {

    private static final int PATIENCE_SECONDS = 60;

    private ClassData() {
    }

    /** Makes the archive, if the class path is one of which a JVM makes them: jars only. */
    static Optional<Path> archive(Path directory) throws IOException, InterruptedException {
        String[] classPath = System.getProperty("java.class.path").split(System.getProperty("path.separator"));
        if (!Arrays.stream(classPath).allMatch(entry -> entry.endsWith(".jar"))) {
            return Optional.empty();
        }
        Path archive = directory.resolve("worker.jsa");
        Process process = Java.start(new ProcessBuilder(
                Spares.command(directory, List.of("-XX:ArchiveClassesAtExit=" + archive)))
                .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD));
        process.getOutputStream().close();
        process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        Java.end(process);
        return Files.exists(archive) ? Optional.of(archive) : Optional.empty();
    }
}
