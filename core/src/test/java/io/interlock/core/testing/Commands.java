package io.interlock.core.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Assumptions;

/** Runs programs of the operating system. */
public final class Commands {

    private Commands() {
    }

    /** What a program said, and how it ended. */
    public record Result(int exit, String output) {
    }

    /** Runs a program to its end; exit 127 if there is none of this name. */
    public static Result run(String... command) {
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Result(process.waitFor(), output.strip());
        } catch (IOException e) {
            return new Result(127, e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted in " + Arrays.toString(command), e);
        }
    }

    /** Runs a program; if it fails, the test is skipped and says why. */
    public static void assume(String... command) {
        Result result = run(command);
        Assumptions.assumeTrue(result.exit() == 0,
                () -> "skipped, not permitted here: " + String.join(" ", command) + ": " + result.output());
    }

    /** Skips the test unless it is run by root. */
    public static void assumeRoot() {
        Assumptions.assumeTrue(run("id", "-u").output().equals("0"), "skipped, needs root");
    }
}
