package io.interlock.examples;

import io.interlock.core.Segment;
import io.interlock.core.SegmentInfo;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Shows the segments of the default directory. */
@Command(name = "list", description = "Show the segments of this user, one a line: name, size, processes attached.")
final class ListSegments implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        List<SegmentInfo> segments = Segment.list();
        PrintWriter out = spec.commandLine().getOut();
        for (SegmentInfo segment : segments) {
            String use = segment.usable() ? "attached=" + segment.attached() : "unusable: " + segment.problem();
            out.println("segment name=" + segment.name() + " size_bytes=" + segment.sizeBytes() + " " + use);
        }
        out.println("list segments=" + segments.size());
        return 0;
    }
}
