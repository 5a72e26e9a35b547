package io.interlock.stress.history;

/**
 * A number of permits, which are anonymous: those that a dead process had stay taken.
 *
 * @param start free permits at the beginning
 */
public record SemaphoreModel(long start) implements Model<Long> {

    @Override
    public Long initial() {
        return start;
    }

    @Override
    public Long after(Long permits, Operation operation) {
        return switch (operation.action()) {
            case ACQUIRE -> permits > 0 ? permits - 1 : null;
            case TRY_ACQUIRE -> tryAcquire(permits, operation);
            case RELEASE -> permits + 1;
            default -> throw Model.unknown(operation);
        };
    }

    private static Long tryAcquire(long permits, Operation operation) {
        boolean acquires = permits > 0;
        boolean possible = operation.isPending() || acquires == (operation.result() == 1);
        return possible ? (Long) (acquires ? permits - 1 : permits) : null;
    }
}
