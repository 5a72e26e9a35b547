package io.interlock.examples;

import io.interlock.core.error.InterlockException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command line: results on standard output, everything else on standard error. */
@Command(name = "interlock", description = "Shared memory between Java processes: examples, and a look into segments.",
        synopsisSubcommandLabel = "COMMAND", exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:what was judged holds", "1:it does not, or a segment was refused", "2:wrong usage"},
        footer = "%n'COMMAND --help' tells more about a command.",
        subcommands = {Demo.class, Counter.class, BoundedBuffer.class, Values.class, Reentrancy.class,
            EventExample.class, ConditionExample.class, LockPrinter.class, QueueExample.class, PipeExample.class,
            JournalExample.class, Primes.class, Inspect.class, ListSegments.class, Unlink.class})
public final class Main implements Callable<Integer> {

    @Option(names = {"-h", "--help"}, usageHelp = true, scope = ScopeType.INHERIT,
            description = "Show this help and exit.")
    private boolean help;

    @Spec
    private CommandSpec spec;

    /** Runs a command and exits with its exit code. */
    public static void main(String[] args) {
        PrintWriter out = new PrintWriter(System.out, true);
        PrintWriter err = new PrintWriter(System.err, true);
        System.exit(run(out, err, args));
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

    private static int onWrongUsage(ParameterException e, String[] args) {
        String command = e.getCommandLine().getCommandSpec().qualifiedName();
        e.getCommandLine().getErr().println(inOneLine(e.getMessage()) + "; see '" + command + " --help'");
        return ExitCode.USAGE;
    }

    private static int onFailure(Exception e, CommandLine command, CommandLine.ParseResult parsed) {
        if (!Workers.isStopping()) {
            boolean expected = e instanceof InterlockException || e instanceof WorkerFailedException;
            String what = expected ? e.getMessage() : e.toString();
            command.getErr().println(command.getCommandName() + ": " + inOneLine(what));
        }
        return ExitCode.SOFTWARE;
    }

    static String inOneLine(String text) {
        return String.valueOf(text).strip().replaceAll("\\s*\\R\\s*", " ");
    }
}
