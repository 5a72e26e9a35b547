package io.interlock.stress.history;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * Whether a history of a first-in-first-out queue into which no value is put twice is linearizable. Instead of
 * searching it looks for the patterns of which every wrong history of such a queue has one: Bouajjani, Emmi, Enea and
 * Hamza (On reducing linearizability to state reachability, ICALP 2015), and before them Henzinger, Sezgin and
 * Vafeiadis (Aspect-oriented linearizability proofs, CONCUR 2013). Each is found by sorting: n log n.
 *
 * <ul>
 * <li>a value is taken that nobody put, or taken before its put had begun;
 * <li>a value is taken twice;
 * <li>one is put after another, or behind it in one batch, and taken before it, or the other is never taken;
 * <li>batches cannot be ordered in a way in which each is in one piece: {@link PutOrder};
 * <li>the queue is said to be empty while at each moment something must have been in it;
 * <li>a value was put and is not there: lost.
 * </ul>
 *
 * <p><b>Who was killed.</b> Its pending put is believed if one of its values was seen, all of a batch then, and
 * forgotten otherwise. Its pending take may have taken a value that was never seen again, as many as it can have asked
 * for; each missing value needs a pending take of the dead that can have had it, and none serves for too many. What is
 * assumed like this is compared with what is known, not with what else is assumed.
 *
 * <p>What was removed from the middle counts as taken, in whatever order. Values of one producer are also compared
 * consumer by consumer, which sees the order within a batch that was taken at once. The one who judges takes the rest
 * out of the queue first, as another process of the history.
 */
public final class QueueHistory {

    private static final long NEVER = Long.MAX_VALUE;

    private final History history;
    private final Map<Long, Item> items = new HashMap<>();
    private final List<Unknown> unknowns = new ArrayList<>();
    private final List<Operation> takes = new ArrayList<>();
    private final List<Operation> empties = new ArrayList<>();

    /** What happened to a value. */
    private static final class Item {

        private final long value;
        private final Operation put;
        private Operation taken;
        /** When the put was over; a pending one of which it is known that it happened ends with its process. */
        private final long putReturned;
        private long takeInvoked = NEVER;
        private long takeReturned = NEVER;
        private boolean assumed;

        Item(long value, Operation put) {
            this.value = value;
            this.put = put;
            this.putReturned = put.returnedNanos();
        }

        long putInvoked() {
            return put.invokedNanos();
        }

        boolean isRemoved() {
            return taken != null && taken.action() == Action.REMOVE;
        }

        /** Whether its place in the order is known to matter. */
        boolean isOrdered() {
            return !assumed && !isRemoved();
        }

        Collection<Operation> operations() {
            return taken == null ? List.of(put) : List.of(put, taken);
        }
    }

    /** A take of a dead process of which nobody knows what it took. */
    private record Unknown(Operation take, long most) {
    }

    /** Is thrown where a pattern is found, and caught in the same class. */
    private static final class Wrong extends Exception {

        private static final long serialVersionUID = 1L;

        Wrong(String message) {
            super(message, null, false, false);
        }
    }

    private QueueHistory(History history) {
        this.history = history;
    }

    /**
     * Judges what was done with one queue, the rest of it taken out at the end.
     *
     * @return what is wrong, with the operations around it; or nothing
     */
    public static Optional<String> check(History history) {
        return check(history, false);
    }

    /**
     * The same.
     *
     * @param restIsGone what is missing at the end of the order may have been in the queue when that was given up
     */
    public static Optional<String> check(History history, boolean restIsGone) {
        try {
            new QueueHistory(history).check0(restIsGone);
            return Optional.empty();
        } catch (Wrong e) {
            return Optional.of(e.getMessage());
        }
    }

    /** A value as people read it: those of many producers have the producer's number in their upper half. */
    static String name(long value) {
        return value >>> Integer.SIZE == 0 || value < 0 ? Long.toString(value)
                : (value >>> Integer.SIZE) + ":" + (int) value;
    }

