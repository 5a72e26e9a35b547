package io.interlock.examples;

import io.interlock.core.attach.ParticipantInfo;
import io.interlock.core.attach.ParticipantInfo.State;
import io.interlock.core.inspect.SegmentInspector;
import io.interlock.core.inspect.SegmentInspector.ObjectReport;
import io.interlock.core.inspect.SegmentInspector.Report;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints what is in a segment, whether anybody uses it or not. */
@Command(name = "inspect", description = "Show what is in a segment, live or abandoned: its header, the processes that "
        + "use or used it, its objects and their state. Only reads.")
final class Inspect implements Callable<Integer> {

    @Parameters(paramLabel = "NAME|PATH", description = "A segment's name, as 'list' shows it, or a path with a slash.")
    private String segment;
    @Option(names = "--json", description = "Print JSON.")
    private boolean json;
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Path path = SegmentArgument.pathOf(spec, segment);
        Report report = SegmentInspector.inspect(path);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(Json.of(asMap(path, report)));
        } else {
            print(path, report, out);
        }
        return 0;
    }

    private static Map<String, Object> asMap(Path path, Report report) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("path", path.toString());
        map.put("header", report.header());
        map.put("participants", report.participants().stream().map(Inspect::asMap).toList());
        map.put("objects", report.objects().stream().map(Inspect::asMap).toList());
        return map;
    }

    private static Map<String, Object> asMap(ParticipantInfo participant) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("slot", participant.slot());
        map.put("generation", participant.generation());
        map.put("alive", participant.alive());
        map.put("state", word(participant));
        map.put("pid", participant.pid());
        map.put("command", participant.command());
        map.put("processStarted", participant.processStarted());
        map.put("attached", participant.attached());
        return map;
    }

    private static Map<String, Object> asMap(ObjectReport object) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", object.id());
        map.put("name", object.name());
        map.put("type", object.type());
        map.put("offset", object.offset());
        map.put("length", object.length());
        map.put("state", object.state());
        return map;
    }

    private static void print(Path path, Report report, PrintWriter out) {
        out.println("segment " + printable(path.toString()));
        report.header().forEach((name, value) -> out.printf("  %-16s %s%n", words(name), value));
        out.printf("%nparticipants: %d alive, %d left, %d dead%n", count(report, State.ALIVE), count(report,
                State.LEFT),
                count(report, State.DEAD));
        print(report.participants(), out);
        out.printf("%nobjects: %d%n", report.objects().size());
        for (ObjectReport object : report.objects()) {
            out.printf("  %-24s %-14s %s%n", printable(object.name()), object.type(), state(object.state()));
        }
    }

    private static void print(List<ParticipantInfo> participants, PrintWriter out) {
        if (!participants.isEmpty()) {
            out.printf("  %-8s %-6s %-8s %-21s %s%n", "slot.gen", "state", "pid", "attached", "command");
        }
        for (ParticipantInfo one : participants) {
            out.printf("  %-8s %-6s %-8d %-21s %s%n", one.slot() + "." + one.generation(),
                    word(one), one.pid(), one.attached().truncatedTo(ChronoUnit.SECONDS),
                    printable(one.command()));
        }
    }

    private static long count(Report report, State state) {
        return report.participants().stream().filter(one -> one.state() == state).count();
    }

    private static String word(ParticipantInfo participant) {
        return participant.state().name().toLowerCase(Locale.ROOT);
    }

    private static String state(Map<String, Object> state) {
        return state.entrySet().stream().map(e -> words(e.getKey()) + " " + printable(String.valueOf(e.getValue())))
                .collect(Collectors.joining(", "));
    }

    /** {@code freeBytes} becomes {@code free bytes}. */
    private static String words(String name) {
        return name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
    }

    /** Names come from a file that anybody may have written: nothing of them may steer the terminal. */
    private static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }
}
