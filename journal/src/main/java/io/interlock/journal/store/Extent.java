package io.interlock.journal.store;

/**
 * How far the newest file is written and reserved: in memory that all processes share. Read and written by the holder
 * of the append lock only, and forgotten by whoever takes that lock over from a dead one.
 */
public interface Extent {

    /** Of no file. */
    long NONE = -1;

    /** Which file it is about: number of the roll, or {@link #NONE}. */
    long cycle();

    /** Behind this offset of the file nothing was written yet. */
    long dataEnd();

    /** Up to this offset there is room on the disk for certain. */
    long reservedEnd();

    /** Sets all three. */
    void set(long cycle, long dataEnd, long reservedEnd);

    /** Nothing is written to files before this one any more: number of the roll. */
    long earliestCycle();

    /** Nothing is written to files before this one any more, by anybody. */
    void notBefore(long cycle);

    /** Something was written. */
    void grow(long dataEnd);
}