    private void check0(boolean restIsGone) throws Wrong {
        history.operations().stream().filter(o -> o.ending() != Ending.WITHOUT_EFFECT).forEach(this::sort);
        believePuts();
        for (Operation take : takes) {
            take(take);
        }
        if (!restIsGone) {
            explainMissing();
        }
        checkOrder();
        checkBatches();
        checkOrderOfEachConsumer();
        Inside inside = new Inside(sorted(item -> item.putReturned));
        for (Operation empty : empties) {
            checkEmpty(empty, inside);
        }
    }

    private void sort(Operation operation) {
        switch (operation.action()) {
            case PUT -> {
                for (long i = 0; i < Math.max(1, operation.secondArgument()); i++) {
                    items.put(operation.argument() + i, new Item(operation.argument() + i, operation));
                }
            }
            case TAKE -> {
                if (!operation.isPending()) {
                    takes.add(operation);
                } else if (history.hasDied(operation.process())) {
                    unknowns.add(new Unknown(operation, 1));
                }
            }
            case TAKE_UP_TO -> {
                if (operation.isPending() && history.hasDied(operation.process())) {
                    unknowns.add(new Unknown(operation, operation.argument() - partsOf(operation)));
                }
            }
            case REMOVE -> {
                if (!operation.isPending() && operation.result() == 1) {
                    takes.add(operation);
                } else if (operation.isPending() && history.hasDied(operation.process())) {
                    unknowns.add(new Unknown(operation, 1));
                }
            }
            case IS_EMPTY -> {
                if (!operation.isPending() && operation.result() == 1) {
                    empties.add(operation);
                }
            }
            case END -> {
            } // no order follows from it
            default -> throw Model.unknown(operation);
        }
    }

    /** How many of its values a process has noted before it was killed. */
    private long partsOf(Operation takeUpTo) {
        return history.operations().stream().filter(o -> o.action() == Action.TAKE
                && o.process() == takeUpTo.process() && o.invokedNanos() == takeUpTo.invokedNanos()).count();
    }

    /** A pending put has happened if one of its values was seen. */
    private void believePuts() {
        Set<Operation> seen = new HashSet<>();
        for (Operation take : takes) {
            Item item = items.get(valueOf(take));
            if (item != null) {
                seen.add(item.put);
            }
        }
        items.values().removeIf(item -> item.put.isPending() && !seen.contains(item.put));
    }

    private static long valueOf(Operation take) {
        return take.action() == Action.REMOVE ? take.argument() : take.result();
    }

    private void take(Operation take) throws Wrong {
        Item item = items.get(valueOf(take));
        if (item == null) {
            throw wrong("value " + name(valueOf(take)) + " was taken, and nobody has put it", List.of(take));
        }
        if (item.taken != null) {
            throw wrong("value " + name(item.value) + " was taken twice", List.of(item.put, item.taken, take));
        }
        item.taken = take;
        item.takeInvoked = take.invokedNanos();
        item.takeReturned = take.returnedNanos();
        if (take.returnedNanos() < item.putInvoked()) {
            throw wrong("value " + name(item.value) + " was taken before it was put", item.operations());
        }
    }

    /** Nothing may come out before what was in before it; never taken is later than everything. */
    private void checkOrder() throws Wrong {
        List<Item> byBegin = sorted(Item::putInvoked);
        List<Item> byEnd = sorted(item -> item.putReturned);
        Item latest = null;
        int before = 0;
        for (Item second : byBegin) {
            while (byEnd.get(before).putReturned < second.putInvoked()) {
                Item first = byEnd.get(before++);
                latest = first.isOrdered() && (latest == null || first.takeInvoked > latest.takeInvoked) ? first
                        : latest;
            }
            if (latest != null && second.isOrdered() && latest.takeInvoked > second.takeReturned) {
                Set<Operation> about = new HashSet<>(latest.operations());
                about.addAll(second.operations());
                throw wrong("value " + name(second.value) + " was put after " + name(latest.value) + " and taken "
                        + (latest.taken == null ? "though that was never taken" : "before it"), about);
            }
        }
    }

