package io.interlock.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.interlock.core.testing.ChildJvm;
import io.interlock.core.testing.TestDirs;
import io.interlock.memory.Codec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A journal is shared by JVMs of different versions. */
class JournalJdkIT {

    private static final Path INSTALLED = Path.of("/usr/lib/jvm");

    @RegisterExtension
    final TestDirs dirs = new TestDirs();
    private ChildJvm other;

    /** Of the newest other version that there is. */
    @BeforeEach
    void startTheOther() throws IOException {
        Optional<Path> java = otherJava();
        Assumptions.assumeTrue(java.isPresent(), "skipped, there is no other JDK here");
        other = dirs.closeLater(JournalChild.builder().on(java.get()).start());
        other.expectLine("ready");
        Children.open(other, dirs.path("j"), Roll.SECOND);
    }

    private static Optional<Path> otherJava() throws IOException {
        List<Path> homes = new ArrayList<>();
        for (int version = 17; version < 40; version++) {
            Optional.ofNullable(System.getenv("JAVA" + version + "_HOME")).map(Path::of).ifPresent(homes::add);
        }
        if (Files.isDirectory(INSTALLED)) {
            try (Stream<Path> found = Files.list(INSTALLED)) {
                found.sorted().forEach(homes::add);
            }
        }
        return homes.stream().filter(home -> Files.isExecutable(home.resolve("bin/java")) && isAnother(home))
                .reduce((earlier, later) -> later);
    }

    /** Whether a JDK says that it is of another version than this JVM, and new enough. */
    private static boolean isAnother(Path home) {
        try {
            String version = Files.readString(home.resolve("release")).replaceAll("(?s).*JAVA_VERSION=\"(\\d+).*",
                    "$1");
            return Integer.parseInt(version) >= 17 && Integer.parseInt(version) != Runtime.version().feature();
        } catch (IOException | NumberFormatException e) {
            return false;
        }
    }

    private IpcJournal<String> open() {
        return dirs.closeLater(IpcJournal.openOrCreate(dirs.path("j"), Codec.utf8()));
    }

    private static List<String> all(IpcJournal<String> journal) {
        List<String> all = new ArrayList<>();
        journal.replay(0, (index, message) -> all.add(message));
        return all;
    }

    @Tag("proof")
    @Test
    void readsWhatTheOtherHasWritten() {
        other.ask("append-all a b c", "appended 0");
        other.ask("roll", "rolled");
        other.ask("append d", "appended 3");
        other.ask("close", "closed");
        assertEquals(List.of("a", "b", "c", "d"), all(open()));
    }

    @Tag("proof")
    @Test
    void isReadByTheOther() {
        try (IpcJournal<String> journal = open()) {
            journal.appendAll(List.of("a", "b", "c"));
            Inside.beginNewFile(journal);
            journal.append("d");
        }
        assertEquals("0a 1b 2c 3d", other.ask("read-all", "read"));
    }

    @Test
    void appendsAndTailsInTurnWithTheOther() throws InterruptedException {
        IpcJournal<String> journal = open();
        other.ask("tailer theirs", "tailer at 0");
        try (JournalTailer<String> tailer = journal.tailer("mine")) {
            for (int i = 0; i < 20; i += 2) {
                assertEquals(i, journal.append("m" + i));
                if (i % 6 == 0) {
                    Inside.beginNewFile(journal);
                }
                other.ask("append m" + (i + 1), "appended " + (i + 1));
                assertEquals("m" + i, tailer.take());
                assertEquals("m" + (i + 1), tailer.take());
                other.ask("take", "took m" + i);
                other.ask("take", "took m" + (i + 1));
                other.ask("roll", "rolled");
            }
        }
    }

    @Tag("proof")
    @Test
    void goesOnWhenTheOtherIsKilledInTheMiddle() throws InterruptedException {
        IpcJournal<String> journal = open();
        other.ask("append a", "appended 0");
        other.send("commit-stays b").expectLine("stays");
        other.kill9();
        assertEquals(2, journal.append("c"));
        assertEquals(List.of("a", "b", "c"), all(journal));
    }
}
