/**
 * What can be wrong with a journal. Each message names what was found, what was expected, and what to do.
 */
package io.interlock.journal.error;
