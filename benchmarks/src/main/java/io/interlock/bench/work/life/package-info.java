/**
 * What it costs that processes die, and that threads wait: how soon the next one has a lock whose owner was killed, and
 * how much of a processor a thread takes that waits for something.
 */
package io.interlock.bench.work.life;
