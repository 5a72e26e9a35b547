package io.interlock.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.interlock.core.error.InterlockException;
import io.interlock.core.error.LayoutMismatchException;
import io.interlock.core.error.SegmentAccessException;
import io.interlock.core.error.SegmentFormatException;
import io.interlock.core.error.SegmentFullException;
import io.interlock.core.error.SegmentNotFoundException;
import io.interlock.core.format.EntryLayout;
import io.interlock.core.format.HeaderLayout;
import io.interlock.core.inspect.SegmentInspector;
import io.interlock.core.object.ObjectRequest;
import io.interlock.core.port.Mem;
import io.interlock.core.testing.TestDirs;
import io.interlock.core.testing.TestObjects;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is wrong is told in a message that names what was found and what was expected. */
class SegmentBadInputTest {

    private static final SegmentOptions SMALL = SegmentOptions.defaults().withSizeBytes(1 << 16);

    @RegisterExtension
    final TestDirs dirs = new TestDirs();

    @Nested
    class OpenOf {

        @Test
        void missing() {
            refused(SegmentNotFoundException.class, dirs.path("missing"), "missing");
            refused(SegmentNotFoundException.class, dirs.path("no/such/directory"), "directory");
        }

        @Test
        void aSymbolicLinkToNothing() throws IOException {
            Path link = Files.createSymbolicLink(dirs.path("link"), dirs.path("nothing"));
            assertThrows(SegmentNotFoundException.class, () -> Segment.open(link));
            SegmentAccessException e = assertTimeoutPreemptively(Duration.ofSeconds(20),
                    () -> assertThrows(SegmentAccessException.class, () -> Segment.openOrCreate(link, SMALL)));
            assertTrue(e.getMessage().contains("symbolic link to nothing"), e.getMessage());
        }

        @Test
        void aDirectory() {
            refused(SegmentAccessException.class, dirs.directory(), "is a directory");
        }

        @Test
        void empty() throws IOException {
            refused(SegmentFormatException.class, file(new byte[0]), "is empty");
        }

        @Test
        void text() throws IOException {
            refused(SegmentFormatException.class, file("Hello, world, this is text\n".getBytes(
                    StandardCharsets.US_ASCII)),
                    "48656c6c6f2c2077", "not an Interlock segment");
        }

        @Test
        void threeBytes() throws IOException {
            refused(SegmentFormatException.class, file(new byte[]{1, 2, 3}), "010203");
        }

        @Test
        void randomBytes() throws IOException {
            byte[] bytes = new byte[100_000];
            new Random(1).nextBytes(bytes);
            refused(SegmentFormatException.class, file(bytes), "not an Interlock segment");
        }

        @ParameterizedTest
        @ValueSource(ints = {8, 100, 4095})
        void truncatedInTheHeader(int length) throws IOException {
            refused(SegmentFormatException.class, file(Arrays.copyOf(good(), length)), "cut short",
                    length + " bytes");
        }

        @ParameterizedTest
        @ValueSource(ints = {4096, 40_000, 65_535})
        void truncatedInTheBody(int length) throws IOException {
            refused(SegmentFormatException.class, file(Arrays.copyOf(good(), length)), "cut short",
                    length + " bytes", "65536");
        }

        @Test
        void ofANewerVersion() throws IOException {
            refused(LayoutMismatchException.class, patched(HeaderLayout.VERSION_OFFSET, 99), "layout 99", "reads 1");
        }

        @Test
        void ofTheOtherByteOrder() throws IOException {
            byte[] bytes = good();
            ByteBuffer swapped = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
            swapped.putLong(0, Long.reverseBytes(swapped.getLong(0)));
            refused(LayoutMismatchException.class, file(bytes), "other byte order");
            refused(LayoutMismatchException.class, patched(HeaderLayout.BYTE_ORDER_OFFSET, 0x04030201),
                    "other byte order");
        }

        @Test
        void withAnUnknownIncompatibleFeature() throws IOException {
            refused(LayoutMismatchException.class, patched(HeaderLayout.INCOMPATIBLE_OFFSET, 4), "0x4");
        }