    /** What was put at once is taken in its order, whoever takes it, and nothing else in between. */
    private void checkBatches() throws Wrong {
        Map<Operation, PutOrder.Put> puts = new HashMap<>();
        Map<Operation, Item> latest = new HashMap<>();
        for (Item item : items.values().stream().sorted(Comparator.comparingLong(item -> item.value)).toList()) {
            PutOrder.Put put = puts.computeIfAbsent(item.put, PutOrder.Put::new);
            put.wasSeenAt(item.takeReturned);
            if (item.isOrdered()) {
                checkBehind(latest.get(item.put), item);
                put.wasTaken(item.takeInvoked, item.takeReturned);
                latest.merge(item.put, item, (old, its) -> its.takeInvoked > old.takeInvoked ? its : old);
            }
        }
        List<Operation> circle = PutOrder.circle(puts.values()).stream().map(PutOrder.Put::operation).toList();
        if (!circle.isEmpty()) {
            List<Operation> about = new ArrayList<>(circle);
            takes.stream().filter(take -> circle.contains(items.get(valueOf(take)).put)).forEach(about::add);
            throw wrong("no order of these puts explains what was taken when, if what was put at once is in one piece",
                    about);
        }
    }

    private void checkBehind(Item latest, Item item) throws Wrong {
        if (latest != null && latest.takeInvoked > item.takeReturned) {
            Set<Operation> about = new HashSet<>(latest.operations());
            about.addAll(item.operations());
            throw wrong("value " + name(item.value) + " was put behind " + name(latest.value) + " at once and taken "
                    + (latest.taken == null ? "though that was never taken" : "before it"), about);
        }
    }

    private List<Item> sorted(ToLongFunction<Item> time) {
        return items.values().stream().sorted(Comparator.comparingLong(time)).toList();
    }

    /** What one process has put in some order each process takes in that order, also out of one batch. */
    private void checkOrderOfEachConsumer() throws Wrong {
        Map<Long, Operation> newest = new HashMap<>();
        for (Operation take : takes) {
            if (take.action() == Action.REMOVE) {
                continue;
            }
            int producer = items.get(take.result()).put.process();
            Operation last = newest.put((long) take.process() << Integer.SIZE | producer, take);
            if (last != null && items.get(last.result()).putInvoked() > items.get(take.result()).putInvoked()
                    || last != null && isBehindInBatch(last, take)) {
                throw wrong("process " + take.process() + " has taken " + name(take.result()) + " after "
                        + name(last.result()) + ", which was put later", List.of(last, take));
            }
        }
    }

    private boolean isBehindInBatch(Operation last, Operation take) {
        return items.get(last.result()).put == items.get(take.result()).put && last.result() > take.result();
    }

    /** Empty is wrong if the times during which something must have been inside cover all of the question. */
    private void checkEmpty(Operation empty, Inside inside) throws Wrong {
        long covered = empty.invokedNanos();
        List<Operation> cover = new ArrayList<>(List.of(empty));
        Item next = inside.at(covered);
        while (next != null) {
            cover.addAll(next.operations());
            if (next.takeInvoked > empty.returnedNanos()) {
                throw wrong("the queue was said to be empty; there must have been something in it all the time: "
                        + cover.stream().filter(o -> o.action() == Action.PUT).map(o -> name(o.argument()))
                                .collect(Collectors.joining(", ")), cover);
            }
            covered = next.takeInvoked;
            next = inside.at(covered);
        }
    }

    /** The items by the end of their puts, and which of all those up to one stays longest. */
    private static final class Inside {

