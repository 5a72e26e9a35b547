package io.interlock.core.testing;

import io.interlock.core.format.HeaderLayout;
import io.interlock.core.platform.BackoffFutex;
import io.interlock.core.platform.JvmSelf;
import io.interlock.core.platform.VarHandleMem;
import io.interlock.core.port.Context;
import io.interlock.core.port.Futex;
import io.interlock.core.port.Mem;
import io.interlock.core.robust.RobustWord;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Memory of this JVM in the place of a file, with participants that live and die at the word of a test. */
public final class FakeSegment {

    /** Where blocks may begin: behind the header. */
    public static final int HEAP = HeaderLayout.LENGTH;

    public final Mem mem;
    public final Futex futex;
    private final JvmSelf self = new JvmSelf();
    private final Set<Integer> dead = ConcurrentHashMap.newKeySet();

    /** Makes one of 64 KiB. */
    public FakeSegment() {
        this.mem = new VarHandleMem(ByteBuffer.allocateDirect(1 << 16).alignedSlice(8));
        this.futex = new BackoffFutex(mem);
    }

    /** A handle of a participant; as many as wanted of the same. */
    public Context participant(int slot, int generation) {
        return new Context(mem, futex, (s, g) -> dead.contains(RobustWord.participant(s, g)), System::nanoTime, self,
                RobustWord.participant(slot, generation));
    }

    /** From now on this participant is dead. */
    public void kill(Context participant) {
        dead.add(participant.participant);
    }
}
