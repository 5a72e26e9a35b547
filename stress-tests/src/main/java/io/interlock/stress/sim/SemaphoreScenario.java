package io.interlock.stress.sim;

import io.interlock.sync.IpcSemaphore;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/** Processes that take and give permits; none is made, none is lost but with a dead holder. */
final class SemaphoreScenario extends Scenario {

    private final int permits;
    private final IpcSemaphore auditor;
    /** What the living have, and what everybody was about to take or give when it was killed. */
    private final int taken;
    private final int taking;
    private final int giving;
    private final int[] counts = new int[8];

    private SemaphoreScenario(World world, int permits) {
        super(world);
        this.permits = permits;
        this.auditor = IpcSemaphore.create(world.auditor(), "semaphore", permits);
        this.taken = world.ghosts.add();
        this.taking = world.ghosts.add();
        this.giving = world.ghosts.add();
    }

    /** Each process takes and gives as many at once as {@code counts} says, so often. */
    static SemaphoreScenario of(World world, int permits, int rounds, int... counts) {
        SemaphoreScenario scenario = new SemaphoreScenario(world, permits);
        for (int count : counts) {
            scenario.add(count, (me, semaphore) -> {
                for (int round = 0; round < rounds; round++) {
                    scenario.begins(me, scenario.taking, count);
                    semaphore.acquire(count);
                    scenario.inside(me, count);
                    scenario.gives(me, semaphore, count);
                }
            });
        }
        return scenario;
    }

    /** The same for single permits, twice, and the last process waits once, for a limited time. */
    static SemaphoreScenario timed(World world, int processes) {
        SemaphoreScenario scenario = of(world, 1, 2, ones(processes - 1));
        world.machine.mayJumpOnce(TimeUnit.MILLISECONDS.toNanos(1));
        scenario.add(1, (me, semaphore) -> {
            scenario.begins(me, scenario.taking, 1);
            if (semaphore.tryAcquire(1, TimeUnit.MILLISECONDS)) {
                scenario.inside(me, 1);
                scenario.gives(me, semaphore, 1);
            } else {
                me.add(scenario.taking, -1);
            }
        });
        return scenario;
    }

    /** The same, and the last process may be interrupted while it waits; it has nothing then. */
    static SemaphoreScenario interrupted(World world, int processes) {
        SemaphoreScenario scenario = of(world, 1, 2, ones(processes - 1));
        scenario.add(1, (me, semaphore) -> {
            scenario.begins(me, scenario.taking, 1);
            try {
                semaphore.acquire();
                scenario.inside(me, 1);
                scenario.gives(me, semaphore, 1);
            } catch (InterruptedException e) {
                me.add(scenario.taking, -1);
            }
        }).interruptOnce();
        return scenario;
    }

    private static int[] ones(int length) {
        int[] ones = new int[length];
        Arrays.fill(ones, 1);
        return ones;
    }

    private void begins(VirtualProcess me, int ghost, int count) {
        me.add(ghost, count);
    }

    private void inside(VirtualProcess me, int count) {
        me.add(taking, -count);
        me.add(taken, count);
        me.check(ghost(taken) <= permits, () -> "got a permit, and now " + ghost(taken) + " of " + permits
                + " are taken");
    }

    private void gives(VirtualProcess me, IpcSemaphore semaphore, int count) {
        me.add(taken, -count);
        me.add(giving, count);
        semaphore.release(count);
        me.add(giving, -count);
    }

    private VirtualProcess add(int count, Use use) {
        IpcSemaphore[] semaphore = new IpcSemaphore[1];
        VirtualProcess process = world.process(me -> use.run(me, semaphore[0]));
        counts[process.index] = count;
        semaphore[0] = IpcSemaphore.open(world.segment(process), "semaphore");
        return process;
    }

    /** What a process does with the semaphore. */
    private interface Use {

        void run(VirtualProcess me, IpcSemaphore semaphore) throws InterruptedException;
    }

    /** Only if there are too few, which were lost with the dead. */
    @Override
    public boolean mayWait(VirtualProcess process) {
        return world.machine.hasKilled() && auditor.availablePermits() < counts[process.index];
    }

    @Override
    public String judge() {
        long pending = 0;
        for (VirtualProcess process : world.machine.processes) {
            pending += process.state == VirtualProcess.State.ASLEEP ? counts[process.index] : 0;
        }
        long free = auditor.availablePermits();
        long expected = permits - ghost(taken);
        long fewest = expected - ghost(taking) - ghost(giving) + pending;
        return free >= fewest && free <= expected ? null
                : free + " permits are free, expected " + fewest + " to " + expected;
    }
}