        @Test
        void withAnUnknownCompatibleFeatureIsUsed() throws IOException {
            Segment.open(patched(HeaderLayout.COMPATIBLE_OFFSET, 4)).close();
        }

        @ParameterizedTest
        @ValueSource(ints = {HeaderLayoutOffsets.PARTICIPANTS, HeaderLayoutOffsets.MAX_PARTICIPANTS,
            HeaderLayoutOffsets.DIRECTORY, HeaderLayoutOffsets.DIRECTORY_CAPACITY, HeaderLayoutOffsets.HEAP})
        void withADamagedHeader(int offset) throws IOException {
            for (int value : new int[]{0, -1, 7, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
                refused(SegmentFormatException.class, patched(offset, value), "damaged header");
            }
        }

        @Test
        void withADamagedSize() throws IOException {
            byte[] bytes = good();
            for (long size : new long[]{-1, 0, 4096, Long.MIN_VALUE}) {
                ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()).putLong(HeaderLayout.SIZE_OFFSET, size);
                refused(SegmentFormatException.class, file(bytes), "size " + size);
            }
        }

        @Test
        void withADamagedDirectory() throws IOException {
            Path path = patched(HeaderLayout.ENTRY_COUNT_OFFSET, 1_000_000);
            try (Segment segment = Segment.open(path)) {
                assertThrows(SegmentFormatException.class, segment::stats);
                assertThrows(SegmentFormatException.class, () -> TestObjects.words(segment, "words"));
            }
            assertThrows(SegmentFormatException.class, () -> SegmentInspector.inspect(path));
        }

        private Path patched(int offset, int value) throws IOException {
            byte[] bytes = good();
            ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()).putInt(offset, value);
            return file(bytes);
        }

        private byte[] good() throws IOException {
            Path path = dirs.path("good");
            if (!Files.exists(path)) {
                Segment.create(path, SMALL).close();
            }
            return Files.readAllBytes(path);
        }

        private Path file(byte[] bytes) throws IOException {
            return Files.write(dirs.path("file" + System.nanoTime()), bytes);
        }

