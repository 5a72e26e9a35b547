/**
 * The bytes of a segment: header, participants table, directory, heap, in this order, and the blocks that core itself
 * puts into it. Pure declarations; {@code docs/layout} has the printed tables.
 */
package io.interlock.core.format;
