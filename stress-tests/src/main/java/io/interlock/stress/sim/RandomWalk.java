package io.interlock.stress.sim;

import java.util.SplittableRandom;

/** Random schedules, each told by its seed. Some switch all the time, some hardly ever; the same for kills. */
final class RandomWalk implements Scheduler {

    private SplittableRandom random;
    private int switchOneIn;
    private int killOneIn;

    /** Begins the schedule with this seed. */
    void begin(long seed) {
        random = new SplittableRandom(seed);
        switchOneIn = 2 << random.nextInt(6);
        killOneIn = 8 << random.nextInt(5);
    }

    @Override
    public int step(Machine machine, int switches, int kills) {
        if (kills > 0 && random.nextInt(killOneIn) == 0) {
            return switches + 1;
        }
        return switches > 0 && random.nextInt(switchOneIn) == 0 ? 1 + random.nextInt(switches) : 0;
    }

    @Override
    public int turn(Machine machine, int candidates) {
        return random.nextInt(candidates);
    }

    @Override
    public int other(Machine machine, int possibilities) {
        return random.nextInt(4) == 0 ? random.nextInt(possibilities) : 0;
    }

    @Override
    public String toString() {
        return "RandomWalk[switches one in " + switchOneIn + ", kills one in " + killOneIn + "]";
    }
}
