/**
 * What tests of this and other modules share: real JVMs as children, fresh directories and file systems, a segment in
 * plain memory whose participants die at the word of a test.
 */
package io.interlock.core.testing;
