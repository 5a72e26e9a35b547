package io.interlock.stress.history;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Whether the puts into a queue, some of several values at once, can have happened one after the other. One comes
 * before another one if it was over when that began, or if one of its values was taken before one of the other's. With
 * single values two that come before each other are enough to see that something is wrong; with batches there are
 * circles of three, so all of it is sorted: what has nothing before it is laid aside, until nothing is left.
 *
 * <p>Of the puts that are left only those that overlap the first end of a put are looked at, so the time is linear
 * but for the sorting.
 */
final class PutOrder {

    private final List<Put> byBegin;
    private final List<Put> byEnd;
    private final List<Take> takes = new ArrayList<>();
    private final Set<Put> done = new HashSet<>();
    private int firstEnd;
    private int firstTake;

    /** One put, whose values were taken like this; as far as is known when. */
    static final class Put {

        private final Operation put;
        private final List<long[]> takes = new ArrayList<>();
        /** It has happened when one of its values was taken, even if it had not returned. */
        private long returned;
        private long lastTakeInvoked = Long.MIN_VALUE;

        Put(Operation put) {
            this.put = put;
            this.returned = put.returnedNanos();
        }

        Operation operation() {
            return put;
        }

        /** One of its values was there at this moment at the latest. */
        void wasSeenAt(long nanos) {
            returned = Math.min(returned, nanos);
        }

        /** One of its values was taken in its turn between these moments. */
        void wasTaken(long from, long to) {
            takes.add(new long[]{from, to});
            lastTakeInvoked = Math.max(lastTakeInvoked, from);
        }
    }

    private record Take(Put put, long returned) {
    }

    private PutOrder(Collection<Put> puts) {
        byBegin = puts.stream().sorted(Comparator.comparingLong(put -> put.put.invokedNanos())).toList();
        byEnd = puts.stream().sorted(Comparator.comparingLong(put -> put.returned)).toList();
        puts.forEach(put -> put.takes.forEach(take -> takes.add(new Take(put, take[1]))));
        takes.sort(Comparator.comparingLong(Take::returned));
    }

    /** Those of which none can have been the first of those that are left; empty if there is an order. */
    static List<Put> circle(Collection<Put> puts) {
        return new PutOrder(puts).circle();
    }

    private List<Put> circle() {
        List<Put> open = new ArrayList<>();
        int begun = 0;
        while (done.size() < byEnd.size()) {
            while (done.contains(byEnd.get(firstEnd))) {
                firstEnd++;
            }
            while (begun < byBegin.size() && byBegin.get(begun).put.invokedNanos() <= byEnd.get(firstEnd).returned) {
                open.add(byBegin.get(begun++));
            }
            Put next = open.stream().filter(this::nothingWasTakenBefore).findFirst().orElse(null);
            if (next == null) {
                return open;
            }
            open.remove(next);
            done.add(next);
        }
        return List.of();
    }

    private boolean nothingWasTakenBefore(Put put) {
        while (firstTake < takes.size() && done.contains(takes.get(firstTake).put)) {
            firstTake++;
        }
        for (int i = firstTake; i < takes.size() && takes.get(i).returned < put.lastTakeInvoked; i++) {
            if (takes.get(i).put != put && !done.contains(takes.get(i).put)) {
                return false;
            }
        }
        return true;
    }
}
