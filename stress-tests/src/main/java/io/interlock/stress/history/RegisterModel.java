package io.interlock.stress.history;

/**
 * A number that is read, written, added to and compared: an {@code IpcLong}, or a counter under a lock.
 *
 * @param start the number at the beginning
 */
public record RegisterModel(long start) implements Model<Long> {

    @Override
    public Long initial() {
        return start;
    }

    @Override
    public Long after(Long state, Operation operation) {
        long next = switch (operation.action()) {
            case GET -> state;
            case SET -> operation.argument();
            case GET_AND_ADD -> state + operation.argument();
            case COMPARE_AND_SET -> state == operation.argument() ? operation.secondArgument() : state;
            default -> throw Model.unknown(operation);
        };
        return operation.isPending() || operation.result() == result(state, operation) ? (Long) next : null;
    }

    private static long result(long state, Operation operation) {
        return switch (operation.action()) {
            case GET, GET_AND_ADD -> state;
            case COMPARE_AND_SET -> state == operation.argument() ? 1 : 0;
            default -> 0;
        };
    }
}