        private <T extends InterlockException> void refused(Class<T> type, Path path, String... words) {
            T opened = assertThrows(type, () -> Segment.open(path));
            T inspected = assertThrows(type, () -> SegmentInspector.inspect(path));
            T openedOrCreated = type == (Class<?>) SegmentNotFoundException.class ? opened
                    : assertThrows(type, () -> Segment.openOrCreate(path, SMALL));
            for (String word : words) {
                for (T e : List.of(opened, inspected, openedOrCreated)) {
                    assertTrue(e.getMessage().contains(word), e.getMessage());
                }
            }
        }
    }

    /** What one directory entry says is wrong. */
    @Nested
    class UseOf {

        private static final int REGION_OFFSET = EntryLayout.REGIONS_OFFSET;
        private static final int REGION_STRIDE = REGION_OFFSET + 4;

        /** What a process that reuses a participant's slot would change. */
        @ParameterizedTest
        @CsvSource({"4,128", "-8,128", "2147483640,128", "0,4", "0,-128", "0,2147483647"})
        void anOwnerRegionThatIsNoRowOfLocks(int offset, int stride) {
            try (Segment segment = Segment.create(dirs.path("regions"), SMALL)) {
                TestObjects.guarded(segment, "guarded");
                patch(segment, REGION_OFFSET, offset);
                patch(segment, REGION_STRIDE, stride);
                SegmentFormatException e = assertThrows(SegmentFormatException.class, () -> segment.directory()
                        .forEachOwnerRegion((at, every, count, kind) -> {
                        }));
                assertTrue(e.getMessage().contains("every " + stride + " bytes from offset " + offset),
                        e.getMessage());
            }
        }

        @Test
        void anOwnerRegionThatEndsBehindTheBlock() {
            try (Segment segment = Segment.create(dirs.path("regions"), SMALL)) {
                TestObjects.words(segment, "words");
                patch(segment, REGION_STRIDE, 128);
                patch(segment, REGION_STRIDE + 4, 1);
                patch(segment, REGION_STRIDE + 8, 2); // a table of waiters, for which the block is too short
                assertThrows(SegmentFormatException.class,
                        () -> segment.directory().forEachOwnerRegion((at, every, count, kind) -> {
                        }));
            }
        }

        @Test
        void aBlockOfAnOddLength() {
            try (Segment segment = Segment.create(dirs.path("blocks"), SMALL)) {
                TestObjects.words(segment, "words");
                patch(segment, EntryLayout.BLOCK_LENGTH_OFFSET, 132);
                SegmentFormatException e = assertThrows(SegmentFormatException.class,
                        () -> TestObjects.words(segment, "the next block would not be aligned"));
                assertTrue(e.getMessage().contains("132 bytes"), e.getMessage());
            }
        }

        private void patch(Segment segment, int offset, int value) {
            Mem mem = segment.context().mem;
            mem.putInt(mem.getInt(HeaderLayout.DIRECTORY_OFFSET) + offset, value);
        }
    }

    @Nested
    class InspectionOf {

        @Test
        void aChainOfParentsIsCut() {
            try (Segment segment = Segment.create(dirs.path("chain"), SMALL)) {
                int parent = 0;
                for (int i = 0; i < 12; i++) {
                    parent = segment.directory().create(ObjectRequest.of(TestObjects.WORDS, "p", (mem, offset) -> {
                    }).partOf(parent)).id();
                }
                assertEquals("p/p/p/p/p/p/p/p/p", SegmentInspector.inspect(segment.path()).objects().get(11).name());
            }
        }

        @Test
        void anImpossibleParentIsNone() {
            try (Segment segment = Segment.create(dirs.path("parent"), SMALL)) {
                TestObjects.words(segment, "words");
                Mem mem = segment.context().mem;
                mem.putInt(mem.getInt(HeaderLayout.DIRECTORY_OFFSET) + EntryLayout.PARENT_OFFSET, -5);
                assertEquals("words", SegmentInspector.inspect(segment.path()).objects().get(0).name());
            }
        }

        @Test
        void aFileThatWasRemovedMeanwhileSaysSo() {
            assertThrows(SegmentNotFoundException.class, () -> SegmentInspector.info(dirs.path("removed")));
        }
    }

    /** Literal offsets, as annotations want them; {@code CoreLayoutTest} pins the same numbers. */
    private static final class HeaderLayoutOffsets {

        static final int PARTICIPANTS = 88;
        static final int MAX_PARTICIPANTS = 92;
        static final int DIRECTORY = 96;
        static final int DIRECTORY_CAPACITY = 100;
        static final int HEAP = 104;

        private HeaderLayoutOffsets() {
        }
    }

    @Nested
    class Names {

        @ParameterizedTest
        @ValueSource(strings = {"", "a/b", "/", "../x", ".hidden", ".", "..", "nul\0"})
        void thatAreNoFileNames(String name) {
            for (var call : calls(name)) {
                assertThrows(IllegalArgumentException.class, call::run);
            }
        }

        @Test
        void thatAreTooLong() {
            for (var call : calls("x".repeat(129))) {
                IllegalArgumentException e = assertThrows(IllegalArgumentException.class, call::run);
                assertTrue(e.getMessage().contains("128") && e.getMessage().contains("129"), e.getMessage());
            }
            for (var call : calls("\u00e9".repeat(65))) {
                assertThrows(IllegalArgumentException.class, call::run);
            }
        }

        @Test
        void thatAreNull() {
            for (var call : calls(null)) {
                assertThrows(NullPointerException.class, call::run);
            }
            assertThrows(NullPointerException.class, () -> Segment.open((Path) null));
            assertThrows(NullPointerException.class, () -> Segment.create((Path) null));
            assertThrows(NullPointerException.class, () -> Segment.openOrCreate((Path) null));
            assertThrows(NullPointerException.class, () -> Segment.unlink((Path) null));
            assertThrows(NullPointerException.class, () -> Segment.create(dirs.path("x"), null));
            assertThrows(NullPointerException.class, () -> SMALL.withPermissions(null));
        }

        @Test
        void ofAPathWithoutAFile() {
            assertThrows(IllegalArgumentException.class, () -> Segment.open(Path.of("/")));
        }

        @Test
        void ofObjects() {
            try (Segment segment = Segment.create(dirs.path("one"), SMALL)) {
                assertThrows(NullPointerException.class, () -> TestObjects.words(segment, null));
                assertThrows(IllegalArgumentException.class, () -> TestObjects.words(segment, "x".repeat(129)));
                assertThrows(IllegalArgumentException.class, () -> TestObjects.words(segment, "a/b"));
                assertThrows(IllegalArgumentException.class, () -> TestObjects.words(segment, "a\0b"));
                TestObjects.words(segment, "x".repeat(128));
                TestObjects.words(segment, ".dots are fine in objects");
                assertEquals(2, segment.stats().objects());
            }
        }

        private List<Runnable> calls(String name) {
            return List.of(() -> Segment.open(name), () -> Segment.create(name, SMALL),
                    () -> Segment.openOrCreate(name, SMALL), () -> Segment.unlink(name));
        }
    }

    @Nested
    class Sizes {

        @ParameterizedTest
        @ValueSource(longs = {0, -1, 1, 45_055, Long.MIN_VALUE, 1L << 31, (2L << 30) - 4095, Long.MAX_VALUE})
        void outOfRange(long size) {
            IllegalArgumentException e =
                    assertThrows(IllegalArgumentException.class, () -> Segment.create("never-made", size));
            assertTrue(e.getMessage().contains("sizeBytes=" + size) && e.getMessage().contains("45056"),
                    e.getMessage());
        }

        @Test
        void theSmallestHasRoomForObjects() {
            try (Segment segment = Segment.create(dirs.path("one"), SMALL.withSizeBytes(45_056))) {
                TestObjects.words(segment, "words");
            }
        }

        @Test
        void thatAreNoMultipleOfAnythingAreFine() {
            try (Segment segment = Segment.create(dirs.path("one"), SMALL.withSizeBytes(50_001))) {
                TestObjects.words(segment, "words");
                assertEquals(50_001, segment.stats().sizeBytes());
            }
        }

        @ParameterizedTest
        @ValueSource(ints = {0, -1, 4096, Integer.MAX_VALUE})
        void ofParticipantsOutOfRange(int participants) {
            IllegalArgumentException e =
                    assertThrows(IllegalArgumentException.class, () -> SMALL.withMaxParticipants(participants));
            assertTrue(e.getMessage().contains("[1, 4095]"), e.getMessage());
        }
    }

    @Nested
    class Full {

        @Test
        void heapSaysNeededAndFreeAndWhatToCall() {
            try (Segment segment = Segment.create(dirs.path("one"), SMALL)) {
                long free = segment.stats().freeBytes();
                SegmentFullException e = assertThrows(SegmentFullException.class, () -> make(segment, 1 << 20));
                assertTrue(e.getMessage().contains("1048576") && e.getMessage().contains(Long.toString(free))
                        && e.getMessage().contains("Segment.create"), e.getMessage());
                assertEquals(free, segment.stats().freeBytes());
                assertThrows(SegmentFullException.class, () -> make(segment, Integer.MAX_VALUE));
                make(segment, (int) free / 128 * 128);
            }
        }

        @Test
        void directorySaysHowManyEntriesItHas() {
            try (Segment segment = Segment.create(dirs.path("one"), SMALL)) {
                int entries = segment.stats().maxObjects();
                for (int i = 0; i < entries; i++) {
                    TestObjects.words(segment, "words" + i);
                }
                SegmentFullException e =
                        assertThrows(SegmentFullException.class, () -> TestObjects.words(segment, "more"));
                assertTrue(e.getMessage().contains("directory") && e.getMessage().contains(entries + " entries"),
                        e.getMessage());
                TestObjects.words(segment, "words0");
            }
        }

        private void make(Segment segment, int length) {
            segment.directory().create(ObjectRequest.of(TestObjects.WORDS, "big", (m, o) -> {
            }).ofLength(length));
        }
    }
}
