package io.interlock.examples;

/** A process that was started for an example did not do its part. */
final class WorkerFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    WorkerFailedException(String message) {
        super(message);
    }
}
