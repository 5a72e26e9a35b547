package io.interlock.stress.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Explorations have nothing in common, so they run side by side. */
@Execution(ExecutionMode.CONCURRENT)
class SimulationTest {

    /** More than the largest of these scenarios has within its bounds. */
    private static final long SCHEDULES = 200_000;

    /** Three that take as long as a dozen of the others, and variants of what every build tries in another way. */
    private static final Set<String> LONG = Set.of("condition-counted-4", "queue-interrupted-producer",
            "queue-interrupted-consumer", "queue-fickle-claim", "queue-shutdown-now-roles", "queue-shutdown-twice",
            "queue-walk-removal", "queue-contains", "pipe-2-senders", "pipe-heir", "pipe-buffers", "lock-repair-3",
            "rlock-repair-3", "rlock-hook-fails", "queue-mixed-producers", "queue-interrupted-beside-batch",
            "queue-producer-role", "queue-consumer-role", "queue-roles-buffers", "queue-producer-role-buffers",
            "queue-consumer-role-buffers", "queue-handler-buffers");

    static List<Subject> quickOnes() {
        return Catalogue.shipped().stream().filter(subject -> !LONG.contains(subject.name())).toList();
    }

    static List<Subject> longOnes() {
        return Catalogue.shipped().stream().filter(subject -> LONG.contains(subject.name())).toList();
    }

    private static Exploration explore(Subject subject) {
        Exploration exploration = new Exploration(subject);
        boolean all = exploration.exhaust(() -> exploration.schedules() >= SCHEDULES);
        assertEquals(exploration.violation() == null, all, "not all schedules were tried");
        return exploration;
    }

    @Nested
    class ShippedCode {

        @ParameterizedTest
        @MethodSource("io.interlock.stress.sim.SimulationTest#quickOnes")
        void holdsInAllSchedulesWithinTheBounds(Subject subject) {
            assertHolds(subject);
        }

        @Tag("proof")
        @ParameterizedTest
        @MethodSource("io.interlock.stress.sim.SimulationTest#longOnes")
        void holdsInAllOfManySchedulesWithinTheBounds(Subject subject) {
            assertHolds(subject);
        }

        private void assertHolds(Subject subject) {
            Exploration exploration = explore(subject);
            assertNull(exploration.violation(), () -> exploration.violation().toString());
            assertTrue(exploration.schedules() > 50, exploration::toString);
            assertEquals(subject.bounds().kills() > 0, exploration.kills() > 0, exploration::toString);
        }
    }

    @Nested
    class PlantedBug {

        @ParameterizedTest
        @MethodSource("io.interlock.stress.sim.PlantedBugs#flawed")
        void isFoundAndFoundAgainByItsDecisions(Subject subject) {
            Exploration exploration = explore(subject);
            Violation found = exploration.violation();
            assertNotNull(found, exploration::toString);
            List<String> trace = found.trace().lines().toList();
            assertTrue(trace.stream().anyMatch(line -> line.contains(".")), () -> "names no field: " + trace);
            Exploration again = new Exploration(subject);
            again.repeat(Bounds.parse(found.bounds().code()), Decisions.parse(found.decisions().toString()));
            assertNotNull(again.violation(), found::toString);
            assertEquals(found.what(), again.violation().what());
        }

        @ParameterizedTest
        @MethodSource("io.interlock.stress.sim.PlantedBugs#flawed")
        void isFoundByRandomSchedules(Subject subject) {
            Bounds bounds = subject.bounds().withPreemptions(Bounds.UNBOUNDED);
            Exploration exploration = new Exploration(subject);
            exploration.walk(bounds, 1, () -> exploration.schedules() >= SCHEDULES);
            assertNotNull(exploration.violation(), exploration::toString);
        }
    }

    @Nested
    class CopyWithoutABug {

        @ParameterizedTest
        @MethodSource("io.interlock.stress.sim.PlantedBugs#flawless")
        void holds(Subject subject) {
            Exploration exploration = explore(subject);
            assertNull(exploration.violation(), () -> exploration.violation().toString());
        }
    }
}
