package io.interlock.sync;

import io.interlock.core.Segment;
import io.interlock.core.format.RobustLockLayout;
import io.interlock.core.port.ThreadRecord;
import io.interlock.core.robust.RobustWord;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A test on a temporary segment of its own. */
abstract class SegmentTest {

    Segment segment;

    @BeforeEach
    final void createSegment() {
        segment = Segment.temporary();
    }

    @AfterEach
    final void closeSegment() {
        segment.close();
    }

    /** Waits until the thread sleeps on a word of the segment. */
    final void awaitAsleep(Thread thread) {
        Until.isTrue(thread.getName() + " sleeps", () -> isAsleep(thread));
    }

    final boolean isAsleep(Thread thread) {
        AtomicBoolean asleep = new AtomicBoolean();
        segment.context().self.forEach(record -> {
            if (record.thread == thread && record.parkedOffset() != ThreadRecord.NOT_PARKED) {
                asleep.set(true);
            }
        });
        return asleep.get();
    }

    /** Makes it look as if a process had died holding this lock: its word names a participant that never was. */
    static void abandonByTheDead(IpcMutex lock) {
        long seen = lock.robust.word();
        int upper = lock instanceof IpcLock ? RobustWord.upperOf(seen) + 1 : 4711;
        lock.context.mem.putLongVolatile(lock.robust.block() + RobustLockLayout.WORD_OFFSET,
                RobustWord.held(upper, RobustWord.participant(200, 1), seen & RobustWord.INCONSISTENT));
    }
}
