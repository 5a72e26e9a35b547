/**
 * What can go wrong with a queue or a pipe beyond what {@link io.interlock.core.error} says, as narrow unchecked
 * exceptions. Full, empty and timed out are results and not exceptions.
 */
package io.interlock.memory.error;
