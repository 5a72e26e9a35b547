/** Looking into a segment from outside, by the declared layouts alone. */
package io.interlock.core.inspect;
