package io.interlock.memory;

import io.interlock.core.Segment;
import io.interlock.core.SegmentOptions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Queue;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** Guava's tests on ours. */
class IpcQueueGuavaTest {

    private static final SegmentOptions SMALL =
            SegmentOptions.defaults().withMaxParticipants(4).withSizeBytes(1 << 17);

    private final Deque<Segment> open = new ArrayDeque<>();

    @TestFactory
    Stream<DynamicNode> behavesAsGuavaExpectsOfAQueue() {
        return GuavaQueueSuite.of("IpcQueue", this::newQueue, this::closeAll);
    }

    private Queue<String> newQueue() {
        open.push(Segment.temporary(SMALL));
        return IpcQueue.create(open.peek(), Codec.utf8(), Capacity.items(100));
    }

    private void closeAll() {
        while (!open.isEmpty()) {
            open.pop().close();
        }
    }
}
