/**
 * The files of a journal, on Chronicle Queue: the only package that knows it. For the journal alone.
 *
 * <p>Start with {@link io.interlock.journal.store.ExcerptStore}, which writes and puts right, then {@link
 * io.interlock.journal.store.ExcerptReader}; {@link io.interlock.journal.store.Excerpt} is the format.
 */
package io.interlock.journal.store;