        private final List<Item> byEnd;
        private final List<Item> longest = new ArrayList<>();

        Inside(List<Item> byEnd) {
            this.byEnd = byEnd;
            Item best = null;
            for (Item item : byEnd) {
                best = best == null || item.takeInvoked > best.takeInvoked ? item : best;
                longest.add(best);
            }
        }

        /** Of those that were inside at this moment for sure the one that stayed longest. */
        Item at(long nanos) {
            int low = 0;
            int high = byEnd.size();
            while (low < high) {
                int middle = low + high >>> 1;
                if (byEnd.get(middle).putReturned < nanos) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            return low > 0 && longest.get(low - 1).takeInvoked > nanos ? longest.get(low - 1) : null;
        }
    }

    /** Each value that was put and is not there was taken by one of the dead; or it is lost. */
    private void explainMissing() throws Wrong {
        List<Item> missing = items.values().stream().filter(item -> item.taken == null)
                .sorted(Comparator.comparingLong(Item::putInvoked)).toList();
        if (missing.size() > unknowns.stream().mapToLong(Unknown::most).sum()) {
            throw wrong("value " + name(missing.get(0).value) + " is lost: " + missing.size() + " were put and are "
                    + "not there, and the dead cannot have taken as many", missing.get(0).operations());
        }
        Matching matching = new Matching(missing);
        for (Item item : missing) {
            if (!matching.find(item, new HashSet<>())) {
                throw wrong("value " + name(item.value) + " is lost: it was put and is not there, and none of the "
                        + "dead can have taken it", item.operations());
            }
        }
        missing.forEach(matching::assume);
    }

    /** Who of the dead can have taken which of the missing, each no more than it asked for: augmenting paths. */
    private final class Matching {

        private final Map<Item, List<Unknown>> candidates = new HashMap<>();
        private final Map<Unknown, List<Item>> served = new HashMap<>();

        Matching(List<Item> missing) {
            for (Item item : missing) {
                long from = item.putInvoked();
                long to = NEVER;
                for (Item other : items.values()) {
                    boolean known = other.taken != null && other.isOrdered();
                    from = known && other.putReturned < item.putInvoked() ? Math.max(from, other.takeInvoked) : from;
                    to = known && item.putReturned < other.putInvoked() ? Math.min(to, other.takeReturned) : to;
                }
                candidates.put(item, candidates(item, from, to));
            }
        }

        /** Neither before what was put earlier was taken, nor after what came later was. */
        private List<Unknown> candidates(Item item, long from, long to) {
            return unknowns.stream().filter(unknown -> unknown.take.action() == Action.REMOVE
                    ? unknown.take.argument() == item.value
                    : unknown.take.returnedNanos() >= from && unknown.take.invokedNanos() <= to).toList();
        }

        boolean find(Item item, Set<Unknown> tried) {
            for (Unknown unknown : candidates.get(item)) {
                if (tried.add(unknown) && serve(unknown, item, tried)) {
                    return true;
                }
            }
            return false;
        }

        private boolean serve(Unknown unknown, Item item, Set<Unknown> tried) {
            List<Item> mine = served.computeIfAbsent(unknown, key -> new ArrayList<>());
            if (mine.size() < unknown.most) {
                return mine.add(item);
            }
            for (int i = 0; i < mine.size(); i++) {
                if (find(mine.get(i), tried)) {
                    mine.set(i, item);
                    return true;
                }
            }
            return false;
        }

        /** It is not known which of them it was: it may have been the first. */
        void assume(Item item) {
            item.assumed = true;
            item.takeInvoked = candidates.get(item).stream().mapToLong(u -> u.take.invokedNanos()).min().orElseThrow();
        }
    }

    private Wrong wrong(String what, Collection<Operation> about) {
        long at = about.stream().mapToLong(Operation::invokedNanos).max().orElseThrow();
        return new Wrong(what + history.excerpt(at, about));
    }
}
