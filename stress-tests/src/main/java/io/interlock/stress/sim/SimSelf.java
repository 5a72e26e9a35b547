package io.interlock.stress.sim;

import io.interlock.core.port.Self;
import io.interlock.core.port.ThreadRecord;
import java.util.function.Consumer;

/** The one thread of a simulated process; it does not spin, which would only repeat steps. */
final class SimSelf extends Self {

    private final VirtualProcess process;

    SimSelf(VirtualProcess process) {
        this.process = process;
    }

    @Override
    public ThreadRecord current() {
        return process.record();
    }

    @Override
    public boolean isCurrent(ThreadRecord record) {
        return record == process.record();
    }

    @Override
    public void forEach(Consumer<ThreadRecord> visitor) {
        visitor.accept(process.record());
    }

    @Override
    public void spinHint() {
    }

    @Override
    public long spinNanos() {
        return 0;
    }
}
