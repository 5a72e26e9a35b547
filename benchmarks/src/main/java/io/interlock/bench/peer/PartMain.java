package io.interlock.bench.peer;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

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

    /** Until standard input ends. */
    public static void main(String[] args) throws Exception {
        Part part = Class.forName(args[0]).asSubclass(Part.class).getConstructor(Part.Setting.class)
                .newInstance(new Part.Setting(Path.of(args[1]), Integer.parseInt(args[2]), Integer.parseInt(args[3]),
                        Long.parseLong(args[4]), List.of(args).subList(WORDS, args.length)));
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        System.out.println("ready");
        while (in.readLine() != null) {
            System.out.println(part.round().line());
        }
        System.exit(0); // whatever threads a peer has left
    }
}
