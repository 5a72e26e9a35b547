package io.interlock.stress.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class DepthFirstTest {

    /** Tries everything and remembers nothing. */
    private static final class Plodder implements Scheduler {

        private final List<int[]> path = new ArrayList<>();
        private int at;

        private int choose(int width) {
            if (at == path.size()) {
                path.add(new int[]{0, width});
            }
            return path.get(at++)[0];
        }

        @Override
        public int step(Machine machine, int switches, int kills) {
            return choose(1 + switches + kills);
        }

        @Override
        public int turn(Machine machine, int candidates) {
            return choose(candidates);
        }

        @Override
        public int other(Machine machine, int possibilities) {
            return choose(possibilities);
        }

        boolean next() {
            while (!path.isEmpty() && path.get(path.size() - 1)[0] + 1 == path.get(path.size() - 1)[1]) {
                path.remove(path.size() - 1);
            }
            if (path.isEmpty()) {
                return false;
            }
            path.get(path.size() - 1)[0]++;
            at = 0;
            return true;
        }
    }

    /** Collects how schedules end. */
    private static final class Ends implements ScheduleJudge {

        private final Machine machine;
        private final Set<Long> ends = new HashSet<>();

        Ends(Machine machine) {
            this.machine = machine;
        }

        @Override
        public boolean mayWait(VirtualProcess process) {
            return true;
        }

        @Override
        public String judge() {
            ends.add(machine.hash());
            return null;
        }
    }

    private static final Bounds BOUNDS = Bounds.of(2, 1);

    /** A world in which it is known what is shared. */
    private static World world() {
        World world = new World(World.Tweaks.NONE);
        MutexScenario scenario = MutexScenario.of(world, GuardKind.RLOCK, 2, 1);
        world.machine.begin();
        DepthFirst scheduler = new DepthFirst();
        do {
            world.machine.run(BOUNDS, scheduler, scenario);
            while (world.machine.memory.hasGrown()) {
                scheduler.restart();
                world.machine.run(BOUNDS, scheduler, scenario);
            }
        } while (scheduler.next());
        return world;
    }

    @Nested
    class Cutting {

        @Test
        void losesNoWayInWhichASchedulesEnds() {
            World world = world();
            Ends cut = new Ends(world.machine);
            DepthFirst scheduler = new DepthFirst();
            long runs = 0;
            do {
                world.machine.run(BOUNDS, scheduler, cut);
                runs++;
            } while (scheduler.next());
            Ends all = new Ends(world.machine);
            Plodder plodder = new Plodder();
            long allRuns = 0;
            do {
                world.machine.run(BOUNDS, plodder, all);
                allRuns++;
            } while (plodder.next());
            assertEquals(all.ends, cut.ends);
            assertTrue(runs < allRuns && cut.ends.size() > 10, runs + " of " + allRuns + ", " + cut.ends.size());
        }
    }

    @Nested
    class TellingASchedule {

        @Test
        void canBeReadAgain() {
            assertEquals("3:B,17:x,20:1", Decisions.parse("3:B,17:x,20:1").toString());
            assertEquals("", Decisions.parse("").toString());
        }

        @Test
        void tellsTheBounds() {
            for (Bounds bounds : List.of(BOUNDS, BOUNDS.withBuffers(), BOUNDS.withoutSlices(), Bounds.unbounded(2))) {
                assertEquals(bounds, Bounds.parse(bounds.code()));
            }
        }
    }
}
