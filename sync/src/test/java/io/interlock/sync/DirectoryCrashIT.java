package io.interlock.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.interlock.core.Segment;
import io.interlock.core.SegmentOptions;
import io.interlock.core.object.SharedBlock;
import io.interlock.core.testing.ChildJvm;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class DirectoryCrashIT {

    private static final int KILLS = 15;

    @Nested
    class CreatorKilledAtRandom {

        @Tag("proof")
        @Test
        void leavesAWholeDirectoryInWhichOthersCanCreate() {
            Random random = new Random(7);
            try (Segment segment = Segment.temporary(SegmentOptions.defaults().withSizeBytes(64 << 20))) {
                ChildJvm next = ProcessTest.start(segment);
                for (int i = 0; i < KILLS; i++) {
                    ChildJvm victim = next;
                    victim.expectLine("ready");
                    next = ProcessTest.start(segment);
                    victim.send("create victim" + i + " 400").expectLine("began");
                    Until.passed(System.nanoTime() + random.nextInt(8_000_000));
                    victim.close();
                    assertEquals(3, IpcSemaphore.create(segment, "survivor" + i, 3).availablePermits());
                }
                next.close();
                assertWhole(segment);
            }
        }

        private void assertWhole(Segment segment) {
            Set<String> names = new HashSet<>();
            long end = 0;
            for (int id = 1; id <= segment.stats().objects(); id++) {
                SharedBlock block = segment.directory().byId(id);
                assertTrue(names.add(block.name()), "twice: " + block.name());
                assertTrue(block.offset() >= end, "blocks overlap at " + block);
                end = block.offset() + block.length();
                String name = block.name();
                int permits = name.startsWith("survivor") ? 3 : Integer.parseInt(name.substring(name.indexOf('-') + 1));
                assertEquals(permits, IpcSemaphore.open(segment, name).availablePermits());
            }
            System.out.println(KILLS + " creators killed after " + (names.size() - KILLS) + " creations, recoveries "
                    + segment.stats().recoveries());
        }
    }
}
