package io.interlock.stress;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Runs all other commands. */
@Command(name = "all", description = "Runs all of the others, one after the other, each for its share of the time, and "
        + "adds up what they say.")
final class AllCommand implements Callable<Integer> {

    private static final List<Part> PARTS = List.of(new Part("sim", 25, true), new Part("kill", 35, true),
            new Part("fuzz", 10, true), new Part("quick", 10, true), new Part("jcstress", 20, false));
    private static final int HUNDRED = 100;

    @Mixin
    final Budget.OfTenMinutes budget = new Budget.OfTenMinutes();
    @Spec
    CommandSpec spec;

    private long rounds;
    private long kills;
    private long recoveries;
    private long violations;

    /** A command, its share of the time in hundredths, and whether it takes a seed. */
    private record Part(String command, int share, boolean seeded) {

        List<String> arguments(int seconds, long seed) {
            List<String> arguments = new ArrayList<>(List.of(command, "--seconds",
                    Integer.toString(Math.max(1, seconds * share / HUNDRED))));
            if (seeded) {
                arguments.addAll(List.of("--seed", Long.toString(seed)));
            }
            return arguments;
        }
    }

    @Override
    public Integer call() {
        budget.start();
        PrintWriter out = spec.commandLine().getOut();
        out.println("stress all seed=" + budget.seed() + " seconds=" + budget.seconds());
        PARTS.forEach(this::run);
        out.println("stress all rounds=" + rounds + " kills=" + kills + " recoveries=" + recoveries + " violations="
                + violations + " elapsed_ms=" + budget.elapsedMillis());
        return violations == 0 ? 0 : 1;
    }

    private void run(Part part) {
        StringWriter said = new StringWriter();
        List<String> arguments = part.arguments(budget.seconds(), budget.seed());
        int exit = Main.run(new PrintWriter(said, true), spec.commandLine().getErr(), arguments.toArray(String[]::new));
        String last = said.toString().lines().reduce("", (before, line) -> line);
        spec.commandLine().getOut().print(said);
        spec.commandLine().getOut().flush();
        rounds += number(last, "rounds");
        kills += number(last, "kills");
        recoveries += number(last, "recoveries");
        long wrong = number(last, "violations");
        violations += wrong == 0 && exit != 0 ? 1 : wrong; // one that could not even say what is wrong
    }

    /** A number of a last line; 0 if it is not there. */
    private static long number(String line, String name) {
        Matcher matcher = Pattern.compile("\\b" + name + "=(\\d+)").matcher(line);
        return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
    }
}
