package io.interlock.stress;

import java.util.Arrays;
import java.util.stream.Collectors;

/** What went wrong, in one line: a protocol of lines, or a list of violations, has no room for more. */
public final class Failures {

    private static final int FRAMES = 4;

    private Failures() {
    }

    /** The exception, its cause, and the innermost frames of ours. */
    public static String inOneLine(Throwable failure) {
        String frames = Arrays.stream(failure.getStackTrace())
                .filter(frame -> frame.getClassName().startsWith("io.interlock")).limit(FRAMES)
                .map(frame -> frame.getFileName() + ":" + frame.getLineNumber()).collect(Collectors.joining(" < "));
        String cause = failure.getCause() == null ? "" : ", because " + failure.getCause();
        return inOneLine(failure + cause) + (frames.isEmpty() ? "" : " at " + frames);
    }

    /** Without line breaks. */
    public static String inOneLine(String text) {
        return String.valueOf(text).strip().replaceAll("\\s*\\R\\s*", " ");
    }
}
