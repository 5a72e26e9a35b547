package io.interlock.core.platform;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.interlock.core.attach.Space;
import io.interlock.core.error.NoSpaceException;
import io.interlock.core.error.SegmentAccessException;
import io.interlock.core.testing.ChildJvm;
import io.interlock.core.testing.Mounts;
import io.interlock.core.testing.TestDirs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Room for a part of a file: by the operating system's call, and by the JDK alone. */
class ReservationTest {

    @RegisterExtension
    final TestDirs dirs = new TestDirs();

    /** The main program of a child: reserves as its arguments say, and tells what came of it. */
    static final class Child {

        private Child() {
        }

        /** FILE OFFSET LENGTH. */
        public static void main(String[] arguments) {
            try {
                Space.reserve(Path.of(arguments[0]), Long.parseLong(arguments[1]), Long.parseLong(arguments[2]));
                System.out.println("ok native=" + Platform.hasNativeCalls());
            } catch (RuntimeException e) {
                System.out.println(e.getClass().getSimpleName() + " " + e.getMessage());
            }
        }
    }

    /** What a JVM without JNA's native library says. */
    private String bare(Path file, long offset, long length) {
        try (ChildJvm child = ChildJvm.of(Child.class, file.toString(), Long.toString(offset), Long.toString(length))
                .withoutNativeLibrary().start()) {
            String line = child.nextLine();
            assertEquals(0, child.waitForExit());
            return line;
        }
    }

    private Path file(Path directory, String content) throws IOException {
        return Files.writeString(directory.resolve("file"), content);
    }

    private static void assertZerosBehind(Path file, String content, long length) throws IOException {
        byte[] expected = Arrays.copyOf(content.getBytes(StandardCharsets.UTF_8), (int) length);
        assertArrayEquals(expected, Files.readAllBytes(file));
    }

    @Nested
    class Reserve {

        @Test
        void makesTheFileLongerAndLeavesWhatIsThere() throws IOException {
            Path file = file(dirs.directory(), "abc");
            Space.reserve(file, 3, 200_000);
            assertZerosBehind(file, "abc", 200_003);
            Space.reserve(file, 100, 1_000);
            assertZerosBehind(file, "abc", 200_003);
        }

        @Test
        void withoutNativeCallsDoesTheSame() throws IOException {
            Path file = file(dirs.directory(), "abc");
            assertEquals("ok native=false", bare(file, 3, 200_000));
            assertZerosBehind(file, "abc", 200_003);
        }

        @ParameterizedTest
        @ValueSource(booleans = {true, false})
        void takesTheRoomFromTheFileSystem(boolean isNative) throws IOException {
            Path mount = Mounts.tmpfs(dirs, "1m");
            Path file = file(mount, "abc");
            long before = Files.getFileStore(mount).getUsableSpace();
            if (isNative) {
                Space.reserve(file, 4096, 512 << 10);
            } else {
                assertEquals("ok native=false", bare(file, 4096, 512 << 10));
            }
            assertTrue(before - Files.getFileStore(mount).getUsableSpace() >= 512 << 10);
        }

        @Test
        void saysThatThereIsNoRoom() throws IOException {
            Path mount = Mounts.tmpfs(dirs, "1m");
            Path file = file(mount, "abc");
            NoSpaceException told = assertThrows(NoSpaceException.class, () -> Space.reserve(file, 3, 2_000_000));
            assertTrue(told.getMessage().contains("2000000") && told.getMessage().contains("bytes free; make room"),
                    told.getMessage());
            assertEquals("abc", Files.readString(file).substring(0, 3));
            Space.reserve(file, 3, 500_000);
        }

        @Test
        void withoutNativeCallsSaysItToo() throws IOException {
            Path mount = Mounts.tmpfs(dirs, "1m");
            Path file = file(mount, "abc");
            String told = bare(file, 3, 2_000_000);
            assertTrue(told.startsWith("NoSpaceException cannot reserve 2000000 bytes for " + file), told);
            assertEquals("abc", Files.readString(file).substring(0, 3));
        }

        @Test
        void refusesAFileThatIsMissing() {
            Path file = dirs.path("missing");
            SegmentAccessException told = assertThrows(SegmentAccessException.class, () -> Space.reserve(file, 0, 10));
            assertEquals(SegmentAccessException.class, told.getClass());
            assertTrue(told.getMessage().contains(file.toString()), told.getMessage());
            String bare = bare(file, 0, 10);
            assertTrue(bare.startsWith("SegmentAccessException cannot open " + file), bare);
            assertTrue(Files.notExists(file));
        }
    }
}
