/** The crash matrix: what was seen when processes were killed, as a page for people. */
package io.interlock.stress.matrix;
