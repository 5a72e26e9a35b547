package io.interlock.stress.history;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Whether a history of one object could have happened one operation after the other.
 *
 * <p>The search is that of Wing and Gong (Testing and verifying concurrent objects, 1993): choose an operation that may
 * come next, ask the model, go on. As by Lowe (Testing for linearizability, 2017; see also Horn and Kroening, Faster
 * linearizability checking via P-compositionality, 2015) what was seen before is not gone into again, and an operation
 * is not chosen before it must be: the history is read in the order of time, and at each return all ways in which the
 * operation can have happened by then are kept. What is kept is small, the state and which of the open operations have
 * happened, so that the time is linear in the length of the history for a bounded number of processes.
 *
 * <p>A pending operation is open until its process was gone, and may be left out. A death is an operation, too: it
 * happens between the kill and the end of the process, after all that the process did.
 *
 * @param <S> state of the model
 */
public final class Linearizability<S> {

    private static final int MOST_OPEN = Long.SIZE;

    private final Model<S> model;
    private final History history;
    private final Operation[] open = new Operation[MOST_OPEN];
    private final Map<Operation, Integer> places = new IdentityHashMap<>();
    /** Places that were ever in use; those behind are not looked at. */
    private int used;
    private Set<Possible<S>> possible = new HashSet<>();

    /**
     * One way in which it can have gone so far.
     *
     * @param state    of the object
     * @param happened which of the open operations are in it, a bit for each place
     */
    private record Possible<S>(S state, long happened) {

        boolean has(int place) {
            return (happened >>> place & 1) != 0;
        }

        Possible<S> without(int place) {
            return new Possible<>(state, happened & ~(1L << place));
        }
    }

    /** An operation begins or is over. */
    private record Moment(long nanos, boolean isEnd, Operation operation) {

        /** At the same time operations begin before others end, and a death comes after what its process did. */
        static final Comparator<Moment> ORDER = Comparator.comparingLong(Moment::nanos)
                .thenComparing(Moment::isEnd).thenComparing(moment -> isDeath(moment.operation));
    }

    private Linearizability(Model<S> model, History history) {
        this.model = model;
        this.history = history;
        possible.add(new Possible<>(model.initial(), 0));
    }

    /**
     * Judges what was done with one object.
     *
     * @return what is wrong, with the operations around it; or nothing
     */
    public static <S> Optional<String> check(Model<S> model, History history) {
        return new Linearizability<>(model, history).run();
    }

    private Optional<String> run() {
        for (Moment moment : moments()) {
            if (!moment.isEnd) {
                begin(moment.operation);
                continue;
            }
            Set<Possible<S>> before = possible;
            end(moment.operation);
            if (possible.isEmpty()) {
                return Optional.of(tell(moment, before));
            }
        }
        return Optional.empty();
    }

    private List<Moment> moments() {
        List<Moment> moments = new ArrayList<>();
        List<Operation> all = new ArrayList<>(history.operations());
        all.removeIf(operation -> operation.ending() == Ending.WITHOUT_EFFECT);
        all.addAll(history.deaths());
        for (Operation operation : all) {
            moments.add(new Moment(operation.invokedNanos(), false, operation));
            moments.add(new Moment(operation.returnedNanos(), true, operation));
        }
        moments.sort(Moment.ORDER);
        return moments;
    }

    private void begin(Operation operation) {
        int place = 0;
        while (place < MOST_OPEN && open[place] != null) {
            place++;
        }
        if (place == MOST_OPEN) {
            throw new IllegalArgumentException("more than " + MOST_OPEN + " operations are open at " + operation);
        }
        open[place] = operation;
        used = Math.max(used, place + 1);
        places.put(operation, place);
    }

    /** From now on it has happened; a pending one has happened or never will. */
    private void end(Operation operation) {
        int place = places.remove(operation);
        Set<Possible<S>> next = new HashSet<>();
        for (Possible<S> way : allWays(place)) {
            if (way.has(place) || operation.isPending()) {
                next.add(way.without(place));
            }
        }
        open[place] = null;
        possible = next;
    }

    /** Everything that can have happened by now; not beyond the operation that is over. */
    private Set<Possible<S>> allWays(int place) {
        Set<Possible<S>> seen = new HashSet<>(possible);
        Deque<Possible<S>> left = new ArrayDeque<>(possible);
        while (!left.isEmpty()) {
            Possible<S> way = left.pop();
            for (int next = 0; next < used && !way.has(place); next++) {
                Possible<S> more = open[next] == null || way.has(next) ? null : with(way, next);
                if (more != null && seen.add(more)) {
                    left.push(more);
                }
            }
        }
        return seen;
    }

    private Possible<S> with(Possible<S> way, int place) {
        Operation operation = open[place];
        S state;
        if (isDeath(operation)) {
            state = isUnfinished(way, operation.process()) ? null
                    : model.afterDeath(way.state, operation.process());
        } else {
            state = isDead(way, operation.process()) ? null : model.after(way.state, operation);
        }
        return state == null ? null : new Possible<>(state, way.happened | 1L << place);
    }

    /** Whether there is something that the process did for sure, and has not done yet. */
    private boolean isUnfinished(Possible<S> way, int process) {
        for (int place = 0; place < used; place++) {
            Operation operation = open[place];
            if (operation != null && operation.process() == process && !operation.isPending()
                    && !isDeath(operation) && !way.has(place)) {
                return true;
            }
        }
        return false;
    }

    private boolean isDead(Possible<S> way, int process) {
        for (int place = 0; place < used; place++) {
            Operation operation = open[place];
            if (operation != null && operation.process() == process && isDeath(operation) && way.has(place)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isDeath(Operation operation) {
        return operation.action() == Action.DEATH;
    }

    private String tell(Moment moment, Set<Possible<S>> before) {
        List<Object> states = new ArrayList<>();
        before.forEach(way -> states.add(way.state));
        return "not linearizable: " + (isDeath(moment.operation) ? "the death" : "the operation")
                + " marked * cannot have happened by the time it was over; possible states before: "
                + states.stream().distinct().limit(MOST_OPEN).toList()
                + history.excerpt(moment.nanos, List.of(moment.operation));
    }
}
