package io.interlock.stress;

import java.util.Arrays;
import java.util.stream.Collectors;

/** What went wrong, in one line: a protocol of lines, or a list of violations, has no room for more. */
public final class Failures {

    private static final int FRAMES = 8;

    private Failures() {
    }

    /** An exception, its cause, and where it came from. */
    public static String describe(Throwable failure) {
        String cause = failure.getCause() == null ? "" : ", caused by " + failure.getCause();
        return inOneLine(failure + cause) + frames(failure.getStackTrace());
    }

    /** The innermost frames. */
    public static String frames(StackTraceElement[] stack) {
        return Arrays.stream(stack).limit(FRAMES).map(frame -> frame.getFileName() + ":" + frame.getLineNumber())
                .collect(Collectors.joining(" < ", " at ", ""));
    }

    /** Text without line breaks. */
    public static String inOneLine(String text) {
        return String.valueOf(text).strip().replaceAll("\\s*\\R\\s*", " ");
    }
}
