/**
 * Objects in a segment: what a kind of object is ({@link io.interlock.core.object.ObjectType}), and the directory that
 * finds and makes them. For those who add kinds; users call {@code create}, {@code open} and {@code openOrCreate} of
 * the types themselves.
 */
package io.interlock.core.object;
