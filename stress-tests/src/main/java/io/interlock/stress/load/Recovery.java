package io.interlock.stress.load;

import io.interlock.stress.history.Death;
import io.interlock.stress.history.Ending;
import io.interlock.stress.history.History;
import io.interlock.stress.history.Operation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * How long it took after each kill until every survivor had ended a turn that began after it and got on. A survivor
 * that was itself killed before has no such end. It may have been the one that took longest, so that kill has no time
 * at all: to take the longest of the others would leave out just those who hang.
 */
final class Recovery {

    /**
     * What was measured.
     *
     * @param nanos      the time of each kill that has one
     * @param unmeasured how many kills have none: a survivor was killed too early, somebody was stopped meanwhile, for
     *                   whom others wait rightly, or nobody survived
     */
    record Times(List<Long> nanos, int unmeasured) {
    }

    private Recovery() {
    }

    /** The times of these deaths. */
    static Times times(History history, List<Death> deaths, List<Crew.Pause> pauses) {
        Map<Integer, List<Operation>> turns = new HashMap<>();
        for (Operation turn : history.turns().operations()) {
            turns.computeIfAbsent(turn.process(), process -> new ArrayList<>()).add(turn);
        }
        List<Long> nanos = new ArrayList<>();
        for (Death death : deaths) {
            long end = lastEnd(history, turns, death);
            if (end < Long.MAX_VALUE
                    && pauses.stream().noneMatch(pause -> pause.overlaps(death.killedNanos(), end))) {
                nanos.add(end - death.killedNanos());
            }
        }
        return new Times(nanos, deaths.size() - nanos.size());
    }

    /** When the last survivor had got on; the largest number if that is not known. */
    private static long lastEnd(History history, Map<Integer, List<Operation>> turns, Death death) {
        OptionalLong last = turns.entrySet().stream()
                .filter(its -> survives(history, its.getKey(), its.getValue(), death))
                .mapToLong(its -> firstEnd(its.getValue(), death.killedNanos())).max();
        return last.orElse(Long.MAX_VALUE);
    }

    /** Whether it worked at the time of the kill, and was not killed together with the one that died. */
    private static boolean survives(History history, int process, List<Operation> turns, Death death) {
        return turns.get(0).invokedNanos() < death.killedNanos()
                && !history.wasKilledBefore(process, death.goneNanos());
    }

    private static long firstEnd(List<Operation> turns, long killedNanos) {
        int low = 0;
        int high = turns.size();
        while (low < high) {
            int middle = low + high >>> 1;
            if (turns.get(middle).invokedNanos() < killedNanos) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return turns.subList(low, turns.size()).stream().filter(turn -> turn.ending() == Ending.RETURNED)
                .mapToLong(Operation::returnedNanos).findFirst().orElse(Long.MAX_VALUE);
    }
}
