package io.interlock.core.port;

/**
 * Whether a participant is dead. The answer {@code true} is final: a dead participant never lives again. When in doubt
 * the answer is {@code false}: a stopped, swapped-out or garbage-collecting process is alive.
 */
@FunctionalInterface
public interface Liveness {

    /**
     * Asks for one participant; costs a system call, so only slow paths ask.
     *
     * @param slot       the participant's slot, from 0
     * @param generation the generation of the slot, 18 bits
     */
    boolean isDead(int slot, int generation);
}
