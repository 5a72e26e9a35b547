package io.interlock.stress.history;

/** A flag, clear at the beginning: who waits for it goes on at a moment when it is set, or gives up when it is not. */
public record EventModel() implements Model<Boolean> {

    @Override
    public Boolean initial() {
        return false;
    }

    @Override
    public Boolean after(Boolean set, Operation operation) {
        return switch (operation.action()) {
            case SET -> true;
            case CLEAR -> false;
            case IS_SET, AWAIT -> operation.isPending() || set == (operation.result() == 1) ? set : null;
            default -> throw Model.unknown(operation);
        };
    }
}
