/**
 * Memory-mapped segments that processes share. {@link io.interlock.core.Segment} is the door; the types that live in a
 * segment are in {@code io.interlock.sync} and {@code io.interlock.memory}.
 *
 * <p>How the parts stand on each other, lowest first: {@code layout} (declared bytes), {@code format} (the segment's
 * own ones), {@code port} (the machine), {@code platform} (the shipped machine), {@code robust} (the algorithms),
 * {@code object} (the directory), {@code attach} (coming and going), {@code inspect} (looking in).
 */
package io.interlock.core;
