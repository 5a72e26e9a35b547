package io.interlock.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.interlock.examples.Programs.Outcome;
import io.interlock.examples.Programs.Running;
import io.interlock.journal.IpcJournal;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs of README.md do what it says, exactly as they stand there. */
class ReadmeIT {

    private static final Pattern PROGRAM = Pattern.compile("```java\n(.*?public class (\\w+) .*?)```", Pattern.DOTALL);
    private static final Pattern JOURNAL_COMMAND =
            Pattern.compile("^java (--[^`]*?) -cp \\S+ Orders\\.java$", Pattern.MULTILINE);

    @TempDir
    private Path directory;

    @Test
    void theProgramsCompileAndRun() throws Exception {
        assertEquals(List.of("Counter", "Producer", "Consumer", "Greetings", "Orders"), compile());

        Running first = start("Counter");
        Running second = start("Counter");
        List<String> counts = new ArrayList<>(first.await().out());
        counts.addAll(second.await().out());
        assertTrue(counts.contains("counter=200000"), counts.toString());

        Running consumer = start("Consumer");
        Running producer = start("Producer");
        assertEquals(lines("produced -> "), producer.await().out());
        Outcome consumed = consumer.await();
        assertEquals(lines("consumed <- "), consumed.out());
        assertEquals(List.of(), consumed.err());

        assertEquals(List.of("hello"), start("Greetings").await().out());

        assertEquals(List.of("0: a dozen eggs"), start("Orders", journalFlags()).await().out());
        assertEquals(List.of("1: a dozen eggs"), start("Orders", journalFlags()).await().out());
    }

    /** As they stand in the README. */
    private static List<String> journalFlags() throws IOException {
        Matcher command = JOURNAL_COMMAND.matcher(Files.readString(readme()));
        assertTrue(command.find());
        List<String> flags = List.of(command.group(1).trim().split("[\\s\\\\]+"));
        assertEquals(IpcJournal.requiredFlags(), flags);
        return flags;
    }

    private static List<String> lines(String begin) {
        return IntStream.range(0, 10).mapToObj(i -> begin + i).toList();
    }

    private Running start(String program) throws IOException {
        return start(program, List.of());
    }

    private Running start(String program, List<String> flags) throws IOException {
        Path segments = Files.createDirectories(directory.resolve("segments"));
        return Programs.start(flags, segments, directory, directory.resolve("classes") + File.pathSeparator, program);
    }

    /** Compiles what stands in the README, and returns the names of the classes. */
    private List<String> compile() throws IOException {
        List<String> names = new ArrayList<>();
        List<Path> sources = new ArrayList<>();
        Matcher program = PROGRAM.matcher(Files.readString(readme()));
        while (program.find()) {
            names.add(program.group(2));
            sources.add(Files.writeString(directory.resolve(program.group(2) + ".java"), program.group(1)));
        }
        Path classes = Files.createDirectories(directory.resolve("classes"));
        StringWriter messages = new StringWriter();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            boolean compiled = compiler.getTask(messages, files, null,
                    List.of("-proc:none", "-d", classes.toString(), "-cp", System.getProperty("java.class.path")), null,
                    files.getJavaFileObjectsFromPaths(sources)).call();
            assertTrue(compiled, messages.toString());
        }
        return names;
    }

    private static Path readme() {
        Path directory = Path.of("").toAbsolutePath();
        while (!Files.exists(directory.resolve("README.md"))) {
            directory = directory.getParent();
        }
        return directory.resolve("README.md");
    }
}
