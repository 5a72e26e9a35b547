package io.interlock.sync;

import io.interlock.core.format.RobustLockLayout;
import io.interlock.core.layout.Layout;
import io.interlock.core.object.Inspection;
import io.interlock.core.object.ObjectRequest;
import io.interlock.core.object.ObjectType;
import io.interlock.core.object.OwnerRegion;
import io.interlock.core.robust.RobustLock;
import io.interlock.core.robust.RobustWord;
import java.util.List;
import java.util.Objects;

/** The blocks of both locks: a robust lock and nothing else. */
final class LockLayout {

    static final int ROBUST_OFFSET = 0;
    static final Layout LOCK_LAYOUT = layout("Lock");
    static final Layout RLOCK_LAYOUT = layout("RLock");

    static final ObjectType LOCK = type(TypeCodes.LOCK, LOCK_LAYOUT, false);
    static final ObjectType RLOCK = type(TypeCodes.RLOCK, RLOCK_LAYOUT, true);

    private LockLayout() {
    }

    private static Layout layout(String name) {
        Layout.Builder b = Layout.builder();
        b.int64Array("robustLock", RobustLockLayout.LAYOUT.lengthBytes() / 8, "see RobustLock", "see RobustLock");
        return b.build(name, 1);
    }

    private static ObjectType type(int code, Layout layout, boolean recursive) {
        return new ObjectType(
                code, layout, List.of(OwnerRegion.robustLock(ROBUST_OFFSET)), object -> describe(object, recursive));
    }

    /** A new lock; {@code name} may be empty. */
    static ObjectRequest request(ObjectType type, String name, OwnerDeath policy) {
        Objects.requireNonNull(policy, "policy must not be null");
        boolean repair = policy == OwnerDeath.REPAIR_REQUIRED;
        int flags = (repair ? RobustLock.REPAIR_REQUIRED : 0) | (type == RLOCK ? RobustLock.RECURSIVE : 0);
        return ObjectRequest.of(type, name,
                (mem, offset) -> mem.putInt(offset + ROBUST_OFFSET + RobustLockLayout.FLAGS_OFFSET, flags))
                .with(repair ? 1 : 0, 0);
    }

    private static void describe(Inspection object, boolean recursive) {
        long word = object.int64(ROBUST_OFFSET + RobustLockLayout.WORD_OFFSET);
        object.put("owner", object.owner(word));
        if (!RobustWord.isFree(word)) {
            object.put(recursive ? "thread" : "hold", Integer.toUnsignedLong(RobustWord.upperOf(word)));
            if (recursive) {
                object.put("recursion", object.int32(ROBUST_OFFSET + RobustLockLayout.RECURSION_OFFSET));
            }
        }
        object.put("waiters", RobustWord.hasWaiters(word));
        object.put("inconsistent", RobustWord.isInconsistent(word));
        object.put("repairRequired", object.parameter(0) == 1);
        object.put("ownerDeaths", object.int64(ROBUST_OFFSET + RobustLockLayout.DEATHS_OFFSET));
        long token = object.int64(ROBUST_OFFSET + RobustLockLayout.TOKEN_OFFSET);
        object.put("token", recursive ? token : RobustLock.token(word, token));
    }
}
