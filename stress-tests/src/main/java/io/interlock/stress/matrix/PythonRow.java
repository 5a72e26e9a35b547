package io.interlock.stress.matrix;

import java.util.OptionalDouble;

/**
 * What was seen of Python's {@code multiprocessing} when a process was killed or stopped at one moment.
 *
 * @param tried        how often that was tried
 * @param outcome      what the others saw, in a few words; several with their shares if it was not always the same
 * @param medianMillis from the kill to that, if something happened at all
 */
public record PythonRow(int tried, String outcome, OptionalDouble medianMillis) {
}
