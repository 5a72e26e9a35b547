package io.interlock.core;

import java.nio.file.Path;

/**
 * A segment file in the default directory, as {@link Segment#list()} finds it.
 *
 * @param name      name of the segment
 * @param path      its file
 * @param sizeBytes size of the file
 * @param usable    whether this library can open it
 * @param attached  how many processes are attached now; -1 if it is not usable
 * @param problem   why it is not usable, else empty
 */
public record SegmentInfo(String name, Path path, long sizeBytes, boolean usable, int attached, String problem) {
}
