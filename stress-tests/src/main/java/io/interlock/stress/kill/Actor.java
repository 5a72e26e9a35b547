package io.interlock.stress.kill;

import io.interlock.core.platform.CrashPoints;
import io.interlock.core.port.Mem;
import io.interlock.stress.Failures;
import io.interlock.stress.Proc;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.BiFunction;

/**
 * The process that does a deed and stands still at a crash point. It says {@code ready PID}, and for each line
 * {@code deed point path} on its standard input it answers on its standard output: {@code waiting STAGE THREAD} when it
 * is about to sleep for the first time; {@code pausing} when it lets the watcher do something, and
 * {@code at N STAGE LABEL} at the point, after both of which it waits for another line; and {@code done N}, N being the
 * number of points, or {@code failed WHY}. The deed {@code NAME!} is what comes before the deed of that name.
 */
public final class Actor implements Points.Told {

    private final PrintStream out = System.out;
    private final BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    private final Points points;

    private final String thread;

    private Actor(BiFunction<Mem, Points, Mem> memory) throws IOException {
        points = new Points(this, memory);
        thread = Proc.thread();
    }

    /** Serves until its standard input ends. */
    public static void main(String[] args) throws IOException {
        serve(WatchedMem::new);
    }

    /** The same with memory that does not all that it is told, or more. */
    static void serve(BiFunction<Mem, Points, Mem> memory) throws IOException {
        new Actor(memory).serve();
    }

    private void serve() throws IOException {
        CrashPoints.watch(points);
        tell("ready " + Proc.self());
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.split(" ", 3);
            act(words[0], Integer.parseInt(words[1]), Path.of(words[2]));
        }
    }

    private void act(String name, int point, Path path) {
        System.setProperty("interlock.dir", path.getParent().toString());
        points.arm(point);
        try {
            if (name.endsWith("!")) {
                Deeds.byName(name.substring(0, name.length() - 1)).before().act(path, points);
            } else {
                Deeds.byName(name).act(path, points);
            }
            tell("done " + points.passed());
        } catch (Exception | Error e) {
            tell("failed " + Failures.describe(e));
        } finally {
            points.over();
        }
    }

    @Override
    public void at(int point, String stage, String label) {
        tell("at " + point + " " + stage + " " + label);
        awaitGo();
    }

    @Override
    public void pausing() {
        tell("pausing");
        awaitGo();
    }

    private void awaitGo() {
        try {
            if (in.readLine() == null) {
                Runtime.getRuntime().halt(0); // nobody watches any more
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void waiting(String stage) {
        tell("waiting " + stage + " " + thread);
    }

    private void tell(String line) {
        out.println(line);
        out.flush();
    }
}
