package io.interlock.stress.history;

/**
 * The end of a process that was killed. What it had begun and not ended has happened before it was gone, or never.
 *
 * @param process     number of the process
 * @param killedNanos a moment before it was killed
 * @param goneNanos   a moment after which it can have done nothing: its end had been waited for
 */
public record Death(int process, long killedNanos, long goneNanos) {
}
