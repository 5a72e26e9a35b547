package io.interlock.examples;

import io.interlock.core.Segment;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Removes a segment by name. */
@Command(name = "unlink",
        description = "Remove a segment. Processes that are attached to it go on with what they have.")
final class Unlink implements Callable<Integer> {

    @Parameters(paramLabel = "NAME", description = "A segment's name, as 'list' shows it, or a path.")
    private String name;
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Segment.unlink(SegmentArgument.pathOf(spec, name));
        spec.commandLine().getOut().println("unlink name=" + name);
        return 0;
    }
}
