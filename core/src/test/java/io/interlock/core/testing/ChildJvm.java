package io.interlock.core.testing;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Another real JVM, with the class path of the test. It talks by lines: what it prints is asked for with
 * {@link #expectLine}, what {@link #send} writes it reads from standard input. Closing kills it.
 *
 * <pre>{@code
 * try (ChildJvm child = ChildJvm.of(Main.class, "argument").start()) {
 *     child.expectLine("ready");
 *     child.kill9();
 * }
 * }</pre>
 */
public final class ChildJvm implements AutoCloseable {

    /** How long a child may say nothing before the test is given up: a guard against hanging, nothing else. */
    private static final long GUARD_SECONDS = 60;
    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");
    private static final String END = "\u0000end of output";

    private final List<String> command;
    private final Process process;
    private final Writer input;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final StringBuffer transcript = new StringBuffer();
    private final StringBuffer errors = new StringBuffer();
    private final Thread errorReader;

    private ChildJvm(List<String> command) throws IOException {
        this.command = command;
        this.process = new ProcessBuilder(command).start();
        this.input = process.outputWriter(StandardCharsets.UTF_8);
        reader(process.getInputStream(), line -> {
            transcript.append(line).append('\n');
            lines.add(line);
        }, () -> lines.add(END));
        this.errorReader = reader(process.getErrorStream(), line -> errors.append(line).append('\n'), () -> {
        });
    }

    /** Describes a JVM that runs this class; {@link Builder#start()} starts it. */
    public static Builder of(Class<?> main, String... arguments) {
        return new Builder(main, arguments);
    }

    /** The next line, which must begin like this; gives the line. */
    public String expectLine(String prefix) {
        String line = nextLine();
        if (!line.startsWith(prefix)) {
            throw new AssertionError(failure("expected a line \"" + prefix + "...\", got \"" + line + "\""));
        }
        return line;
    }

    /** The next line, whatever it says. */
    public String nextLine() {
        try {
            String line = lines.poll(GUARD_SECONDS, TimeUnit.SECONDS);
            if (line == null) {
                throw new AssertionError(failure("the child says nothing"));
            }
            if (line.equals(END)) {
                lines.add(END);
                process.waitFor(GUARD_SECONDS, TimeUnit.SECONDS);
                throw new AssertionError(failure("the child has ended"));
            }
            return line;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(failure("interrupted"), e);
        }
    }

    /** Whether a line waits to be read. */
    public boolean hasLine() {
        String line = lines.peek();
        return line != null && !line.equals(END);
    }

    /** Writes a line to the child's standard input. */
    public ChildJvm send(String line) {
        try {
            input.write(line + "\n");
            input.flush();
            return this;
        } catch (IOException e) {
            throw new AssertionError(failure("cannot send \"" + line + "\""), e);
        }
    }

    /** Sends a line and gives the one that comes back. */
    public String ask(String line) {
        return send(line).nextLine();
    }

    /** Sends a line and wants an answer that begins like this; gives the rest of it. */
    public String ask(String line, String prefix) {
        return send(line).expectLine(prefix).substring(prefix.length()).strip();
    }

    /** SIGKILL; returns when the process is gone. */
    public void kill9() {
        ProcessHandle jvm = jvm();
        jvm.destroyForcibly();
        jvm.onExit().join();
        if (jvm.pid() == process.pid()) {
            waitForExit();
        }
    }

    /** SIGKILL, without waiting for the process to be gone. */
    public void kill9Soon() {
        jvm().destroyForcibly();
    }

    /** SIGSTOP; returns when the kernel says that the process is stopped. */
    public void stop() {
        signal("STOP", true);
    }

    /** SIGCONT; returns when the process runs again. */
    public void cont() {
        signal("CONT", false);
    }

    /** Waits for the end of the process; gives its exit code. */
    public int waitForExit() {
        try {
            if (!process.waitFor(GUARD_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError(failure("the child does not end"));
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(failure("interrupted"), e);
        }
    }

    /** Whether the process is there. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** Process id of the JVM itself, as this process sees it. */
    public long pid() {
        return jvm().pid();
    }

    /** What the child wrote to standard error so far. */
    public String errors() {
        return errors.toString();
    }

    @Override
    public void close() {
        List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
        all.add(process.toHandle());
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(handle -> handle.onExit().join());
    }

    /**
     * The JVM: the child, or under a prefix that forks a descendant. What runs below a JVM is none of its own: JNA's
     * first use starts {@code ldconfig} for a moment.
     */
    private ProcessHandle jvm() {
        ProcessHandle jvm = process.toHandle();
        List<ProcessHandle> children = below(jvm);
        while (!children.isEmpty()) {
            jvm = children.get(0);
            children = below(jvm);
        }
        return jvm;
    }

    private List<ProcessHandle> below(ProcessHandle handle) {
        boolean isJvm = handle.info().command().map(Path::of).map(Path::getFileName).filter(JAVA.getFileName()::equals)
                .isPresent();
        return isJvm ? List.of() : handle.children().toList();
    }

    private void signal(String name, boolean stopped) {
        long pid = pid();
        Commands.Result result = Commands.run("kill", "-" + name, Long.toString(pid));
        if (result.exit() != 0) {
            throw new AssertionError(failure("kill -" + name + ": " + result.output()));
        }
        long begin = System.nanoTime();
        while (isStopped(pid) != stopped) {
            if (System.nanoTime() - begin > TimeUnit.SECONDS.toNanos(GUARD_SECONDS)) {
                throw new AssertionError(failure("SIG" + name + " has no effect"));
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    private static boolean isStopped(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            return stat.charAt(stat.lastIndexOf(')') + 2) == 'T';
        } catch (IOException e) {
            return false;
        }
    }

    private String failure(String what) {
        try {
            if (!process.isAlive()) {
                errorReader.join(TimeUnit.SECONDS.toMillis(GUARD_SECONDS));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return what + "\n  child: " + String.join(" ", command) + "\n  "
                + (process.isAlive() ? "still running" : "exit " + process.exitValue()) + "\n  output:\n" + transcript
                + "  errors:\n" + errors;
    }

    private static Thread reader(InputStream stream, Consumer<String> each, Runnable atEnd) {
        Thread thread = new Thread(() -> {
            try (BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                reader.lines().forEach(each);
            } catch (IOException | UncheckedIOException e) {
                each.accept("(output cut off: " + e.getMessage() + ")");
            } finally {
                atEnd.run();
            }
        }, "child-output");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** A JVM to be. */
    public static final class Builder {

        private final List<String> prefix = new ArrayList<>();
        private final List<String> flags =
                new ArrayList<>(List.of("-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto",
                        "-XX:-UsePerfData"));
        private final String main;
        private final List<String> arguments;
        private Path java = JAVA;
        private boolean export = true;
        /** Surefire may hide the real class path in the manifest of a jar, and tells it by a property of its own. */
        private String classPath =
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));

        private Builder(Class<?> main, String... arguments) {
            this.main = main.getName();
            this.arguments = List.of(arguments);
        }

        /** Without the export that Agrona's buffers need. */
        public Builder withoutExport() {
            export = false;
            return this;
        }

        /** Without JNA's native library. */
        public Builder withoutNativeLibrary() {
            return with("-Djna.nosys=true", "-Djna.boot.library.path=/nonexistent", "-Djna.noclasspath=true");
        }

        /** With more flags of the JVM. */
        public Builder with(String... more) {
            flags.addAll(Arrays.asList(more));
            return this;
        }

        /** Of another JDK. */
        public Builder on(Path home) {
            java = home.resolve("bin").resolve("java");
            return this;
        }

        /** Under a command, such as {@code unshare --pid --fork}. */
        public Builder under(String... command) {
            prefix.addAll(Arrays.asList(command));
            return this;
        }

        /** With a copy of the class path in this directory, for a user who may not read the original. */
        public Builder withCopyOfClassPath(Path directory) throws IOException {
            List<String> copies = new ArrayList<>();
            for (String entry : classPath.split(File.pathSeparator)) {
                if (Files.exists(Path.of(entry))) {
                    Path copy = directory.resolve(copies.size() + "-" + Path.of(entry).getFileName());
                    copyAll(Path.of(entry), copy);
                    copies.add(copy.toString());
                }
            }
            classPath = String.join(File.pathSeparator, copies);
            return this;
        }

        private static void copyAll(Path from, Path to) throws IOException {
            try (Stream<Path> files = Files.walk(from)) {
                for (Path file : files.toList()) {
                    Files.copy(file, to.resolve(from.relativize(file).toString()));
                }
            }
        }

        /** Starts it. */
        public ChildJvm start() {
            List<String> all = new ArrayList<>(prefix);
            all.add(java.toString());
            all.addAll(flags);
            if (export) {
                all.add("--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED");
            }
            all.add("--enable-native-access=ALL-UNNAMED");
            all.addAll(List.of("-cp", classPath, main));
            all.addAll(arguments);
            try {
                return new ChildJvm(all);
            } catch (IOException e) {
                throw new AssertionError("cannot start " + all, e);
            }
        }
    }
}
