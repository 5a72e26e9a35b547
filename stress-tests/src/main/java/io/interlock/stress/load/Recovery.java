package io.interlock.stress.load;

import io.interlock.stress.history.Death;
import io.interlock.stress.history.Ending;
import io.interlock.stress.history.History;
import io.interlock.stress.history.Operation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How long it took after each kill until each survivor had ended a turn that began after it and got on. */
final class Recovery {

    private Recovery() {
    }

    /** In nanoseconds. A kill during which somebody was stopped is left out: who waits for him waits rightly. */
    static List<Long> times(History history, List<Death> deaths, List<Crew.Pause> pauses) {
        Map<Integer, List<Operation>> turns = new HashMap<>();
        for (Operation turn : history.turns().operations()) {
            turns.computeIfAbsent(turn.process(), process -> new ArrayList<>()).add(turn);
        }
        List<Long> times = new ArrayList<>();
        for (Death death : deaths) {
            long end = turns.values().stream().mapToLong(its -> firstEnd(its, death.killedNanos())).max().orElse(0);
            if (end > 0 && pauses.stream().noneMatch(pause -> pause.overlaps(death.killedNanos(), end))) {
                times.add(end - death.killedNanos());
            }
        }
        return times;
    }

    /** 0 of a process that came later, or that was itself killed or dismissed before. */
    private static long firstEnd(List<Operation> turns, long killedNanos) {
        if (turns.get(0).invokedNanos() > killedNanos) {
            return 0;
        }
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
                .mapToLong(Operation::returnedNanos).findFirst().orElse(0);
    }
}
