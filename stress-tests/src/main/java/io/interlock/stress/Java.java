package io.interlock.stress;

import io.interlock.journal.IpcJournal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** JVMs that this one starts, and ends together with everything that they have started. */
public final class Java {

    /** What makes the library fast (Agrona) and quiet (JNA on 24 and later); it works without either. */
    static final List<String> FLAGS = List.of(
            "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED", "--enable-native-access=ALL-UNNAMED");

    /** For many small processes on few processors, each of which lives for a second or so. */
    public static final List<String> SMALL = List.of("-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
            "-Xshare:auto", "-XX:-CreateCoredumpOnCrash",
            // Or JNA asks ldconfig for the libraries of the machine, in a process, at each start.
            "-Djna.platform.library.path=" + System.getProperty("java.home"));

    /** The first release with a flag that says what to do about sun.misc.Unsafe; the next one warns without it. */
    private static final int UNSAFE_FLAG = 23;
    private static final String SLF4J_VERBOSITY = "slf4j.internal.verbosity";
    private static final String QUIET = "ERROR";
    private static final Path SHARED_MEMORY = Path.of("/dev/shm");
    private static final int PATIENCE_SECONDS = 10;
    private static final Set<Process> RUNNING = new HashSet<>();
    private static final Set<Path> DIRECTORIES = new HashSet<>();
    private static boolean stopping;

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(Java::stop, "stop-processes"));
    }

    private Java() {
    }

    /**
     * Starts a process that does not outlive this one.
     *
     * @throws IllegalStateException if this JVM is ending
     */
    public static synchronized Process start(ProcessBuilder builder) throws IOException {
        if (stopping) {
            throw new IllegalStateException("this JVM is ending");
        }
        Process process = builder.start();
        RUNNING.add(process);
        return process;
    }

    /** Whether this JVM is ending: what its processes say then means nothing. */
    public static synchronized boolean isStopping() {
        return stopping;
    }

    /** Makes a directory for processes to work in; what is in it when this JVM ends is removed with it. */
    public static synchronized Path temporaryDirectory(String prefix) throws IOException {
        return registered(Files.createTempDirectory(prefix));
    }

    /** The same in shared memory, where the machine has it. */
    public static synchronized Path sharedMemoryDirectory(String prefix) throws IOException {
        return Files.isWritable(SHARED_MEMORY) ? registered(Files.createTempDirectory(SHARED_MEMORY, prefix))
                : temporaryDirectory(prefix);
    }

    /** Removes a directory that was made here. */
    public static synchronized void removeDirectory(Path directory) {
        if (DIRECTORIES.remove(directory)) {
            remove(directory);
        }
    }

    /** Removes a directory with all that is in it. */
    public static void removeAll(Path directory) {
        remove(directory);
    }

    /** Kills a process and those that it has started, if they still run. */
    public static void end(Process process) {
        kill(process);
        synchronized (Java.class) {
            RUNNING.remove(process);
        }
    }

    /** What a journal needs, and that nobody says anything who stands below it. */
    public static List<String> journalFlags() {
        List<String> flags = new ArrayList<>(IpcJournal.requiredFlags());
        flags.add("-D" + SLF4J_VERBOSITY + "=" + QUIET);
        if (Runtime.version().feature() >= UNSAFE_FLAG) {
            flags.add("--sun-misc-unsafe-memory-access=allow");
        }
        return flags;
    }

    /** Chronicle Queue's log goes to SLF4J, which would say on standard error that nobody takes it. */
    public static void beQuiet() {
        System.setProperty(SLF4J_VERBOSITY, QUIET);
    }

    /** The command that runs a main class of this class path with these flags and arguments. */
    public static List<String> command(List<String> flags, String mainClass, List<String> arguments) {
        List<String> all = new ArrayList<>(FLAGS);
        all.addAll(flags);
        return plainCommand(all, mainClass, arguments);
    }

    /** The same without the flags that make the library fast: it then works by the JDK's means. */
    public static List<String> plainCommand(List<String> flags, String mainClass, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // Those that start together complain of each other's files for `jps`, on their standard output.
        command.add("-XX:-UsePerfData");
        command.addAll(flags);
        command.addAll(List.of("-cp", classPath(), mainClass));
        command.addAll(arguments);
        return command;
    }

    private static void stop() {
        List<Process> processes;
        List<Path> directories;
        synchronized (Java.class) {
            stopping = true;
            processes = List.copyOf(RUNNING);
            directories = List.copyOf(DIRECTORIES);
            DIRECTORIES.clear(); // so that nobody else removes one at the same time
        }
        processes.forEach(Java::kill);
        directories.forEach(Java::remove);
    }

    private static Path registered(Path directory) {
        DIRECTORIES.add(directory);
        return directory;
    }

    private static void remove(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            System.getLogger("io.interlock").log(System.Logger.Level.WARNING, "cannot remove " + directory, e);
        }
    }

    private static void kill(Process process) {
        List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
        all.add(process.toHandle());
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(handle -> handle.onExit().completeOnTimeout(handle, PATIENCE_SECONDS, TimeUnit.SECONDS).join());
    }

    /** Absolute, since a child may work in another directory. */
    private static String classPath() {
        String separator = System.getProperty("path.separator");
        List<String> entries = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(separator)) {
            entries.add(Path.of(entry).toAbsolutePath().toString());
        }
        return String.join(separator, entries);
    }
}
