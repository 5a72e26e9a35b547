package io.interlock.core.platform;

import io.interlock.core.error.NoSpaceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The error for a full file system, with the figures that help. */
final class NoSpace {

    private NoSpace() {
    }

    static NoSpaceException of(Path path, long needed) {
        return of(path, needed, "give a smaller size or a larger file system (in a container --shm-size)");
    }

    static NoSpaceException of(Path path, long needed, String advice) {
        return new NoSpaceException("cannot reserve " + needed + " bytes for " + path + ": its file system has "
                + usable(path) + " bytes free; " + advice);
    }

    private static String usable(Path path) {
        try {
            return Long.toString(Files.getFileStore(path).getUsableSpace());
        } catch (IOException e) {
            return "too few";
        }
    }
}
