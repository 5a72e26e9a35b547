package io.interlock.stress.history;

/**
 * What a type does when one operation follows the other: its sequential specification.
 *
 * @param <S> state; immutable, with {@code equals} and {@code hashCode}
 */
public interface Model<S> {

    /** The state at the beginning of the history. */
    S initial();

    /**
     * What follows on an operation.
     *
     * @param operation one that returned: with this result; a pending one: with whatever result it would have had
     * @return the state after it, or null if it cannot take effect in this state, or not with this result
     */
    S after(S state, Operation operation);

    /** What follows on the death of a process. */
    default S afterDeath(S state, int process) {
        return state;
    }

    /** For an operation that the model does not know. */
    static IllegalArgumentException unknown(Operation operation) {
        return new IllegalArgumentException("no operation of this type: " + operation);
    }
}
