package io.interlock.journal.store;

import java.nio.file.Path;

/**
 * One file of a journal.
 *
 * @param path      where it is
 * @param endMillis end of its roll: moment of the epoch at which the next file begins
 * @param bytes     how many of its bytes are used, the file may look longer; 0 if nobody wants to know
 */
public record RollFile(Path path, long endMillis, long bytes) {
}
