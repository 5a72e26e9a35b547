package io.interlock.core.format;

import io.interlock.core.layout.Layout;

/** The block of a robust lock, inside whatever object has one. */
public final class RobustLockLayout {

    private static final Layout.Builder B = Layout.builder();

    /** Who holds: see {@code RobustWord}. */
    public static final int WORD_OFFSET = B.int64("word", "any process", "CAS  [SYNC lock.word]");
    /** Counts owners who died holding; waiters of conditions compare it. */
    public static final int DEATHS_OFFSET = B.int64("deaths", "first owner after a death", "getAndAdd");
    /** Full number of the owning thread (recursive locks); 0 while free. */
    public static final int OWNER_OFFSET = B.int64("ownerThread", "owner", "plain, under the lock");
    /** How often the owner holds the lock (recursive locks). */
    public static final int RECURSION_OFFSET = B.int32("recursion", "owner", "plain, under the lock");
    /** Bit 0: repair required. Bit 1: recursive. */
    public static final int FLAGS_OFFSET = B.int32("flags", "creator", "plain");
    /** Token of the newest hold; of a plain lock a hint by which the word's 32-bit number is extended. */
    public static final int TOKEN_OFFSET = B.int64("token", "owner", "plain (recursive); CAS upwards (plain lock)");

    public static final Layout LAYOUT = B.build("RobustLock", 1);
    /** Bytes that a lock uses; what it protects may follow in the same cache line. */
    public static final int USED_BYTES = TOKEN_OFFSET + Long.BYTES;

    private RobustLockLayout() {
    }
}
