/**
 * What can go wrong with a segment, as narrow unchecked exceptions. Full, empty and timed out are results and not
 * exceptions; an argument out of range is an {@link java.lang.IllegalArgumentException}, a release by somebody who does
 * not hold is an {@link java.lang.IllegalMonitorStateException}.
 */
package io.interlock.core.error;
