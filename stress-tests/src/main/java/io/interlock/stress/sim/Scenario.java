package io.interlock.stress.sim;

/** A few processes that use one primitive, and what must hold. It is made anew for each exploration. */
abstract class Scenario implements ScheduleJudge {

    /** Where it takes place. */
    final World world;

    Scenario(World world) {
        this.world = world;
    }

    /** Nobody, unless a scenario says so. */
    @Override
    public boolean mayWait(VirtualProcess process) {
        return false;
    }

    /** Nothing is wrong, unless a scenario says so. */
    @Override
    public String judge() {
        return null;
    }

    long ghost(int index) {
        return world.ghosts.get(index);
    }
}
