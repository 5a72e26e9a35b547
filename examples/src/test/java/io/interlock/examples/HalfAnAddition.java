package io.interlock.examples;

import io.interlock.core.Segment;
import io.interlock.memory.IpcLong;
import java.nio.file.Path;

/** A process of {@link RepairableCounter} that ends like a killed one, between the two stores of its addition. */
final class HalfAnAddition {

    static final int PROCESS = 0;
    static final int EXIT_CODE = 9;

    private HalfAnAddition() {
    }

    /** Argument: the segment. */
    public static void main(String[] args) {
        Segment segment = Segment.open(Path.of(args[0]));
        IpcLong.open(segment, "counter").getLock().lock();
        Ledger.open(segment).count(PROCESS);
        Runtime.getRuntime().halt(EXIT_CODE);
    }
}
