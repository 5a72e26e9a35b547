package io.interlock.bench.work.queue;

import io.interlock.bench.peer.Part;

/**
 * How many send, and how many receive.
 *
 * @param senders   processes, or threads
 * @param receivers the same
 */
record QueueShape(int senders, int receivers) {

    /** Of every ring, without what it needs for itself; 16 bytes for a message with a number. */
    static final int BYTES = 256 << 10;
    /** Of queues that count messages. */
    static final int MESSAGES = BYTES / 16;

    /** The shape that the words of a part begin with. */
    static QueueShape of(Part.Setting setting) {
        return new QueueShape(Integer.parseInt(setting.words().get(0)), Integer.parseInt(setting.words().get(1)));
    }

    /** What a part is told. */
    String[] words() {
        return new String[]{Integer.toString(senders), Integer.toString(receivers)};
    }

    @Override
    public String toString() {
        return senders + "x" + receivers;
    }
}
