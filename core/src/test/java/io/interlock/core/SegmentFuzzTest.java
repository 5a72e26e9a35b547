package io.interlock.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.interlock.core.error.InterlockException;
import io.interlock.core.inspect.SegmentInspector;
import io.interlock.core.testing.TestDirs;
import io.interlock.core.testing.TestObjects;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Random damage: a clear exception or a working segment, never anything else. */
class SegmentFuzzTest {

    private static final int ROUNDS = 300;
    private static final int PARTICIPANTS = 8;

    @RegisterExtension
    final TestDirs dirs = new TestDirs();

    private int refused;

    @Test
    void flippedBytesInHeaderAndDirectoryAreRefusedOrSurvived() throws Exception {
        byte[] good = good();
        int directory = 4096 + PARTICIPANTS * 128;
        for (int seed = 0; seed < ROUNDS; seed++) {
            Random random = new Random(seed);
            byte[] bytes = good.clone();
            for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
                int at = random.nextBoolean() ? random.nextInt(640) : directory + random.nextInt(4 * 256);
                bytes[at] ^= (byte) (1 << random.nextInt(8));
            }
            Path path = Files.write(dirs.path("fuzzed" + seed), bytes);
            attempt(seed, () -> SegmentInspector.inspect(path));
            attempt(seed, () -> use(path));
            Files.deleteIfExists(path);
        }
        assertTrue(refused > 0, "no damage was noticed at all");
    }

    @Test
    void everyLengthOfTheFileIsRefused() throws Exception {
        byte[] good = good();
        Random random = new Random(7);
        for (int i = 0; i < 50; i++) {
            Path path = Files.write(dirs.path("cut"), Arrays.copyOf(good, random.nextInt(good.length)));
            int before = refused;
            attempt(i, () -> Segment.open(path).close());
            assertEquals(before + 1, refused);
        }
    }

    private void attempt(int seed, Runnable action) {
        try {
            action.run();
        } catch (InterlockException e) {
            refused++;
            assertTrue(e.getMessage().length() > 10, e.getMessage());
        } catch (RuntimeException | Error e) {
            throw new AssertionError("seed " + seed + ": " + e, e);
        }
    }

    private static void use(Path path) {
        try (Segment segment = Segment.open(path)) {
            segment.stats();
            for (int id = 1; id <= segment.directory().size(); id++) {
                segment.directory().byId(id);
            }
            segment.directory().find(0, "words1");
            TestObjects.guarded(segment, "new");
        }
    }

    private byte[] good() throws Exception {
        SegmentOptions options = SegmentOptions.defaults().withMaxParticipants(PARTICIPANTS).withSizeBytes(1 << 15);
        Path path = dirs.path("good");
        try (Segment segment = Segment.create(path, options)) {
            TestObjects.words(segment, "words1");
            TestObjects.guarded(segment, "lock");
            TestObjects.words(segment, "words2");
        }
        return Files.readAllBytes(path);
    }
}
