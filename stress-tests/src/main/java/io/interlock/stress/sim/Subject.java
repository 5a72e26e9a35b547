package io.interlock.stress.sim;

import java.util.function.Function;

/**
 * Something to be explored: a scenario on a machine.
 *
 * @param name     for people and {@code --only}
 * @param tweaks   what of the machine is not as it should be
 * @param scenario furnishes a new world
 * @param bounds   within which all of its schedules are tried
 */
record Subject(String name, World.Tweaks tweaks, Function<World, Scenario> scenario, Bounds bounds) {

    static Subject of(String name, Bounds bounds, Function<World, Scenario> scenario) {
        return new Subject(name, World.Tweaks.NONE, scenario, bounds);
    }

    Subject on(World.Tweaks machine) {
        return new Subject(name, machine, scenario, bounds);
    }

    @Override
    public String toString() {
        return name + " (" + bounds + ")";
    }
}
