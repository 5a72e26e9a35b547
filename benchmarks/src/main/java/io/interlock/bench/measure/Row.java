package io.interlock.bench.measure;

import io.interlock.bench.measure.Contest.Rounds;
import java.util.List;
import java.util.Optional;

/**
 * One work, and those who do it.
 *
 * @param name   by which it is chosen on the command line, such as {@code queue-8}
 * @param title  what is done, in a sentence without a full stop
 * @param unit   of its figures
 * @param peers  who do it; ours first
 * @param goals  what we want to reach
 * @param growth with what its figures grow, if its peers are the points of lines
 * @param most   how many rounds there are at most, for a row that takes long
 */
public record Row(String name, String title, Unit unit, List<Peer> peers, List<Goal> goals, Optional<Growth> growth,
        Rounds most) {

    private static final Rounds ANY = new Rounds(Integer.MAX_VALUE, Integer.MAX_VALUE);

    /** A row of peers who do the same. */
    public Row(String name, String title, Unit unit, List<Peer> peers, List<Goal> goals) {
        this(name, title, unit, peers, goals, Optional.empty(), ANY);
    }

    /** A row of which the figures grow with something. */
    public static Row growing(String name, String title, Unit unit, Growth growth, List<Goal> goals) {
        return new Row(name, title, unit, growth.peers(), goals, Optional.of(growth), ANY);
    }

    /** The same with fewer rounds. */
    public Row withAtMost(Rounds rounds) {
        return new Row(name, title, unit, peers, goals, growth, rounds);
    }

    /** Refuses goals about nobody. */
    public Row {
        List<String> names = peers.stream().map(Peer::name).toList();
        if (names.stream().distinct().count() != names.size()) {
            throw new IllegalArgumentException(name + ": two peers have one name, " + names);
        }
        goals.stream().flatMap(Goal::peers).filter(each -> !names.contains(each)).findFirst().ifPresent(each -> {
            throw new IllegalArgumentException(name + ": a goal is about " + each + ", peers are " + names);
        });
    }

    /** Whether a peer is Interlock: its name says so, or a goal that has it on our side. */
    public boolean isOurs(String peer) {
        return isNamedOurs(peer) || goals.stream().anyMatch(goal -> goal.ours().equals(peer));
    }

    /** Whether a line is Interlock: its name says so, or that of no line does, since all of them are ours then. */
    public boolean isOurs(Growth.Line line) {
        return isNamedOurs(line.name())
                || growth.stream().flatMap(each -> each.lines().stream()).noneMatch(each -> isNamedOurs(each.name()));
    }

    private static boolean isNamedOurs(String name) {
        return name.startsWith("Ipc") || name.startsWith("Interlock");
    }
}
