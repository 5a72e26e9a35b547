package io.interlock.core.testing;

import io.interlock.core.Segment;
import io.interlock.core.format.RobustLockLayout;
import io.interlock.core.format.WaiterTableLayout;
import io.interlock.core.layout.Layout;
import io.interlock.core.object.ObjectRequest;
import io.interlock.core.object.ObjectType;
import io.interlock.core.object.OwnerRegion;
import io.interlock.core.object.SharedBlock;
import io.interlock.core.robust.RobustLock;
import java.util.List;

/** Kinds of object that only tests know. */
public final class TestObjects {

    private static final Layout.Builder W = Layout.builder();
    private static final Layout.Builder B = Layout.builder();

    /** First of 16 words of {@link #WORDS}. */
    public static final int WORD_OFFSET = W.int64Array("words", 16, "any process", "any");
    /** Sixteen words without meaning. */
    public static final ObjectType WORDS = new ObjectType(9001, W.build("TestWords", 1), List.of(), o -> {
    });

    /** The lock of {@link #GUARDED}: a {@link RobustLockLayout}. */
    public static final int LOCK_OFFSET =
            B.int64Array("lock", RobustLockLayout.LAYOUT.lengthBytes() / 8, "its holder", "see RobustLock");
    /** The waiters of {@link #GUARDED}: a {@link WaiterTableLayout}. */
    public static final int WAITERS_OFFSET =
            B.isolate().int64Array("waiters", WaiterTableLayout.LAYOUT.lengthBytes() / 8, "waiters", "see WaiterTable");
    /** A plain lock and a table of waiters. */
    public static final ObjectType GUARDED = new ObjectType(9002, B.build("TestGuarded", 1),
            List.of(OwnerRegion.robustLock(LOCK_OFFSET), OwnerRegion.waiterTable(WAITERS_OFFSET)), o -> {
            });

    private TestObjects() {
    }

    /** Opens or makes words of this name. */
    public static SharedBlock words(Segment segment, String name) {
        return segment.directory().openOrCreate(ObjectRequest.of(WORDS, name, (mem, offset) -> {
        }));
    }

    /** Opens or makes a lock with waiters of this name. */
    public static SharedBlock guarded(Segment segment, String name) {
        return segment.directory().openOrCreate(ObjectRequest.of(GUARDED, name, (mem, offset) -> {
        }));
    }

    /** The lock of a {@link #GUARDED} object. */
    public static RobustLock lock(SharedBlock guarded) {
        return new RobustLock(guarded.context(), guarded.offset() + LOCK_OFFSET, false);
    }
}
