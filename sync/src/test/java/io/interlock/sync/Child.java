package io.interlock.sync;

import io.interlock.core.Segment;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A real JVM that runs {@link Puppet} on a segment and does what it is told, line by line. */
final class Child implements AutoCloseable {

    static final String EXPORT = "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED";
    /** Keeps JNA from finding its native library anywhere. */
    static final List<String> NO_NATIVE_CALLS = List.of("-Djna.noclasspath=true", "-Djna.nosys=true",
            "-Djna.boot.library.path=" + Path.of("no-such-directory").toAbsolutePath());

    private static final long HANG_GUARD_SECONDS = 60;
    private static final String END = "end of output";

    private final Process process;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final StringBuffer errors = new StringBuffer();
    private final PrintStream input;
    private long killedAt;

    private Child(List<String> command) {
        try {
            process = new ProcessBuilder(command).start();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        input = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        drain(process.getInputStream(), lines::add, () -> lines.add(END));
        drain(process.getErrorStream(), line -> errors.append(line).append('\n'), () -> {
        });
    }

    /** Starts one and does not wait until it is ready. */
    static Child start(Segment segment) {
        return start(segment, List.of(), List.of(EXPORT));
    }

    /** Starts one behind a prefix of the command line, with these flags beside the usual ones. */
    static Child start(Segment segment, List<String> prefix, List<String> flags) {
        List<String> command = new ArrayList<>(prefix);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-Xmx128m", "-Xshare:auto",
                "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path")));
        command.addAll(flags);
        command.add(Puppet.class.getName());
        command.add(segment.path().toString());
        return new Child(command);
    }

    /** Starts several at once and waits until all are attached. */
    static List<Child> start(Segment segment, int count) {
        List<Child> children = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            children.add(start(segment));
        }
        children.forEach(Child::ready);
        return children;
    }

    Child ready() {
        return expect("ready");
    }

    Child tell(String command) {
        input.println(command);
        return this;
    }

    /** The next line of its output. */
    String line() {
        try {
            String line = lines.poll(HANG_GUARD_SECONDS, TimeUnit.SECONDS);
            if (line == null || line.equals(END)) {
                throw new AssertionError((line == null ? "the child hangs" : "the child has ended") + "\n" + errors);
            }
            return line;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    String ask(String command) {
        return tell(command).line();
    }

    Child expect(String expected) {
        String line = line();
        if (!line.equals(expected)) {
            throw new AssertionError("the child said \"" + line + "\", expected \"" + expected + "\"\n" + errors);
        }
        return this;
    }

    boolean hasSaidSomething() {
        return !lines.isEmpty();
    }

    /** SIGKILL; also of a JVM behind a prefix. */
    void kill() {
        killedAt = System.nanoTime();
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    /** SIGKILL to the JVM behind a prefix, the prefix itself ends then. */
    void killInner() {
        killedAt = System.nanoTime();
        process.descendants().forEach(ProcessHandle::destroyForcibly);
    }

    /** Milliseconds since {@link #kill}. */
    long millisSinceKill() {
        return (System.nanoTime() - killedAt) / 1_000_000;
    }

    void awaitEnd() {
        try {
            if (!process.waitFor(HANG_GUARD_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("the child does not end");
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** SIGSTOP; returns once the kernel has stopped it. */
    void stop() {
        signal("-STOP");
        Until.isTrue("the child is stopped", () -> state() == 'T');
    }

    /** SIGCONT. */
    void cont() {
        signal("-CONT");
    }

    private char state() {
        try {
            String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
            return stat.charAt(stat.lastIndexOf(')') + 2);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void signal(String signal) {
        run("kill", signal, String.valueOf(process.pid()));
    }

    /** Runs a program to its end; false if it fails or is not there. */
    static boolean run(String... command) {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        kill();
        awaitEnd();
    }

    static void close(List<Child> children) {
        children.forEach(Child::close);
    }

    private static void drain(InputStream stream, java.util.function.Consumer<String> sink, Runnable end) {
        Thread reader = new Thread(() -> {
            try (BufferedReader in = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                for (String line = in.readLine(); line != null; line = in.readLine()) {
                    sink.accept(line);
                }
            } catch (IOException e) {
                sink.accept(e.toString());
            } finally {
                end.run();
            }
        }, "child-output");
        reader.setDaemon(true);
        reader.start();
    }
}
