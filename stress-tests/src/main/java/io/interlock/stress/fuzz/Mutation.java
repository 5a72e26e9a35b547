package io.interlock.stress.fuzz;

import io.interlock.core.format.HeaderLayout;
import io.interlock.core.robust.RobustWord;
import io.interlock.memory.ring.RecordHeader;
import io.interlock.memory.ring.RingWord;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * One damaged copy of a good segment. Everything about it follows from the seed of the run, its number, and the good
 * segment.
 *
 * @param number  its number in the run
 * @param setting who else is there when it is opened
 * @param bytes   the file
 * @param steps   what was done to it, in words
 */
record Mutation(long number, Setting setting, byte[] bytes, List<String> steps) {

    /** Whether the process that made the good segment seems to live. */
    enum Setting {
        /** It is dead, and its slot waits for the next participant. */
        DEAD_OWNER,
        /** It is dead, and the next participant takes its slot. */
        REUSED_SLOT,
        /** Its lock byte is held, so that it lives as far as anybody can see. */
        LIVE_OWNER
    }

    /** The number of what is no mutation. */
    static final long NONE = -1;

    private static final int MOST_STEPS = 4;
    private static final int MOST_FLIPS = 4;
    private static final int LONGEST_RANGE = 512;
    private static final int MOST_EXTRA_BYTES = 1 << 16;

    /** The mutation of this number. */
    static Mutation of(byte[] good, Terrain terrain, long seed, long number) {
        SplittableRandom random = new SplittableRandom(seedOf(seed, number));
        Builder builder = new Builder(good.clone(), terrain, random);
        Setting setting = Setting.values()[random.nextInt(Setting.values().length)];
        for (int left = 1 + random.nextInt(MOST_STEPS); left > 0; left--) {
            builder.step();
        }
        return builder.build(number, setting);
    }

    /** Mixed twice: generators whose seeds are near each other walk along the same numbers. */
    private static long seedOf(long seed, long number) {
        return new SplittableRandom(new SplittableRandom(seed).nextLong() + number).nextLong();
    }

    /** The good segment itself: what cannot be refused. */
    static Mutation none(byte[] good, Setting setting) {
        return new Builder(good.clone(), null, null).build(NONE, setting);
    }

    /** The steps and the setting in a line. */
    String describe() {
        return setting + ": " + (steps.isEmpty() ? "nothing changed" : String.join("; ", steps));
    }

    /** Does the steps. */
    private static final class Builder {

        private final Terrain terrain;
        private final SplittableRandom random;
        private final List<String> steps = new ArrayList<>();
        private byte[] bytes;

        Builder(byte[] bytes, Terrain terrain, SplittableRandom random) {
            this.bytes = bytes;
            this.terrain = terrain;
            this.random = random;
        }

        Mutation build(long number, Setting setting) {
            if (setting == Setting.REUSED_SLOT && bytes.length > HeaderLayout.NEXT_SLOT_OFFSET + Long.BYTES) {
                words().putLong(HeaderLayout.NEXT_SLOT_OFFSET, Specimen.MAKERS_SLOT);
            }
            return new Mutation(number, setting, bytes, steps);
        }

        void step() {
            int dice = random.nextInt(100);
            if (dice < 20) {
                flip();
            } else if (dice < 72) {
                replace();
            } else if (dice < 82) {
                swap();
            } else if (dice < 92) {
                fill();
            } else {
                resize();
            }
        }

        private void flip() {
            for (int left = 1 + random.nextInt(MOST_FLIPS); left > 0; left--) {
                Terrain.Place place = terrain.any(random);
                int at = place.offset() + random.nextInt(place.width());
                if (at < bytes.length) {
                    bytes[at] ^= (byte) (1 << random.nextInt(Byte.SIZE));
                    steps.add("flipped a bit of byte " + at + " (" + place.name() + ")");
                }
            }
        }

        private void replace() {
            Terrain.Place place = terrain.any(random);
            int width = place.width() == Integer.BYTES || random.nextInt(4) == 0 ? Integer.BYTES : Long.BYTES;
            int at = place.offset() + random.nextInt(Math.max(1, place.width() / width)) * width;
            if (at + Long.BYTES > bytes.length) {
                return;
            }
            if (width == Integer.BYTES) {
                int value = (int) interesting(words().getInt(at));
                words().putInt(at, value);
                steps.add("put " + value + " at " + at + " (" + place.name() + ")");
            } else {
                long value = interesting(words().getLong(at));
                words().putLong(at, value);
                steps.add("put 0x" + Long.toHexString(value) + " at " + at + " (" + place.name() + ")");
            }
        }

