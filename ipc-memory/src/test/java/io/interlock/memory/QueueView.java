package io.interlock.memory;

import io.interlock.core.Segment;
import io.interlock.core.object.Inspection;
import io.interlock.core.object.SharedBlock;
import io.interlock.core.port.ThreadRecord;
import io.interlock.core.robust.RobustWord;
import io.interlock.core.testing.Async;
import io.interlock.memory.ring.RingLayout;
import io.interlock.sync.Until;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/** What can be seen of a queue from outside. */
final class QueueView {

    private QueueView() {
    }

    /** What an inspector says of it. */
    static Map<String, Object> of(Segment segment, IpcQueue<?> queue) {
        SharedBlock block = segment.directory().byId(queue.id());
        Inspection inspection = new Inspection(segment.context().mem, block.offset(),
                new long[]{block.parameter0(), block.parameter1()}, (slot, generation) -> "somebody");
        RingLayout.TYPE.state().describe(inspection);
        return inspection.findings();
    }

    /** How this process is called where it owns something. */
    static String self(Segment segment) {
        int participant = segment.context().participant;
        return RobustWord.slotOf(participant) + "." + RobustWord.generationOf(participant);
    }

    /** Waits until this thread of this process sleeps on a word of the segment. */
    static void awaitAsleep(Segment segment, Async<?> call) {
        Until.isTrue("the thread sleeps", () -> {
            AtomicBoolean asleep = new AtomicBoolean();
            segment.context().self.forEach(record -> {
                if (record.thread == call.thread() && record.parkedOffset() != ThreadRecord.NOT_PARKED) {
                    asleep.set(true);
                }
            });
            return asleep.get();
        });
    }

    /** Waits until so many consumers, of whatever process, are about to sleep. */
    static void awaitConsumers(Segment segment, IpcQueue<?> queue, int count) {
        Until.isTrue(count + " consumers wait", () -> number(segment, queue, "waitingConsumers") >= count);
    }

    /** Waits until so many producers, of whatever process, are about to sleep. */
    static void awaitProducers(Segment segment, IpcQueue<?> queue, int count) {
        Until.isTrue(count + " producers wait", () -> number(segment, queue, "waitingProducers") >= count);
    }

    private static long number(Segment segment, IpcQueue<?> queue, String finding) {
        return ((Number) of(segment, queue).get(finding)).longValue();
    }
}
