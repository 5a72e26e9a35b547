package io.interlock.core.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** What names a file itself: device and inode, where the platform has them. */
public final class FileKeys {

    private FileKeys() {
    }

    /** The key of the file at this path, links followed; null if there is none. */
    public static Object of(Path path) {
        try {
            Object key = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
            return key != null ? key : path.toRealPath();
        } catch (IOException e) {
            return null;
        }
    }
}
