/**
 * The shipped implementations of the ports: words through Agrona or the JDK's handles, sleeping on Linux futexes or by
 * polling, liveness by lock bytes. {@link io.interlock.core.platform.Platform} chooses. JNA is known here and nowhere
 * else.
 */
package io.interlock.core.platform;
