package io.interlock.bench.peer;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** JVMs like this one. */
public final class Jvm {

    /** The same for all peers: what the library and Agrona need, a small heap, and a collector without threads. */
    public static final List<String> FLAGS = List.of("--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED",
            "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED", "--enable-native-access=ALL-UNNAMED", "-Xms256m",
            "-Xmx256m", "-XX:+UseSerialGC", "-XX:-UsePerfData",
            // Or JNA asks ldconfig for the libraries of the machine, in a process, at each start.
            "-Djna.platform.library.path=" + System.getProperty("java.home"));

    private Jvm() {
    }

    /** Runs a main class of this class path. */
    public static List<String> command(Class<?> main, List<String> flags, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(FLAGS);
        command.addAll(flags);
        command.addAll(List.of("-cp", classPath(), main.getName()));
        command.addAll(arguments);
        return command;
    }

    /** Absolute, since a process may work in another directory. */
    private static String classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }
}
