package io.interlock.stress.sim;

/**
 * How a schedule ended.
 *
 * @param kills     how many processes were killed
 * @param steps     how many accesses to memory there were
 * @param violation what was wrong, or null
 */
record Outcome(int kills, int steps, String violation) {
}
