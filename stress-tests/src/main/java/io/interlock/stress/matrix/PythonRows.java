package io.interlock.stress.matrix;

import io.interlock.stress.Java;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The same kills with Python's {@code multiprocessing}, if this machine has a Python 3.8 or later that can: a script
 * tries them with real processes, and here its lines are read. A machine without Python has no rows, and that is no
 * failure.
 *
 * @param python which one, such as {@code CPython 3.13.0}; empty if none answered
 * @param rows   what was seen, by row id, in the order of the script; rows that could not be tried are missing
 * @param whyNot why rows are missing, a line each; empty if all are there
 */
public record PythonRows(String python, Map<String, PythonRow> rows, List<String> whyNot) {

    private static final String COMMAND = "python3";
    private static final String SCRIPT = "python_kills.py";
    private static final Pattern ROW = Pattern.compile("([a-z][a-z-]*)\t([1-9]\\d*)\t([^\t]+)\t(-|-?\\d+\\.\\d+)");
    private static final String VERSION = "# ";

    /**
     * Runs the script.
     *
     * @param limit after this it is ended, and there are no rows; it takes about 9 s
     */
    public static PythonRows run(Duration limit) throws InterruptedException {
        return run(COMMAND, limit);
    }

    /** The same with another command. */
    static PythonRows run(String python, Duration limit) throws InterruptedException {
        Process process;
        try {
            process = Java.start(new ProcessBuilder(python, "-").redirectErrorStream(true));
        } catch (IOException e) {
            return none("cannot start " + python + ": " + e.getMessage());
        }
        try {
            return parse(output(process).get(limit.toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            return none(python + " was not done after " + limit.toSeconds() + " s");
        } catch (ExecutionException e) {
            return none("cannot talk to " + python + ": " + e.getCause());
        } finally {
            Java.end(process);
        }
    }

    private static PythonRows none(String whyNot) {
        return new PythonRows("", Map.of(), List.of(whyNot));
    }

    /** Gives the script to a process and reads all that it says. */
    private static CompletableFuture<String> output(Process process) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                try (OutputStream in = process.getOutputStream()) {
                    in.write(script());
                }
                return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** The script, a resource beside this class. */
    static byte[] script() {
        try (InputStream in = PythonRows.class.getResourceAsStream(SCRIPT)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + SCRIPT, e);
        }
    }

    /** Reads what the script has said; what is neither a row nor its version is a reason why a row is missing. */
    static PythonRows parse(String said) {
        String python = "";
        Map<String, PythonRow> rows = new LinkedHashMap<>();
        List<String> whyNot = new ArrayList<>();
        for (String line : said.lines().toList()) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                rows.put(row.group(1), rowOf(row));
            } else if (line.startsWith(VERSION)) {
                python = line.substring(VERSION.length());
            } else if (!line.isBlank()) {
                whyNot.add(line);
            }
        }
        if (rows.isEmpty() && whyNot.isEmpty()) {
            whyNot.add("the script said nothing");
        }
        return new PythonRows(python, rows, whyNot);
    }

    private static PythonRow rowOf(Matcher row) {
        String median = row.group(4);
        return new PythonRow(Integer.parseInt(row.group(2)), row.group(3),
                "-".equals(median) ? OptionalDouble.empty() : OptionalDouble.of(Double.parseDouble(median)));
    }
}
