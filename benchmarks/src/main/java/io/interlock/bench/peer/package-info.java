/**
 * How peers of different kinds are run: {@linkplain io.interlock.bench.peer.JmhPeer inside a JVM}, in
 * {@linkplain io.interlock.bench.peer.JvmPeer JVMs of their own}, as
 * {@linkplain io.interlock.bench.peer.NativePeer programs in C}. All but the first talk by lines, and count their own
 * time: {@link io.interlock.bench.peer.Lap}.
 */
package io.interlock.bench.peer;
