package io.interlock.examples;

import io.interlock.core.Segment;
import io.interlock.memory.IpcDoubleArray;
import io.interlock.memory.IpcInt;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Another process sets a value and negates an array. */
@Command(name = "values", description = "A process sets a shared number to 100 and negates a shared array.")
final class Values implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        try (Segment segment = Segment.temporary(); Workers workers = new Workers(segment)) {
            IpcInt value = IpcInt.create(segment, "value", 0);
            IpcDoubleArray array = IpcDoubleArray.createOf(segment, "array", 1.0, 2.0, 3.0);
            workers.start("values");
            workers.run(() -> {});
            String line = "values value=" + value.get() + " array=" + text(array.toArray());
            spec.commandLine().getOut().println(line);
            return line.equals("values value=100 array=[-1.0,-2.0,-3.0]") ? 0 : 1;
        }
    }

    private static String text(double[] array) {
        return Arrays.stream(array).mapToObj(Double::toString).collect(Collectors.joining(",", "[", "]"));
    }

    /** The other process. */
    static void fill(Segment segment, List<String> arguments) throws InterruptedException {
        IpcInt value = IpcInt.open(segment, "value");
        IpcDoubleArray array = IpcDoubleArray.open(segment, "array");
        StartLine.await(segment);
        value.set(100);
        for (int i = 0; i < array.length(); i++) {
            array.set(i, -array.get(i));
        }
    }
}
