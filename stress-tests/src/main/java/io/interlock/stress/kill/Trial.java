package io.interlock.stress.kill;

import io.interlock.stress.kill.Deed.Fate;
import io.interlock.stress.kill.Deed.Finding;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** One deed, one crash point, one way of dying; and what the others found. */
final class Trial {

    /** A point that no deed has: to see it done undisturbed. */
    static final int NONE = Integer.MAX_VALUE;
    /** Not a point but the moment at which the process sleeps. */
    static final int ASLEEP = 0;

    private final String name;
    private final int point;
    private final Mode mode;
    private final boolean early;
    private final Path path;
    private final Deed deed;
    private ActorProcess actor;
    private String reached = "";
    private String row;
    private String stopped;
    private boolean slept;
    private boolean died;
    private long killed;

    /** What happens to a process at a crash point. */
    enum Mode {
        /** SIGKILL. */
        KILL,
        /** SIGSTOP, the others try, SIGCONT. */
        STOP_CONT,
        /** SIGSTOP, the others try, SIGKILL. */
        STOP_KILL
    }

    /**
     * What came of a trial.
     *
     * @param row     what the process was doing at the point, as the crash matrix calls it; null if it never came there
     * @param died    whether it was killed
     * @param stopped what the others saw while it was stopped, or null
     * @param seen    what the others found afterwards
     * @param nanos   how long after the kill somebody waited who had waited since before; 0 if nobody had to
     * @param points  how many points the deed had, if it was done to its end
     * @param slept   whether it had to wait
     */
    record Result(String row, boolean died, String stopped, String seen, long nanos, int points, boolean slept) {
    }

    /**
     * Prepares one.
     *
     * @param early whether somebody is to wait since before the kill; otherwise he comes when all is over
     */
    Trial(String name, int point, Mode mode, boolean early, Path path) {
        this.name = name;
        this.point = point;
        this.mode = mode;
        this.early = early;
        this.path = path;
        this.deed = Deeds.byName(name);
    }

    /** Does everything. */
    Result run(Spares spares) throws Exception {
        try {
            deed.prepare(path);
            if (deed.before() != null) {
                killBefore(spares);
            }
            actor = spares.take();
            Result result = watch();
            if (!died) {
                spares.giveBack(actor);
                actor = null;
            }
            return result;
        } catch (Exception | Error e) {
            throw new AssertionError(this + ": " + e.getMessage(), e);
        } finally {
            if (actor != null) {
                actor.close();
            }
            deed.close();
        }
    }

    private void killBefore(Spares spares) throws Exception {
        try (ActorProcess first = spares.take()) {
            first.tell(name + "! 1 " + path);
            String said = first.next();
            Deed.check(said.startsWith("at "), "expected the one before at its point, it said: " + said);
            first.kill();
        }
    }

    private Result watch() throws Exception {
        actor.tell(name + " " + point + " " + path);
        while (true) {
            String[] words = actor.next().split(" ", 4);
            switch (words[0]) {
                case "waiting" -> {
                    slept = true;
                    actor.awaitSleep(words[2]);
                    if (point == ASLEEP && row == null) {
                        standStill(words[1], "asleep");
                    }
                    if (!died) {
                        deed.meanwhile();
                    }
                }
                case "pausing" -> {
                    deed.meanwhile();
                    actor.tell("go");
                }
                case "at" -> {
                    standStill(words[2], words[3]);
                    if (!died) {
                        actor.tell("go");
                    }
                }
                case "done" -> {
                    return result(Fate.FINISHED, Integer.parseInt(words[1]));
                }
                default -> throw new AssertionError("the process that acts " + String.join(" ", words));
            }
            if (died) {
                return result(Fate.DIED, 0);
            }
        }
    }

    /** The process is at its point. */
    private void standStill(String stage, String label) throws Exception {
        reached = label;
        row = deed.row(stage);
        deed.look(new Deed.Where(stage, label, early));
        if (mode != Mode.KILL) {
            actor.stop();
            long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(ObjectDeed.LONGER_THAN_A_SLICE_MILLIS);
            stopped = deed.whileStopped();
            LockSupport.parkNanos(until - System.nanoTime()); // so long that somebody asks whether it is dead
        }
        if (mode == Mode.STOP_CONT) {
            actor.cont();
        } else {
            killed = actor.kill();
            died = true;
        }
    }

    private Result result(Fate fate, int points) throws Exception {
        Finding finding = deed.after(fate);
        long nanos = died && finding.waiter() != null ? finding.waiter().waitedNanos(killed) : 0;
        return new Result(row, died, stopped, finding.seen(), nanos, points, slept);
    }

    @Override
    public String toString() {
        String where = point == NONE ? "undisturbed" : point == ASLEEP ? "asleep" : "point " + point;
        return name + " " + where + (reached.isEmpty() ? "" : " (" + reached + ")") + " " + mode;
    }
}
