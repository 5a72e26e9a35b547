package io.interlock.stress.fuzz;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.interlock.core.Segment;
import io.interlock.core.SegmentOptions;
import io.interlock.core.format.EntryLayout;
import io.interlock.core.format.HeaderLayout;
import io.interlock.core.testing.TestDirs;
import io.interlock.memory.Capacity;
import io.interlock.memory.Codec;
import io.interlock.memory.IpcQueue;
import io.interlock.stress.fuzz.Terrain.Area;
import io.interlock.sync.IpcLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class MutationTest {

    @RegisterExtension
    final TestDirs dirs = new TestDirs();

    private byte[] good;
    private Terrain terrain;

    @BeforeEach
    void makeAGoodSegment() throws IOException {
        Path path = dirs.path("good");
        try (Segment segment = Segment.create(path,
                SegmentOptions.defaults().withMaxParticipants(4).withSizeBytes(1 << 16))) {
            IpcLock.create(segment, "lock");
            IpcQueue.create(segment, "queue", Codec.utf8(), Capacity.bytes(256)).addAll(List.of("one", "two"));
        }
        good = Files.readAllBytes(path);
        terrain = new Terrain(good);
    }

    @Nested
    class TheSameSeedAndNumber {

        @Test
        void giveTheSameMutation() {
            for (long number = 0; number < 50; number++) {
                Mutation one = Mutation.of(good, terrain, 7, number);
                Mutation two = Mutation.of(good, terrain, 7, number);
                assertArrayEquals(one.bytes(), two.bytes());
                assertEquals(one.describe(), two.describe());
            }
        }

        @Test
        void leaveTheGoodSegmentAlone() {
            byte[] before = good.clone();
            for (long number = 0; number < 50; number++) {
                Mutation.of(good, terrain, 7, number);
            }
            assertArrayEquals(before, good);
        }
    }

    @Nested
    class Neighbours {

        /** Generators of neighbouring seeds may give the same numbers, a step later. */
        @Test
        void haveNoStepInCommon() {
            int equal = 0;
            for (long number = 0; number < 500; number++) {
                List<String> steps = Mutation.of(good, terrain, 7, number).steps();
                List<String> next = Mutation.of(good, terrain, 7, number + 1).steps();
                equal += steps.stream().anyMatch(next::contains) ? 1 : 0;
            }
            assertTrue(equal < 10, equal + " of 500");
        }
    }

    @Nested
    class Mutations {

        @Test
        void areOfEveryKindInEverySetting() {
            EnumSet<Mutation.Setting> settings = EnumSet.noneOf(Mutation.Setting.class);
            StringBuilder steps = new StringBuilder();
            int changed = 0;
            for (long number = 0; number < 500; number++) {
                Mutation mutation = Mutation.of(good, terrain, 7, number);
                settings.add(mutation.setting());
                steps.append(mutation.describe());
                changed += Arrays.equals(mutation.bytes(), good) ? 0 : 1;
            }
            assertEquals(EnumSet.allOf(Mutation.Setting.class), settings);
            for (String kind : List.of("flipped", "put", "swapped", "zeros", "noise", "resized")) {
                assertTrue(steps.toString().contains(kind), kind);
            }
            assertTrue(changed > 450, changed + " of 500 are changed");
        }

        @Test
        void ofNothingIsTheGoodSegment() {
            assertArrayEquals(good, Mutation.none(good, Mutation.Setting.DEAD_OWNER).bytes());
        }
    }

    @Nested
    class Places {

        @Test
        void areWhereTheLayoutsSay() {
            assertTrue(terrain.places(Area.HEADER).stream().anyMatch(
                    p -> p.name().equals("header entryCount") && p.offset() == HeaderLayout.ENTRY_COUNT_OFFSET));
            int directory = terrain.places(Area.ENTRIES).get(0).offset();
            assertTrue(terrain.places(Area.ENTRIES).stream().anyMatch(p -> p.name().equals(
                    "entry of #2 Queue nameLength")
                    && p.offset() == directory + EntryLayout.LAYOUT.lengthBytes() + EntryLayout.NAME_LENGTH_OFFSET));
            assertEquals(2, terrain.places(Area.RINGS).stream().filter(p -> p.name().equals("#2 Queue record header"))
                    .count());
            assertFalse(terrain.places(Area.SLOTS).isEmpty());
            assertTrue(terrain.places(Area.BLOCKS).stream().allMatch(p -> p.name().startsWith("#1 Lock")));
        }

        @Test
        void areChosenByWeight() {
            Map<Area, Integer> chosen = new EnumMap<>(Area.class);
            SplittableRandom random = new SplittableRandom(1);
            for (int i = 0; i < 10_000; i++) {
                chosen.merge(Terrain.area(random), 1, Integer::sum);
            }
            chosen.forEach((area, times) -> assertEquals(area.weight, times / 100.0, 3, area::toString));
            assertEquals(Area.values().length, chosen.size());
        }
    }
}
