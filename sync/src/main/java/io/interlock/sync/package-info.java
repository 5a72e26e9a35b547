/**
 * Locks, semaphores, events and conditions across processes, named as in Python's {@code multiprocessing} and shaped as
 * in {@code java.util.concurrent}.
 *
 * <p>Each type is a small family: the public type with the algorithm, its layout, and, where a word is packed, its pure
 * functions. All of them stand on {@code io.interlock.core.robust}. Start with {@link io.interlock.sync.IpcEvent}, the
 * smallest; then {@link io.interlock.sync.IpcSemaphore}, {@link io.interlock.sync.IpcMutex} and
 * {@link io.interlock.sync.IpcCondition}.
 */
package io.interlock.sync;
