package io.interlock.stress;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * One round: which example runs with which arguments, and what its judged line must say. The arguments are the whole
 * truth about it: the same command by hand is the same round, but for the scheduler.
 *
 * @param line      name of the line that is judged
 * @param arguments the example's command line
 * @param expected  what the line must say, beside other things
 */
record Shape(String line, List<String> arguments, Map<String, String> expected) {

    private static final List<String> MODES = List.of("lock", "rlock", "atomic");
    private static final List<String> VARIANTS = List.of("semaphore", "at-least", "free-at-least", "selective");
    private static final int MAX_PROCESSES = 6;
    private static final int MAX_OF_A_KIND = 3;
    private static final int MAX_CAPACITY = 12;
    private static final int MAX_K = 5;
    private static final int MIN_WORK = 100;
    private static final int MAX_INCREMENTS = 40_000;
    private static final int MAX_ITEMS = 20_000;

    /** The next shape; as many counters as buffers. */
    static Shape next(SplittableRandom random) {
        return random.nextBoolean() ? counter(random) : buffer(random);
    }

    /** How a person starts this round. */
    String command() {
        return "./interlock " + String.join(" ", arguments);
    }

    private static Shape counter(SplittableRandom random) {
        int processes = random.nextInt(2, MAX_PROCESSES + 1);
        int increments = work(random, MAX_INCREMENTS);
        String mode = oneOf(MODES, random);
        String sum = Long.toString((long) processes * increments);
        return new Shape("counter",
                List.of("counter", "--processes", "" + processes, "--increments", "" + increments, "--mode", mode),
                Map.of("mode", mode, "processes", "" + processes, "increments", "" + increments, "expected", sum,
                        "actual", sum, "lost", "0"));
    }

    private static Shape buffer(SplittableRandom random) {
        String variant = oneOf(VARIANTS, random);
        int producers = random.nextInt(1, MAX_OF_A_KIND + 1);
        int consumers = random.nextInt(1, MAX_OF_A_KIND + 1);
        int items = work(random, MAX_ITEMS);
        int capacity = random.nextInt(1, MAX_CAPACITY + 1);
        int k = random.nextInt(1, Math.min(capacity, MAX_K) + 1);
        return new Shape("bounded-buffer",
                List.of("bounded-buffer", "--variant", variant, "--producers", "" + producers, "--consumers",
                        "" + consumers, "--items", "" + items, "--capacity", "" + capacity, "--k", "" + k),
                Map.of("variant", variant, "items", "" + items, "capacity", "" + capacity, "produced", "" + items,
                        "consumed", "" + items, "lost", "0", "duplicated", "0", "out_of_order", "0"));
    }

    /** Small amounts as often as large ones. */
    private static int work(SplittableRandom random, int max) {
        return (int) (MIN_WORK * Math.pow((double) max / MIN_WORK, random.nextDouble()));
    }

    private static String oneOf(List<String> words, SplittableRandom random) {
        return words.get(random.nextInt(words.size()));
    }
}
