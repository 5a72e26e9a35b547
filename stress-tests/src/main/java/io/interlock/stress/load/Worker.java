package io.interlock.stress.load;

import io.interlock.stress.Proc;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The process of a worker. It says {@code ready PID}, and obeys what comes on its standard input:
 *
 * <dl>
 * <dt>{@code work WORKLOAD SEGMENT LOG PROCESS SEAT SEED}</dt><dd>takes a seat; answer {@code working}</dd>
 * <dt>{@code stop}</dt><dd>ends its turn; answer {@code stopped}</dd>
 * <dt>{@code leave}</dt><dd>closes the segment, when all others have stopped; answer {@code left}</dd>
 * <dt>{@code dump}</dt><dd>says where it is: {@code stack TEXT}</dd>
 * </dl>
 *
 * <p>What must not be it says at once: {@code wrong TEXT}. If that was in the middle of something it was told to do,
 * the answer is {@code failed}. It ends with its input.
 */
public final class Worker {

    private final PrintStream out = System.out;
    private Session session;

    private Worker() {
    }

    /** Serves until its standard input ends; the argument is a directory for what it needs. */
    public static void main(String[] args) throws IOException, InterruptedException {
        WarmUp.run(Path.of(args[0]));
        new Worker().serve();
        System.exit(0);
    }

    private void serve() throws IOException, InterruptedException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        say("ready " + Proc.self());
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            say(obey(line.split(" ")));
        }
    }

    /** Whatever the library throws is told, or people would see a worker that has ended for no reason. */
    private String obey(String[] words) throws InterruptedException {
        try {
            return answer(words);
        } catch (IOException | RuntimeException | Error e) {
            say(Session.describe(e));
            return "failed";
        }
    }

    private String answer(String[] words) throws IOException, InterruptedException {
        return switch (words[0]) {
            case "work" -> {
                session = Session.begin(words, this::say);
                yield "working";
            }
            case "stop" -> {
                session.stop();
                yield "stopped";
            }
            case "leave" -> {
                session.leave();
                yield "left";
            }
            case "dump" -> "stack " + session.stack();
            default -> throw new IllegalArgumentException(words[0]);
        };
    }

    /** A line at a time: two threads speak. */
    private synchronized void say(String line) {
        out.println(line);
        out.flush();
    }
}
