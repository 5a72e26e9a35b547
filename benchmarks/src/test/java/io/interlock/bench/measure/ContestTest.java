package io.interlock.bench.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContestTest {

    @TempDir
    private Path directory;

    private final List<String> happened = new ArrayList<>();
    private final List<Path> directories = new ArrayList<>();
    private final Steps steps = new Steps();

    @Nested
    class Run {

        @Test
        void letsThePeersWorkInTurns() throws Exception {
            run(0, 2, new Fake("A"), new Fake("B"), new Fake("C"));
            assertEquals(List.of("A enters", "B enters", "C enters", "A", "B", "C", "A", "B", "C", "A closes",
                    "B closes", "C closes"), happened);
        }

        @Test
        void dropsTheFiguresOfWarmUps() throws Exception {
            Result result = run(2, 3, new Fake("A"));
            assertEquals(Map.of("A", Fakes.figures(3, 4, 5)), result.figures());
        }

        @Test
        void givesEachPeerAnEmptyDirectoryOfItsOwn() throws Exception {
            run(0, 1, new Fake("A"), new Fake("B"));
            assertNotEquals(directories.get(0), directories.get(1));
            assertTrue(directories.stream().allMatch(each -> each.startsWith(directory)), directories::toString);
        }

        @Test
        void goesOnWithoutThoseThatAreMissing() throws Exception {
            Result result = run(1, 1, new Missing("A"), new Fake("B"));
            assertEquals(Map.of("A", "no A here"), result.missing());
            assertEquals(List.of("B enters", "B", "B", "B closes"), happened);
        }

        @Test
        void closesEverybodyAfterAFailureInARound() {
            assertThrows(IllegalStateException.class, () -> run(0, 3, new Fake("A"), new Failing("B")));
            assertEquals(List.of("A enters", "B enters", "A", "A closes", "B closes"), happened);
        }

        @Test
        void closesThoseThatHaveEnteredIfAnotherOneCannot() {
            assertThrows(IOException.class, () -> run(0, 3, new Fake("A"), new Broken("B"), new Fake("C")));
            assertEquals(List.of("A enters", "A closes"), happened);
        }

        @Test
        void tellsAsManyStepsAsWereAnnounced() throws Exception {
            Row row = row(new Fake("A"), new Missing("B"), new Fake("C"));
            Contest.Rounds rounds = new Contest.Rounds(2, 5);
            new Contest(directory, rounds).run(row, steps);
            assertEquals(Contest.steps(row, rounds), steps.done);
            assertEquals(List.of("A gets ready", "B gets ready", "C gets ready", "A warms up", "C warms up",
                    "A warms up", "C warms up", "A round 1"), steps.told.subList(0, 8));
        }
    }

    private Result run(int warmUps, int counted, Peer... peers) throws IOException, InterruptedException {
        return new Contest(directory, new Contest.Rounds(warmUps, counted)).run(row(peers), steps);
    }

    private static Row row(Peer... peers) {
        return new Row("row", "title", Unit.NANOS_EACH, Arrays.asList(peers), List.of());
    }

    /** Notes what the contest tells. */
    private static final class Steps implements Contest.Watcher {

        private final List<String> told = new ArrayList<>();
        private int done;

        @Override
        public void begins(Row row, Peer peer, String what) {
            told.add(peer.name() + " " + what);
        }

        @Override
        public void ended(int steps) {
            done += steps;
        }
    }

    /** Its figures are 1, 2, 3, ... */
    private class Fake implements Peer {

        private final String name;

        Fake(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public Entrant enter(Path own) throws IOException, MissingPeerException {
            happened.add(name + " enters");
            directories.add(own);
            try (var files = Files.list(own)) {
                assertEquals(0, files.count());
            }
            return new Entrant() {

                private int rounds;

                @Override
                public Figure round() {
                    return Fake.this.round(++rounds);
                }

                @Override
                public void close() {
                    happened.add(name + " closes");
                }
            };
        }

        Figure round(int number) {
            happened.add(name);
            return Figure.of(number);
        }
    }

    private final class Failing extends Fake {

        Failing(String name) {
            super(name);
        }

        @Override
        Figure round(int number) {
            throw new IllegalStateException("wrong result");
        }
    }

    private final class Missing extends Fake {

        Missing(String name) {
            super(name);
        }

        @Override
        public Entrant enter(Path own) throws MissingPeerException {
            throw new MissingPeerException("no " + name() + " here");
        }
    }

    private final class Broken extends Fake {

        Broken(String name) {
            super(name);
        }

        @Override
        public Entrant enter(Path own) throws IOException {
            throw new IOException("no space");
        }
    }
}
