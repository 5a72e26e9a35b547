package io.interlock.stress;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/**
 * For how long a command starts new rounds, and with which seed it makes its random choices: the options of every
 * command that goes on until it is told to stop, and its watch.
 */
abstract class Budget {

    private static final int MAX_SECONDS = 86_400;

    @Option(names = "--seed", paramLabel = "S", description = "Makes the same random choices in the same order "
            + "(default: another one each time; it is printed).")
    private Long seed;
    @Spec(Target.MIXEE)
    private CommandSpec spec;
    private long begin;

    /** Of a command that has no other end. */
    static final class OfAMinute extends Budget {

        @Option(names = "--seconds", paramLabel = "N",
                description = "For how long to start new rounds (default: ${DEFAULT-VALUE}).")
        private int seconds = 60;

        @Override
        Integer seconds() {
            return seconds;
        }
    }

    /** Of a command that runs others. */
    static final class OfTenMinutes extends Budget {

        @Option(names = "--seconds", paramLabel = "N",
                description = "About how long all of it shall take (default: ${DEFAULT-VALUE}).")
        private int seconds = 600;

        @Override
        Integer seconds() {
            return seconds;
        }
    }

    /** Of a command that has another end, unless a time is given. */
    static final class Open extends Budget {

        @Option(names = "--seconds", paramLabel = "N", description = "For how long to start new rounds.")
        private Integer seconds;

        @Override
        Integer seconds() {
            return seconds;
        }
    }

    /** The time limit, or null. */
    abstract Integer seconds();

    /** Refuses a time that makes no sense, chooses a seed if none was given, and starts the watch. */
    final void start() {
        if (seconds() != null) {
            Main.checkRange(spec, "--seconds", seconds(), 1, MAX_SECONDS);
        }
        if (seed == null) {
            seed = ThreadLocalRandom.current().nextLong(1, Integer.MAX_VALUE);
        }
        begin = System.nanoTime();
    }

    final long seed() {
        return seed;
    }

    final long elapsedMillis() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
    }

    /** Whether there is a time limit, and it was reached. */
    final boolean isOver() {
        return seconds() != null && elapsedMillis() >= TimeUnit.SECONDS.toMillis(seconds());
    }

    /** Whole seconds until the time limit, which there must be. */
    final long secondsLeft() {
        return Math.max(0, seconds() - TimeUnit.MILLISECONDS.toSeconds(elapsedMillis()));
    }
}
