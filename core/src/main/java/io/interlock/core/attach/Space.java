package io.interlock.core.attach;

import io.interlock.core.platform.Reservation;
import java.nio.file.Path;

/** Room on a disk; for those whose data are in files beside a segment. */
public final class Space {

    private Space() {
    }

    /**
     * Reserves room for a part of an existing file in which nothing has been written yet: it reads as zeros before and
     * after. The file becomes longer if it ends before that part does.
     *
     * @throws io.interlock.core.error.NoSpaceException       if the file system has less
     * @throws io.interlock.core.error.SegmentAccessException if the file cannot be opened
     */
    public static void reserve(Path file, long offset, long lengthBytes) {
        Reservation.reserve(file, offset, lengthBytes);
    }
}
