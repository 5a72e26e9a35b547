/**
 * The kill suite: real processes that do what the library offers, and are killed or stopped at every crash point on the
 * way.
 *
 * <p>Words. A <i>deed</i> is something that a process does with one object: lock and unlock, put, take, close. Its
 * <i>crash points</i> are the changes that the shipped code makes to shared memory meanwhile, its sleeps and its
 * wake-ups, and the steps of a file's life ({@link io.interlock.core.platform.CrashPoints}). A <i>trial</i> is one deed
 * with one point and one <i>mode</i>: SIGKILL, SIGSTOP and SIGCONT, SIGSTOP and SIGKILL. The <i>actor</i> is the
 * process that does it; the <i>survivors</i> are threads of the process that watches it, of which each call has a
 * bound.
 *
 * <p>Start with {@code Trial}, then {@code MutexDeed}. A new type needs a class like that one, and a line in
 * {@code Deeds}.
 */
package io.interlock.stress.kill;
