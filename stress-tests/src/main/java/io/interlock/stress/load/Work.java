package io.interlock.stress.load;

/** What a worker does, turn by turn, until it is told to stop by an interrupt. It may be killed at any instruction. */
public interface Work {

    /**
     * One turn.
     *
     * @return whether it got on; false if it ran out of time
     */
    boolean turn() throws InterruptedException;

    /** Gives back what is held between turns. */
    default void end() {
    }
}
