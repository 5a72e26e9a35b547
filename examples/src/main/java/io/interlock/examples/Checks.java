package io.interlock.examples;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Refusal of numbers with which a program cannot work. */
final class Checks {

    /** Most JVMs of a kind that an example starts: each takes its own memory. */
    static final int MAX_PROCESSES = 200;

    private Checks() {
    }

    static void inRange(CommandSpec spec, String option, long value, long min, long max) {
        if (value < min || value > max) {
            throw new ParameterException(spec.commandLine(),
                    option + " must be in [" + min + ", " + max + "], " + option + "=" + value);
        }
    }
}
