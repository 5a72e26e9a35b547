/**
 * Queues between processes, and the same between threads. {@link io.interlock.bench.work.queue.QueueRows} says what is
 * sent and what is counted. What all peers in Java do alike is in {@code Sender} and {@code Receiver}; each peer adds
 * how it offers one message and takes what is there.
 */
package io.interlock.bench.work.queue;
