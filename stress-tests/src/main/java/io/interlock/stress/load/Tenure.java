package io.interlock.stress.load;

import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A role of a queue that is held for a random number of turns, and then left to others for a moment. */
final class Tenure<R> {

    private static final int MOST_TURNS = 60;
    private static final int LONGEST_WAIT_MILLIS = 30;

    private final Seat seat;
    private final Entry<R> entry;
    private final Consumer<R> leave;
    private R role;
    private int turns;

    /** How to get the role; null if others kept it for so long. */
    @FunctionalInterface
    interface Entry<R> {

        /** Waits for it. */
        R enter(long timeout, TimeUnit unit) throws InterruptedException;
    }

    /**
     * Not yet in the role.
     *
     * @param leave what gives the role back
     */
    Tenure(Seat seat, Entry<R> entry, Consumer<R> leave) {
        this.seat = seat;
        this.entry = entry;
        this.leave = leave;
    }

    /** The role for one turn; null if somebody else has it. */
    R turn() throws InterruptedException {
        if (role != null && turns-- == 0) {
            end();
            seat.pause(); // or whoever waits for the role would hardly ever be faster
        }
        if (role == null) {
            role = entry.enter(LONGEST_WAIT_MILLIS, TimeUnit.MILLISECONDS);
            turns = seat.random().nextInt(MOST_TURNS);
        }
        return role;
    }

    /** Leaves it. */
    void end() {
        if (role != null) {
            leave.accept(role);
            role = null;
        }
    }
}