        /** Values at which checks are wrong if they are wrong anywhere. */
        private long interesting(long present) {
            return switch (random.nextInt(16)) {
                case 0 -> 0;
                case 1 -> -1;
                case 2 -> 1L << random.nextInt(Long.SIZE);
                case 3 -> (1L << random.nextInt(Long.SIZE)) - 1;
                case 4 -> present + random.nextInt(-16, 17);
                case 5 -> present + ((long) random.nextInt(-4, 5) << Integer.SIZE);
                case 6 -> present ^ 1L << random.nextInt(Long.SIZE);
                case 7 -> bytes.length + 8L * random.nextInt(-2, 3);
                case 8 -> random.nextInt(64);
                case 9 -> -1L - random.nextInt(64);
                case 10 -> (long) random.nextInt() << Integer.SIZE | present & 0xFFFF_FFFFL;
                case 11 -> random.nextBoolean() ? Integer.MIN_VALUE : Integer.MAX_VALUE;
                case 12 -> random.nextLong();
                case 13 -> lockWord();
                case 14 -> recordHeader();
                default -> someWord();
            };
        }

        /** A lock that somebody holds: dead, alive, in a slot that does not exist, or the victim itself. */
        private long lockWord() {
            int participant = RobustWord.participant(random.nextInt(-1, Specimen.PARTICIPANTS + 2), random.nextInt(4));
            long flags = (random.nextBoolean() ? RobustWord.WAITERS : 0)
                    | (random.nextBoolean() ? RobustWord.INCONSISTENT : 0);
            return RobustWord.held(random.nextInt(-3, 4), participant, flags);
        }

        private long recordHeader() {
            int[] types = {RecordHeader.MESSAGE, RecordHeader.PADDING, RecordHeader.REMOVED};
            return RecordHeader.of(random.nextInt() >>> random.nextInt(Integer.SIZE), types[random.nextInt(3)]);
        }

        /** A word from elsewhere: plausible, and wrong here. */
        private long someWord() {
            int at = terrain.any(random).offset() & -RingWord.UNIT;
            return at + Long.BYTES <= bytes.length ? words().getLong(at) : at;
        }

        private void swap() {
            Terrain.Area area = Terrain.area(random);
            Terrain.Place one = terrain.any(random, area);
            Terrain.Place two = terrain.any(random, area);
            int length = random.nextBoolean() ? Math.min(one.width(), two.width())
                    : 1 + random.nextInt(LONGEST_RANGE);
            if (Math.max(one.offset(), two.offset()) + length > bytes.length) {
                return;
            }
            byte[] first = Arrays.copyOfRange(bytes, one.offset(), one.offset() + length);
            byte[] second = Arrays.copyOfRange(bytes, two.offset(), two.offset() + length);
            System.arraycopy(second, 0, bytes, one.offset(), length);
            System.arraycopy(first, 0, bytes, two.offset(), length);
            steps.add("swapped " + length + " bytes at " + one.offset() + " (" + one.name() + ") and at "
                    + two.offset() + " (" + two.name() + ")");
        }

        private void fill() {
            Terrain.Place place = terrain.any(random);
            int length = Math.min(1 + random.nextInt(LONGEST_RANGE), bytes.length - place.offset());
            if (length <= 0) {
                return;
            }
            byte[] filling = new byte[length];
            boolean noise = random.nextBoolean();
            if (noise) {
                random.nextBytes(filling);
            }
            System.arraycopy(filling, 0, bytes, place.offset(), length);
            steps.add((noise ? "noise" : "zeros") + " in " + length + " bytes at " + place.offset() + " ("
                    + place.name() + ")");
        }

        private void resize() {
            int length = random.nextBoolean() ? random.nextInt(bytes.length + 1)
                    : bytes.length + random.nextInt(MOST_EXTRA_BYTES);
            steps.add("resized from " + bytes.length + " to " + length + " bytes");
            bytes = Arrays.copyOf(bytes, length);
        }

        private ByteBuffer words() {
            return ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
        }
    }

    @Override
    public String toString() {
        return "Mutation " + number + " (" + describe() + ")";
    }
}
