/**
 * Histories of concurrent operations, and what judges them.
 *
 * <p>Each worker writes when it invokes an operation and when that returns into a mapped file of its own; the file
 * survives the worker's death. Afterwards the files are read together and a checker says whether all of it could have
 * happened.
 *
 * <dl>
 * <dt>operation</dt><dd>one call: by which process, on which object, with what result, from when to when</dd>
 * <dt>pending</dt><dd>invoked and never returned: it may have happened before its process was gone, or not at all</dd>
 * <dt>model</dt><dd>what a type does when nobody else is there: a few lines for each type</dd>
 * <dt>linearizable</dt><dd>there is an order of all operations, each at some moment between its invocation and its
 * return, in which the model gives the same results</dd>
 * </dl>
 *
 * <p>Times are those of {@link System#nanoTime()}. On Linux that is {@code CLOCK_MONOTONIC}, one clock for all
 * processes of a machine whatever their PID namespaces, so that times of different logs can be compared.
 *
 * <p>Small objects are judged by {@link io.interlock.stress.history.Linearizability} and a
 * {@link io.interlock.stress.history.Model}; queues by {@link io.interlock.stress.history.QueueHistory}, which needs
 * next to no search because no value is put twice. A new type needs its {@link io.interlock.stress.history.Action}s and
 * a model. Start with {@link io.interlock.stress.history.HistoryLog}.
 */
package io.interlock.stress.history;
