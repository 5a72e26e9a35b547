/**
 * The rows of the table: which works there are, who does them, and what we want to reach
 * ({@link io.interlock.bench.work.Rows}).
 */
package io.interlock.bench.work;
