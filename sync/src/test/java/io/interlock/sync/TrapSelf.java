package io.interlock.sync;

import io.interlock.core.object.SharedBlock;
import io.interlock.core.port.Context;
import io.interlock.core.port.Self;
import io.interlock.core.port.ThreadRecord;
import java.util.function.Consumer;

/** Does something when a thread asks who it is: that is, in the middle of an operation of that thread. */
final class TrapSelf extends Self {

    private final Context context;
    private final Self self;
    private Runnable trap;

    /** A handle like the other one, with a trap. */
    TrapSelf(Context other) {
        self = other.self;
        context = new Context(other.mem, other.futex, other.liveness, other.clock, this, other.participant);
    }

    Context context() {
        return context;
    }

    /** The block as this handle sees it. */
    SharedBlock seen(SharedBlock b) {
        return seenBy(context, b);
    }

    /** The block as another handle sees it. */
    static SharedBlock seenBy(Context context, SharedBlock b) {
        return new SharedBlock(context, b.id(), b.type(), b.typeVersion(), b.parent(), b.name(), b.offset(),
                b.length(), b.parameter0(), b.parameter1());
    }

    /** What to do, once. */
    void set(Runnable action) {
        trap = action;
    }

    @Override
    public ThreadRecord current() {
        Runnable action = trap;
        trap = null;
        if (action != null) {
            action.run();
        }
        return self.current();
    }

    /** Never, so that everybody asks. */
    @Override
    public boolean isCurrent(ThreadRecord record) {
        return false;
    }

    @Override
    public void forEach(Consumer<ThreadRecord> visitor) {
        self.forEach(visitor);
    }

    @Override
    public void spinHint() {
        self.spinHint();
    }

    @Override
    public long spinNanos() {
        return self.spinNanos();
    }
}
