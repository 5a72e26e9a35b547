package io.interlock.bench.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What was measured on, and what: hardware, kernel, JDK, and the versions of all peers. No path of the machine. */
public final class Machine {

    private static final int PATIENCE_SECONDS = 10;
    private static final String NONE = "none";
    private static final Pattern MODEL = Pattern.compile("(?m)^model name\\s*:\\s*(.+)$");
    private static final Pattern BOOST = Pattern.compile("#define BOOST_LIB_VERSION \"([^\"]+)\"");

    private Machine() {
    }

    /** Each under its name, in the order in which they are told. */
    public static Map<String, String> facts() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("Processor", processor());
        facts.put("Processors", Integer.toString(Runtime.getRuntime().availableProcessors()));
        facts.put("Kernel", property("os.name") + " " + property("os.version"));
        facts.put("JDK", property("java.vendor") + " " + property("java.runtime.version"));
        facts.put("C library", firstLine("getconf", "GNU_LIBC_VERSION").orElse("not glibc"));
        facts.put("C compiler", firstLine("cc", "--version").orElse(NONE));
        facts.put("Boost", boost().orElse(NONE));
        facts.put("Python", firstLine("python3", "--version").orElse(NONE));
        facts.put("Java artifacts", artifacts());
        return facts;
    }

    private static String processor() {
        return found(Path.of("/proc/cpuinfo"), MODEL).orElse(property("os.arch"));
    }

    private static Optional<String> boost() {
        return Stream.of("/usr/include", "/usr/local/include")
                .flatMap(each -> found(Path.of(each, "boost", "version.hpp"), BOOST).stream())
                .map(version -> version.replace('_', '.')).findFirst();
    }

    /** Those that the build has put in. */
    private static String artifacts() {
        Properties versions = new Properties();
        try (InputStream in = Machine.class.getResourceAsStream("versions.properties")) {
            versions.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return versions.stringPropertyNames().stream().sorted()
                .map(name -> name + " " + versions.getProperty(name)).collect(Collectors.joining(", "));
    }

    private static Optional<String> found(Path file, Pattern pattern) {
        try {
            Matcher matcher = pattern.matcher(Files.readString(file));
            return matcher.find() ? Optional.of(matcher.group(1).strip()) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** What a program says first; nothing if it is not there, fails or takes long. */
    private static Optional<String> firstLine(String... command) {
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            try {
                process.getOutputStream().close();
                if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                    return Optional.empty();
                }
                String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                return said.lines().map(String::strip).filter(line -> !line.isEmpty()).findFirst();
            } finally {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static String property(String name) {
        return System.getProperty(name, "unknown");
    }
}
