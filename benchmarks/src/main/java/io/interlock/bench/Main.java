package io.interlock.bench;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ParameterException;

/** The command line of the benchmarks: results on standard output, everything else on standard error. */
public final class Main {

    private Main() {
    }

    /** Measures, and exits with its exit code. */
    public static void main(String[] args) {
        System.setProperty("java.awt.headless", "true"); // charts are drawn without a screen
        System.exit(run(new PrintWriter(System.out, true), new PrintWriter(System.err, true), args));
    }

    static int run(PrintWriter out, PrintWriter err, String... args) {
        return new CommandLine(new BenchCommand()).setOut(out).setErr(err)
                .setParameterExceptionHandler(Main::onWrongUsage).setExecutionExceptionHandler(Main::onFailure)
                .execute(args);
    }

    private static int onWrongUsage(ParameterException e, String[] args) {
        e.getCommandLine().getErr().println(inOneLine(e.getMessage()) + "; see 'bench --help'");
        return ExitCode.USAGE;
    }

    private static int onFailure(Exception e, CommandLine command, CommandLine.ParseResult parsed) {
        if (!WorkDirectory.isEnding()) {
            command.getErr().println("bench: " + e);
        }
        return ExitCode.SOFTWARE;
    }

    private static String inOneLine(String text) {
        return String.valueOf(text).strip().replaceAll("\\s*\\R\\s*", " ");
    }
}
