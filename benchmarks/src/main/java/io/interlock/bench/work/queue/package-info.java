/** Queues between processes, and the same between threads. */
package io.interlock.bench.work.queue;
