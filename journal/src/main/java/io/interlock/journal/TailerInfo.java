package io.interlock.journal;

/**
 * A named tailer of a journal, as it was when it was asked for.
 *
 * @param name     its name
 * @param position index of the oldest message that it has not handled yet
 * @param inUse    whether a process has it
 */
public record TailerInfo(String name, long position, boolean inUse) {
}
