/**
 * Values and arrays that processes share.
 *
 * <p>Two concepts: an {@link io.interlock.memory.IpcValue} is one number, an {@link io.interlock.memory.IpcArray} a row
 * of them. Each has one class for each kind of number, with the operations of {@code java.util.concurrent.atomic}, and
 * a lock for what takes more than one operation. The words:
 * <dl>
 * <dt>plain, acquire, release, volatile</dt><dd>the orderings of {@link java.lang.invoke.VarHandle}; a name without one
 * of them is volatile</dd>
 * <dt>atomic</dt><dd>read and written in one step, that no process can come between</dd>
 * <dt>anonymous</dt><dd>found by its number, {@code id()}, and not by a name</dd>
 * </dl>
 *
 * <p>Start with {@link io.interlock.memory.IpcLong}; all others follow it.
 */
package io.interlock.memory;
