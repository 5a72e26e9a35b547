package io.interlock.stress.load;

import io.interlock.core.Segment;
import io.interlock.stress.history.History;
import io.interlock.stress.history.HistoryLog;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * What the workers of a round do with their segment, and how it is judged. Has a constructor without parameters:
 * workers make their own by the name of the class.
 */
public interface Workload {

    /** What people call it. */
    String name();

    /** How many workers there are at once. */
    default int seats(SplittableRandom random) {
        return 2 + random.nextInt(3);
    }

    /** Makes the objects of a new segment. */
    void create(Segment segment);

    /** Opens them in a worker. */
    Work open(Seat seat);

    /** Makes up for what a worker has taken with it; called in the process that kills, whose log it is. */
    default void afterDeath(Segment segment, HistoryLog log) throws InterruptedException {
    }

    /** Takes a last look when all workers have stopped; in the process that kills, whose log it is. */
    default void finish(Segment segment, HistoryLog log) throws InterruptedException {
    }

    /** What is wrong with the whole history. */
    Stream<String> judge(Segment segment, History history);

    /** One judgement of several. */
    static Stream<String> about(String what, Optional<String> wrong) {
        return wrong.stream().map(text -> what + ": " + text);
    }
}
