package io.interlock.bench.peer;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;

/** A JVM of a peer: does its part whenever it is told to. */
public final class PartMain {

    private static final int WORDS = 5;

    private PartMain() {
    }

    /** What {@link #main} understands. */
    static List<String> arguments(Class<? extends Part> part, Part.Setting setting) {
        List<String> arguments = new ArrayList<>(List.of(part.getName(), setting.directory().toString(),
                Integer.toString(setting.number()), Integer.toString(setting.processes()),
                Long.toString(setting.operations())));
        arguments.addAll(setting.words());
        return arguments;
    }

    /** Until standard input ends, or its part fails. */
    public static void main(String[] args) {
        try {
            serve(args);
        } catch (Exception | Error e) {
            e.printStackTrace();
            Runtime.getRuntime().halt(1);
        }
    }

    private static void serve(String[] args) throws Exception {
        Part part = Class.forName(args[0]).asSubclass(Part.class).getConstructor(Part.Setting.class)
                .newInstance(new Part.Setting(Path.of(args[1]), Integer.parseInt(args[2]), Integer.parseInt(args[3]),
                        Long.parseLong(args[4]), List.of(args).subList(WORDS, args.length)));
        Semaphore rounds = new Semaphore(0);
        Thread reader = new Thread(() -> read(rounds), "rounds");
        reader.setDaemon(true);
        reader.start();
        System.out.println("ready");
        while (true) {
            rounds.acquire();
            System.out.println(part.round().line());
        }
    }

    /** Also in the middle of a round: when nobody listens any more, it ends with whatever threads a peer has left. */
    private static void read(Semaphore rounds) {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            while (in.readLine() != null) {
                rounds.release();
            }
            Runtime.getRuntime().halt(0);
        } catch (IOException e) {
            Runtime.getRuntime().halt(1);
        }
    }
}
