package io.interlock.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.interlock.bench.measure.Fakes;
import io.interlock.bench.measure.Goal;
import io.interlock.bench.measure.Result;
import io.interlock.bench.measure.Row;
import io.interlock.bench.measure.Unit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PageTest {

    private final Row row = Fakes.row("thing", Unit.NANOS_EACH, new Goal("IpcThing", "Other", 1));
    private final Result both = Fakes.result(row, Fakes.figures(10, 20, 30), Fakes.figures(16));
    private final Result alone = Fakes.withoutOther(row, Fakes.figures(10));

    @Nested
    class OfARun {

        @Test
        void beginsWithHowItWasMade() {
            String page = new Page(Map.of("Command", "`bench --only 'a|b'`"), List.of("Beware."), List.of(both),
                    Map.of()).toString();
            assertTrue(page.startsWith("# Performance\n"), page);
            assertTrue(page.contains("| Command | `bench --only 'a\\|b'` |\n"), page);
            assertTrue(page.contains("\n**Beware.**\n"), page);
        }

        @Test
        void tellsTheFiguresOfEachPeer() {
            String page = page(both);
            assertTrue(page.contains("\nThe work called thing. Less is better.\n"), page);
            assertTrue(page.contains("""
                    | peer | median | min to max | ratio to IpcThing |
                    |---|---:|---:|---:|
                    | IpcThing | 20.0 ns | 10.0 ns to 30.0 ns | 1.00 |
                    | Other | 16.0 ns | 16.0 ns to 16.0 ns | 0.800 |
                    """), page);
        }

        @Test
        void tellsTheGoalsOfAllRowsAndOfEach() {
            String page = page(both);
            assertTrue(page.contains("| [thing](#thing) | IpcThing | at most 1.0 x Other | 1.25 | **missed** |"), page);
            assertTrue(page.contains("\n- IpcThing at most 1.0 x Other: 1.25, **missed**\n"), page);
        }

        @Test
        void countsTheGoalsBeforeTheirTable() {
            assertTrue(page(both).contains("\n1 in all: 0 met, 1 missed, 0 not measured.\n\n| row | peer |"),
                    () -> page(both));
        }

        @Test
        void comparesThePointsOfALineAndTellsHowItGrows() {
            String page = page(Fakes.only(Fakes.growing("grows", Unit.NANOS_EACH),
                    Map.of("IpcThing, 1", Fakes.figures(10), "IpcThing, 4", Fakes.figures(15), "IpcThing, 16",
                            Fakes.figures(40), "Other, 16", Fakes.figures(50))));
            assertTrue(page.contains("""
                    | peer | median | min to max | ratio to the first of its line |
                    |---|---:|---:|---:|
                    | IpcThing, 1 | 10.0 ns | 10.0 ns to 10.0 ns | 1.00 |
                    | IpcThing, 4 | 15.0 ns | 15.0 ns to 15.0 ns | 1.50 |
                    | IpcThing, 16 | 40.0 ns | 40.0 ns to 40.0 ns | 4.00 |
                    | Other, 4 | missing | no compiler (cc) |  |
                    | Other, 16 | 50.0 ns | 50.0 ns to 50.0 ns | 1.00 |

                    - IpcThing: 16 x the things cost 4.00 x as much, 0.250 of linear
                    - Other: not measured
                    """), page);
        }

        @Test
        void marksPeersOfWhichTheRoundsDifferWidely() {
            String page = page(Fakes.result(row, Fakes.figures(10, 20, 30), Fakes.figures(10, 20, 31)));
            assertTrue(page.contains("""
                    | IpcThing | 20.0 ns | 10.0 ns to 30.0 ns | 1.00 |
                    | Other (*) | 20.0 ns | 10.0 ns to 31.0 ns | 1.00 |

                    (*) Rounds of this peer differed by more than 3 x: its median is uncertain.

                    - IpcThing at most"""), page);
            assertFalse(page(both).contains("(*)"));
        }

        @Test
        void saysWhyBelowTheGoalsIfThatIsWritten() {
            Row explained = Fakes.row("explained", Unit.NANOS_EACH, new Goal("IpcThing", "Other", 1));
            String page = page(Fakes.result(explained, Fakes.figures(10), Fakes.figures(10)));
            assertTrue(page.endsWith("""
                    - IpcThing at most 1.0 x Other: 1.00, met

                    It is a row of tests only,
                    and this is why.
                    """), page);
        }

        @Test
        void tellsWhoIsMissingAndWhy() {
            String page = page(alone);
            assertTrue(page.contains("| Other | missing | no compiler (cc) |  |"), page);
            assertTrue(page.contains("| [thing](#thing) | IpcThing | at most 1.0 x Other | - | not measured |"), page);
            assertTrue(page.contains("\n- IpcThing at most 1.0 x Other: not measured\n"), page);
        }

        @Test
        void tellsLatenciesWhereTheyWereTaken() {
            String page = page(Fakes.result(row, List.of(Fakes.figure(10, 5, 2000)), Fakes.figures(40)));
            assertTrue(page.contains("""
                    | peer | median | min to max | p50 | p99 | p99.9 | max | ratio to IpcThing |
                    |---|---:|---:|---:|---:|---:|---:|---:|
                    | IpcThing | 10.0 ns | 10.0 ns to 10.0 ns | 5.00 ns | 2.00 us | 2.00 us | 2.00 us | 1.00 |
                    | Other | 40.0 ns | 40.0 ns to 40.0 ns |  |  |  |  | 4.00 |
                    """), page);
        }

        @Test
        void showsTheChartsThatThereAre() {
            String page = new Page(Map.of(), List.of(), List.of(both), Map.of("thing", "charts/thing.png")).toString();
            assertTrue(page.contains("\n![the work called thing](charts/thing.png)\n"), page);
            assertFalse(page(both).contains("!["));
        }

        @Test
        void hasAsManyCellsInEachLineOfATable() {
            Result nobody = Fakes.only(Fakes.growing("grows", Unit.NANOS_EACH), Map.of());
            for (Result result : List.of(both, alone, nobody)) {
                for (String table : page(result).split("\n\n")) {
                    long counts = table.lines().filter(line -> line.startsWith("|"))
                            .map(line -> line.replace("\\|", "").chars().filter(each -> each == '|').count()).distinct()
                            .count();
                    assertTrue(counts <= 1, table);
                }
            }
        }

        private static String page(Result result) {
            return new Page(Map.of("Date", "today"), List.of(), List.of(result), Map.of()).toString();
        }
    }

    @Nested
    class TheMachine {

        @Test
        void isNamedWithoutItsPathsAndWithTheVersionsOfTheBuild() {
            Map<String, String> facts = Machine.facts();
            assertEquals(List.of("Processor", "Processors", "Kernel", "JDK", "C library", "C compiler", "Boost",
                    "Python", "Java artifacts"), List.copyOf(facts.keySet()));
            assertTrue(facts.get("Java artifacts").matches("Aeron \\d.*, Agrona \\d.*, JMH \\d.*"), facts::toString);
            assertFalse(facts.toString().contains("${"), facts::toString);
            assertFalse(facts.toString().contains(System.getProperty("java.home")), facts::toString);
        }
    }
}
