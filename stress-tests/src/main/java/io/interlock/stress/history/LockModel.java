package io.interlock.stress.history;

/**
 * A lock with one owner at a time. An owner that is alive is not robbed, whether it runs or is stopped; whoever follows
 * a dead one is told, and nobody else is.
 */
public record LockModel() implements Model<LockModel.State> {

    private static final int NOBODY = -1;

    /**
     * Who has it.
     *
     * @param owner     a process, or -1
     * @param ownerDied whether the last one has died with it
     */
    public record State(int owner, boolean ownerDied) {
    }

    @Override
    public State initial() {
        return new State(NOBODY, false);
    }

    @Override
    public State after(State state, Operation operation) {
        return switch (operation.action()) {
            case LOCK -> acquire(state, operation);
            case TRY_LOCK -> operation.result() < 0 ? state.owner == NOBODY ? null : state : acquire(state, operation);
            case UNLOCK -> state.owner == operation.process() ? initial() : null;
            default -> throw Model.unknown(operation);
        };
    }

    private static State acquire(State state, Operation operation) {
        boolean told = operation.result() == 1;
        boolean possible = state.owner == NOBODY && (operation.isPending() || told == state.ownerDied);
        return possible ? new State(operation.process(), false) : null;
    }

    @Override
    public State afterDeath(State state, int process) {
        return state.owner == process ? new State(NOBODY, true) : state;
    }
}
