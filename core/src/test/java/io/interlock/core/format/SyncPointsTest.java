package io.interlock.core.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.interlock.core.testing.Projects;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Reads the sources: every named place where processes meet has both of its sides, and stands in a layout table. */
class SyncPointsTest {

    private static final List<String> MODULES = List.of("core", "sync", "ipc-memory", "journal");
    /** One side: a comment at the access itself. */
    private static final Pattern SIDE = Pattern.compile("// SYNC ([a-z][\\w-]*(?:\\.[\\w-]+)+)");
    /** A word of a layout declaration. */
    private static final Pattern TABLE = Pattern.compile("\"[^\"]*\\[SYNC ([a-z][\\w-]*(?:\\.[\\w-]+)+)][^\"]*\"");
    private static final Pattern JAVADOC = Pattern.compile("^\\s*\\*.*");

    private final Map<String, Integer> sides = new TreeMap<>();
    private final Set<String> tables = new TreeSet<>();

    SyncPointsTest() throws IOException {
        for (String module : MODULES) {
            Path sources = Projects.root().resolve(module).resolve("src/main/java");
            if (Files.isDirectory(sources)) {
                try (Stream<Path> files = Files.walk(sources)) {
                    for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                        scan(file);
                    }
                }
            }
        }
    }

    @Test
    void everySyncPointHasTwoSidesAtLeast() {
        Set<String> oneSided = new TreeSet<>(tables);
        oneSided.addAll(sides.keySet());
        oneSided.removeIf(name -> sides.getOrDefault(name, 0) >= 2);
        assertEquals(Set.of(), oneSided, "these names lack a comment \"// SYNC name: ...\" at one of their sides");
    }

    @Test
    void everySyncPointStandsInALayoutTable() {
        Set<String> missing = new TreeSet<>(sides.keySet());
        missing.removeAll(tables);
        assertEquals(Set.of(), missing, "these names stand in no layout table, as \"[SYNC name]\"");
    }

    @Test
    void thereAreSyncPoints() {
        assertFalse(sides.isEmpty() || tables.isEmpty());
    }

    private void scan(Path file) throws IOException {
        for (String line : Files.readAllLines(file)) {
            if (JAVADOC.matcher(line).matches()) {
                continue;
            }
            for (Matcher m = SIDE.matcher(line); m.find();) {
                sides.merge(m.group(1), 1, Integer::sum);
            }
            for (Matcher m = TABLE.matcher(line); m.find();) {
                tables.add(m.group(1));
            }
        }
    }
}
