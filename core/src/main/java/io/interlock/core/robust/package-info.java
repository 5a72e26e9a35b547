/**
 * The algorithms under every primitive: {@link io.interlock.core.robust.RobustLock} (a word that carries its owner),
 * {@link io.interlock.core.robust.EventCount} (sleeping until something may have happened) and
 * {@link io.interlock.core.robust.WaiterTable} (exact conditions). They know the ports and nothing else.
 *
 * <h2>Words</h2>
 * <dl>
 * <dt>participant</dt><dd>one process's attachment to a segment, {@code (slot, generation)}</dd>
 * <dt>dead</dt><dd>its lock byte is free, or its slot has a newer generation; final</dd>
 * <dt>slice</dt><dd>the longest sleep before a waiter looks again by itself: what bounds every consequence of a
 * kill</dd>
 * <dt>takeover</dt><dd>a CAS that replaces a dead owner in a word by a living one</dd>
 * </dl>
 *
 * <h2 id="memory">Happens-before across processes</h2>
 * The Java memory model speaks of one JVM. Two mappings of a file are two addresses of the same physical memory, which
 * the hardware keeps coherent; the orderings that {@code VarHandle} and Agrona emit are those of the processor, for
 * whichever address. So a release store that another process's acquire load reads orders what came before the one
 * before what comes after the other, exactly as between threads. The compiler of each JVM sees its own accesses only,
 * and honours the same modes. After a takeover there is no such pair with the dead owner: its stores are visible, since
 * the kernel released its lock byte after its last instruction, but an arbitrary prefix-less subset of what it was
 * about to store may be missing. Protocols here therefore commit by a single store.
 *
 * <p>Start with {@code RobustLock}.
 */
package io.interlock.core.robust;
