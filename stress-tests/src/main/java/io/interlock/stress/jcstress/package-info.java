/**
 * The shipped primitives under jcstress, on two mappings of one file in one JVM: two addresses of the same memory, two
 * participants, so two processes as far as the shared words are concerned.
 *
 * <h2>Reading order</h2>
 * {@link io.interlock.stress.jcstress.TwoMappings} is the stage, {@link io.interlock.stress.jcstress.Shipped} puts the
 * library's classes on it. A class with a {@code Real} and a {@code Twin} inside is a page: what is claimed, the
 * command, the table of outcomes, and the two tests.
 *
 * <h2>Words</h2>
 * <dl>
 * <dt>left, right</dt><dd>the two mappings, each with a context of its own; actor 1 uses the left one, actor 2 the
 * right</dd>
 * <dt>place</dt><dd>a few zeroed cache lines of the file that one state instance has for itself</dd>
 * <dt>twin</dt><dd>the same test of a weakened copy of the primitive; it must show a forbidden outcome, or the test
 * could not see one</dd>
 * </dl>
 *
 * <p>Nobody dies here and slices are as shipped, so a lost wake-up would show as a delay and not as an outcome. Deaths
 * are tried with real processes, by the tests whose names end in {@code CrashIT}.
 */
package io.interlock.stress.jcstress;
