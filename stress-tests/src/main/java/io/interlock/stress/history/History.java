package io.interlock.stress.history;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What several processes have done, and which of them were killed. Immutable. */
public final class History {

    private static final int MOST_TOLD = 24;

    private final List<Operation> operations;
    private final Map<Integer, Death> deaths;

    private History(List<Operation> operations, Map<Integer, Death> deaths) {
        this.operations = operations;
        this.deaths = deaths;
    }

    /** One of these operations, in which nobody has died. */
    public static History of(Collection<Operation> operations) {
        return of(operations, List.of());
    }

    /** One of these operations and deaths. Operations of one process are in the order in which it has begun them. */
    public static History of(Collection<Operation> operations, Collection<Death> deaths) {
        Map<Integer, Death> byProcess = new HashMap<>();
        deaths.forEach(death -> byProcess.put(death.process(), death));
        return new History(operations.stream().map(operation -> ended(operation, byProcess.get(operation.process())))
                .sorted(Comparator.comparingLong(Operation::invokedNanos)).toList(), byProcess);
    }

    private static Operation ended(Operation operation, Death death) {
        return death != null && operation.isPending() ? operation.until(death.goneNanos()) : operation;
    }

    /** What was done with one object. */
    public History of(int object) {
        return only(operation -> operation.object() == object && operation.action() != Action.TURN);
    }

    /** The turns. */
    public History turns() {
        return only(operation -> operation.action() == Action.TURN);
    }

    private History only(Predicate<Operation> which) {
        return new History(operations.stream().filter(which).toList(), deaths);
    }

    /** By the time of their invocation. */
    public List<Operation> operations() {
        return operations;
    }

    /** Whether a process was killed. */
    boolean hasDied(int process) {
        return deaths.containsKey(process);
    }

    /** Whether a process was killed, and that was begun before this moment. */
    public boolean wasKilledBefore(int process, long nanos) {
        Death death = deaths.get(process);
        return death != null && death.killedNanos() < nanos;
    }

    /** The deaths as operations: a process dies at some moment between its kill and its end. */
    List<Operation> deaths() {
        return deaths.values().stream().map(death -> new Operation(death.process(), Action.DEATH, 0, 0, 0, 0,
                Ending.RETURNED, death.killedNanos(), death.goneNanos())).toList();
    }

    /** The operations around a moment, those that it is about first, for people. */
    String excerpt(long atNanos, Collection<Operation> about) {
        List<Operation> near = new ArrayList<>(operations);
        near.addAll(deaths());
        near.removeAll(about);
        near.sort(Comparator.comparingLong(operation -> distance(operation, atNanos)));
        List<Operation> told = new ArrayList<>(near.subList(0, Math.min(near.size(), MOST_TOLD)));
        told.sort(Comparator.comparingLong(Operation::invokedNanos));
        return about.stream().map(o -> "\n    * " + o.describe(atNanos)).collect(Collectors.joining())
                + told.stream().map(o -> "\n      " + o.describe(atNanos)).collect(Collectors.joining());
    }

    private static long distance(Operation operation, long atNanos) {
        if (operation.invokedNanos() > atNanos) {
            return operation.invokedNanos() - atNanos;
        }
        return Math.max(0, atNanos - operation.returnedNanos());
    }

    /** All operations and deaths, a line for each. */
    @Override
    public String toString() {
        List<Operation> all = new ArrayList<>(operations);
        all.addAll(deaths());
        all.sort(Comparator.comparingLong(Operation::invokedNanos));
        long begin = all.isEmpty() ? 0 : all.get(0).invokedNanos();
        return all.stream().map(operation -> operation.describe(begin) + "\n").collect(Collectors.joining());
    }
}
