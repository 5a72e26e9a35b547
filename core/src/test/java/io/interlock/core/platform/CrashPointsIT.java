package io.interlock.core.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.interlock.core.testing.ChildJvm;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The switch of the crash points: off unless asked for, and then nothing of them is left in compiled code. */
class CrashPointsIT {

    private static final String CALL = "CrashPoints::at ";
    private static final String BEHIND_THE_SWITCH = "CrashPoints::reached ";

    @Nested
    class Off {

        @Test
        void watchingIsRefused() {
            IllegalStateException e = assertThrows(IllegalStateException.class, () -> CrashPoints.watch(null));
            assertTrue(e.getMessage().contains("-Dinterlock.crashPoints=true"), e.getMessage());
        }

        @Test
        void compiledCodeHasNoTraceOfThem() {
            List<String> inlined = inlinedBy("-Dinterlock.crashPoints=false");
            assertTrue(contains(inlined, CALL), "the call was not compiled: " + inlined);
            assertFalse(contains(inlined, BEHIND_THE_SWITCH), "the switch was not folded: " + inlined);
        }
    }

    @Nested
    class On {

        /** Or the test above would see nothing. */
        @Test
        void compiledCodeHasThem() {
            List<String> inlined = inlinedBy("-Dinterlock.crashPoints=true");
            assertTrue(contains(inlined, BEHIND_THE_SWITCH), "not compiled: " + inlined);
        }
    }

    private static boolean contains(List<String> lines, String method) {
        return lines.stream().anyMatch(line -> line.contains(method));
    }

    /** What the compiler says that it put into the loop. */
    private static List<String> inlinedBy(String flag) {
        List<String> lines = new ArrayList<>();
        try (ChildJvm child = ChildJvm.of(Loop.class).with(flag, "-XX:+UnlockDiagnosticVMOptions",
                "-XX:+PrintInlining", "-XX:+PrintCompilation", "-XX:-TieredCompilation", "-Xbatch",
                "-XX:CompileCommand=quiet", "-XX:CompileCommand=compileonly,*Loop::hot",
                "-XX:CompileCommand=compileonly,*CrashPoints::*").start()) {
            String line = child.nextLine();
            while (!line.startsWith("end")) {
                lines.add(line);
                line = child.nextLine();
            }
            assertEquals(0, child.waitForExit());
        }
        return lines;
    }

    /** Passes a point so often that it is compiled. */
    static final class Loop {

        private static final int OFTEN = 50_000;

        private Loop() {
        }

        public static void main(String[] args) {
            int passed = 0;
            for (int i = 0; i < OFTEN; i++) {
                passed += hot(i);
            }
            System.out.println("end " + passed);
        }

        private static int hot(int i) {
            CrashPoints.at("test.point");
            return i & 1;
        }
    }
}
