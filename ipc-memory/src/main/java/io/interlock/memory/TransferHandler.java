package io.interlock.memory;

import java.nio.ByteBuffer;
import java.util.List;

/** Gets messages of a queue that are to be carried on; see {@link IpcQueue#transfer}. */
@FunctionalInterface
public interface TransferHandler {

    /**
     * Puts messages where they are to go. When this has returned they are taken out of the queue; if it throws, or the
     * process dies before the queue has committed that, they stay and come again.
     *
     * @param messages  the oldest messages of the queue as its codec has written them, one at least; not to be kept
     * @param positions where each of them is in the queue's stream, and behind them where the last one ends. A message
     *                  keeps its position, whatever becomes of others. Positions only grow, modulo 2^32, in units of 8
     *                  bytes: after 32 GiB they come again
     * @return how many of them, from the first on, are to be taken out; 0 to all
     */
    int onMessages(List<ByteBuffer> messages, int[] positions) throws InterruptedException;
}
