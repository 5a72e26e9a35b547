package io.interlock.bench.measure;

import java.util.List;
import java.util.stream.Stream;

/**
 * One work, and those who do it.
 *
 * @param name  by which it is chosen on the command line, such as {@code queue-8}
 * @param title what is done, in a sentence without a full stop
 * @param unit  of its figures
 * @param peers who do it; ours first
 * @param goals what we want to reach
 */
public record Row(String name, String title, Unit unit, List<Peer> peers, List<Goal> goals) {

    /** Refuses goals about nobody. */
    public Row {
        List<String> names = peers.stream().map(Peer::name).toList();
        if (names.stream().distinct().count() != names.size()) {
            throw new IllegalArgumentException(name + ": two peers have one name, " + names);
        }
        goals.stream().flatMap(goal -> Stream.of(goal.ours(), goal.theirs())).filter(each -> !names.contains(each))
                .findFirst().ifPresent(each -> {
                    throw new IllegalArgumentException(name + ": a goal is about " + each + ", peers are " + names);
                });
    }

    /** Whether a peer is Interlock: its name says so, or a goal that has it on our side. */
    public boolean isOurs(String peer) {
        return peer.startsWith("Ipc") || peer.startsWith("Interlock")
                || goals.stream().anyMatch(goal -> goal.ours().equals(peer));
    }
}
