package io.interlock.journal;

import io.interlock.core.object.SharedBlock;
import io.interlock.core.port.Mem;
import java.util.stream.IntStream;

/**
 * What is known of batches that are on their way from queues to a journal. All but {@link #end} is done by the holder
 * of the journal's lock.
 */
final class Moves {

    /* Design.
     *
     * A place for each queue, for as long as a batch of it is on its way:
     *   begin     queue and range are written, then the move: the index i that the batch will get; then it is appended
     *   end       when the queue has let the batch go, the move becomes 0: by a CAS, since meanwhile the next batch of
     *             the same queue may have taken the place                                    SYNC journal.move
     * Whoever dies or fails between begin and the append leaves the lock to one who recovers: before anything else can
     * get the index i, settle() forgets the move if nothing is at i. So each move that is there, and not of the holder
     * himself, is of a batch that was appended.
     * Killed between the append and end: the move stays until that queue is moved from again; then its oldest messages
     * that lie in the range are those that were appended.
     *
     * If all places are taken by moves that nobody ended, the oldest one is given up.
     */

    /** Which queue: the id of its segment, and its number there. */
    record QueueId(long segmentHigh, long segmentLow, long number) {
    }

    private static final int NONE = -1;

    private final Mem mem;
    private final int places;

    Moves(SharedBlock block) {
        this.mem = block.context().mem;
        this.places = block.offset() + JournalLayout.MOVES_OFFSET;
    }

    /** How many of the oldest messages of a queue have been appended already; they begin at these positions. */
    int alreadyAppended(QueueId queue, int[] positions) {
        int place = find(queue);
        if (place == NONE) {
            return 0;
        }
        long range = mem.getLong(at(place) + MovesLayout.RANGE_OFFSET);
        int begin = (int) range;
        int length = (int) (range >>> 32) - begin;
        int count = 0;
        while (count < positions.length - 1
                && Integer.compareUnsigned(positions[count] - begin, length) < 0) {
            count++;
        }
        return count;
    }

    /** A batch from {@code begin} to {@code end} is about to get this index; which place it has got. */
    int begin(QueueId queue, int begin, int end, long index) {
        int found = find(queue);
        int place = found != NONE ? found : vacant();
        mem.putLongVolatile(at(place) + MovesLayout.MOVE_OFFSET, 0); // SYNC journal.move: pairs with end
        mem.putLong(at(place) + MovesLayout.SEGMENT_OFFSET, queue.segmentHigh);
        mem.putLong(at(place) + MovesLayout.SEGMENT_OFFSET + Long.BYTES, queue.segmentLow);
        mem.putLong(at(place) + MovesLayout.QUEUE_OFFSET, queue.number);
        mem.putLong(at(place) + MovesLayout.RANGE_OFFSET, (long) end << 32 | begin & 0xFFFF_FFFFL);
        mem.putLongVolatile(at(place) + MovesLayout.MOVE_OFFSET, index + 1);
        return place;
    }

    /** Its messages have left the queue. By whoever has moved them, without the journal's lock. */
    void end(int place, long index) {
        mem.casLong(at(place) + MovesLayout.MOVE_OFFSET, index + 1, 0); // SYNC journal.move: pairs with begin
    }

    /** After a death or a failure: forgets what was to be appended at {@code end}, and was not. */
    void settle(long end) {
        for (int place = 0; place < MovesLayout.PLACES; place++) {
            if (move(place) > end) {
                mem.putLongVolatile(at(place) + MovesLayout.MOVE_OFFSET, 0);
            }
        }
    }

    private int find(QueueId queue) {
        for (int place = 0; place < MovesLayout.PLACES; place++) {
            if (move(place) != 0 && queue.equals(queueAt(place))) {
                return place;
            }
        }
        return NONE;
    }

    private QueueId queueAt(int place) {
        int at = at(place);
        return new QueueId(mem.getLong(at + MovesLayout.SEGMENT_OFFSET),
                mem.getLong(at + MovesLayout.SEGMENT_OFFSET + Long.BYTES), mem.getLong(at + MovesLayout.QUEUE_OFFSET));
    }

    private int vacant() {
        int oldest = 0;
        for (int place = 0; place < MovesLayout.PLACES && move(oldest) != 0; place++) {
            if (move(place) < move(oldest)) {
                oldest = place;
            }
        }
        return oldest;
    }

    private long move(int place) {
        return mem.getLongVolatile(at(place) + MovesLayout.MOVE_OFFSET);
    }

    private int at(int place) {
        return places + place * MovesLayout.LENGTH;
    }

    @Override
    public String toString() {
        long open = IntStream.range(0, MovesLayout.PLACES).filter(place -> move(place) != 0).count();
        return "Moves[" + open + " of " + MovesLayout.PLACES + "]";
    }
}
