package io.interlock.journal;

/** Where a tailer stands. */
interface Position {

    /** Index of the oldest message that was not handled. */
    long get();

    /** All before this index were handled. */
    void set(long index);

    /** Whether it is kept in the journal, so that files are kept for it. */
    boolean isKept();

    /** Gives it free for others; may be called again. */
    void close();

    /** One that nobody else knows. */
    static Position unnamed() {
        return new Position() {

            private long index;

            @Override
            public long get() {
                return index;
            }

            @Override
            public void set(long to) {
                index = to;
            }

            @Override
            public boolean isKept() {
                return false;
            }

            @Override
            public void close() {
                // Nobody else knows it.
            }

            @Override
            public String toString() {
                return "without a name";
            }
        };
    }
}
