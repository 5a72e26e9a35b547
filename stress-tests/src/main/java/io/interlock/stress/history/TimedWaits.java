package io.interlock.stress.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Whether those who gave up waiting for an event did so rightly. Who gives up has found the event clear during all of
 * its time limit, which begins after the invocation and ends before the return. So it was clear at least from a limit
 * before the return until a limit after the invocation, and nobody can have set it then, not even for a moment. To the
 * {@linkplain EventModel model} an operation happens at one moment; it would accept a clear one at the beginning.
 */
public final class TimedWaits {

    private final History history;
    private final List<Operation> sets;

    private TimedWaits(History history) {
        this.history = history;
        this.sets = history.operations().stream()
                .filter(operation -> operation.action() == Action.SET && !operation.isPending())
                .sorted(Comparator.comparingLong(Operation::invokedNanos)).toList();
    }

    /**
     * Judges what was done with one event.
     *
     * @return what is wrong, with the operations around it; or nothing
     */
    public static Optional<String> check(History history) {
        return new TimedWaits(history).check();
    }

    private Optional<String> check() {
        return history.operations().stream()
                .filter(operation -> operation.action() == Action.AWAIT && operation.ending() == Ending.RETURNED
                        && operation.result() == 0)
                .flatMap(wait -> setDuring(wait).map(set -> tell(wait, set)).stream()).findFirst();
    }

    /** Only those that overlap the end are looked at in vain. */
    private Optional<Operation> setDuring(Operation wait) {
        long from = wait.returnedNanos() - wait.argument();
        long to = wait.invokedNanos() + wait.argument();
        for (int i = firstSince(from); i < sets.size() && sets.get(i).invokedNanos() <= to; i++) {
            if (sets.get(i).returnedNanos() <= to) {
                return Optional.of(sets.get(i));
            }
        }
        return Optional.empty();
    }

    private int firstSince(long nanos) {
        int low = 0;
        int high = sets.size();
        while (low < high) {
            int middle = low + high >>> 1;
            if (sets.get(middle).invokedNanos() < nanos) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private String tell(Operation wait, Operation set) {
        List<Operation> about = new ArrayList<>(List.of(wait, set));
        return "process " + wait.process() + " gave up, though the event was set while it waited"
                + history.excerpt(set.invokedNanos(), about);
    }
}
