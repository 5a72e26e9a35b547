package io.interlock.core.platform;

import java.nio.ByteBuffer;
import java.nio.file.Path;

/** One segment file, open in this process, with what the platform gives for it. */
public interface MappedFile {

    /** What names the file itself and not its path: it stays the same through a rename. */
    Object key();

    /** Present length of the file in bytes. */
    long length();

    /** The first bytes of the file, at most {@code length}, without mapping it. */
    ByteBuffer head(int length);

    /**
     * Reserves the given length on the file system, so that no later access can run out of space.
     *
     * @throws io.interlock.core.error.NoSpaceException if the file system has less
     */
    void reserve(long length);

    /** Maps {@code length} bytes, once; the file must be as long. */
    ByteBuffer map(int length);

    /**
     * Touches every page of a new mapping now, so that its first users need not; does nothing where that is not
     * known.
     */
    void populate();

    /** The participants' lock bytes. */
    LockBytes lockBytes();

    /** Sleeping on words of the mapping. */
    io.interlock.core.port.Futex futex(io.interlock.core.port.Mem mem);

    /**
     * To be called once the slot's byte is held: tests that the kernel shows it, and that the mapping alone keeps it.
     *
     * @throws io.interlock.core.error.SegmentAccessException if the file system does not support such locks
     */
    void settle(int slot);

    /**
     * Gives the slot's lock byte back and cuts the mapping off the file; accesses go to private zero pages from now on.
     *
     * @return false if this platform cannot do that: everything then stays as it is until the process ends
     */
    boolean detach(int slot);

    /** Closes a file to which this process has not attached; no access to its mapping may follow. */
    void abandon();

    /** The path by which it was opened. */
    Path path();
}
