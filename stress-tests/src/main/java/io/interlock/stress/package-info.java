/**
 * The stress suite: {@link io.interlock.stress.QuickCommand} runs the examples in random shapes as real processes,
 * {@link io.interlock.stress.JcstressCommand} runs the shipped primitives on two mappings of one file, each beside a
 * weakened twin that must fail, {@link io.interlock.stress.SimCommand} runs them on a simulated machine, and
 * {@link io.interlock.stress.FuzzCommand} damages segment files and lets a process use them. Each ends with one line
 * that judges the run. Start with {@code QuickCommand}.
 */
package io.interlock.stress;
