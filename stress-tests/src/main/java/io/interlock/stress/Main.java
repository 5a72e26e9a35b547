package io.interlock.stress;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command line of the stress suite: results on standard output, everything else on standard error. */
@Command(name = "stress", description = "Tries to break the library, and judges what comes out.",
        synopsisSubcommandLabel = "COMMAND", exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:no violation", "1:violations, or the run failed", "2:wrong usage"},
        footer = "%n'stress COMMAND --help' tells more about a command.",
        subcommands = {QuickCommand.class, SimCommand.class, JcstressCommand.class, KillCommand.class,
            FuzzCommand.class, AllCommand.class})
public final class Main implements Callable<Integer> {

    @Option(names = {"-h", "--help"}, usageHelp = true, scope = ScopeType.INHERIT,
            description = "Show this help and exit.")
    private boolean help;

    @Spec
    private CommandSpec spec;

    /** Runs a command and exits with its exit code. */
    public static void main(String[] args) {
        System.exit(run(new PrintWriter(System.out, true), new PrintWriter(System.err, true), args));
    }

    static int run(PrintWriter out, PrintWriter err, String... args) {
        return new CommandLine(new Main()).setOut(out).setErr(err).setParameterExceptionHandler(Main::onWrongUsage)
                .setExecutionExceptionHandler(Main::onFailure).execute(args);
    }

    /** Without a command there is nothing to do. */
    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "Missing command");
    }

    /** Refuses a number with which a command cannot work. */
    static void checkRange(CommandSpec spec, String option, long value, long min, long max) {
        if (value < min || value > max) {
            throw new ParameterException(spec.commandLine(),
                    option + " must be in [" + min + ", " + max + "], " + option + "=" + value);
        }
    }

    /** The regular expression of {@code --only}. */
    static Pattern pattern(CommandSpec spec, String only) {
        try {
            return Pattern.compile(only);
        } catch (PatternSyntaxException e) {
            throw new ParameterException(spec.commandLine(),
                    "--only must be a regular expression: " + e.getDescription() + ", --only=" + only);
        }
    }

    private static int onWrongUsage(ParameterException e, String[] args) {
        String command = e.getCommandLine().getCommandSpec().qualifiedName();
        e.getCommandLine().getErr().println(Failures.inOneLine(e.getMessage()) + "; see '" + command + " --help'");
        return ExitCode.USAGE;
    }

    private static int onFailure(Exception e, CommandLine command, CommandLine.ParseResult parsed) {
        if (!Java.isStopping()) {
            command.getErr().println(command.getCommandSpec().qualifiedName() + ": " + Failures.inOneLine(e
                    .toString()));
        }
        return ExitCode.SOFTWARE;
    }
}
