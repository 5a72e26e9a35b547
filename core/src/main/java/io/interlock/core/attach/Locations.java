package io.interlock.core.attach;

import io.interlock.core.error.SegmentAccessException;
import io.interlock.core.format.NameLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Where segments live that are opened by name. */
public final class Locations {

    /** System property with the directory of named segments. */
    public static final String DIRECTORY_PROPERTY = "interlock.dir";

    private static final Path SHARED_MEMORY = Path.of("/dev/shm");
    private static final Set<PosixFilePermission> PRIVATE = PosixFilePermissions.fromString("rwx------");

    private Locations() {
    }

    /** The path of a named segment. */
    public static Path of(String name) {
        NameLimits.encode("segment", name);
        if (name.startsWith(".")) {
            throw new IllegalArgumentException("segment name must not begin with a dot: \"" + name + "\"");
        }
        return directory().resolve(name);
    }

    /** The directory of named segments; made, private to this user, if it is missing. */
    public static Path directory() {
        String given = System.getProperty(DIRECTORY_PROPERTY);
        if (given != null && !given.isEmpty()) {
            return existing(Path.of(given).toAbsolutePath());
        }
        return privateDirectory();
    }

    private static Path existing(Path directory) {
        try {
            return Files.createDirectories(directory);
        } catch (IOException e) {
            throw new SegmentAccessException(
                    "cannot make the directory " + directory + " (system property " + DIRECTORY_PROPERTY + ")", e);
        }
    }

    private static Path privateDirectory() {
        boolean sharedMemory = Files.isDirectory(SHARED_MEMORY) && Files.isWritable(SHARED_MEMORY);
        Path parent = sharedMemory ? SHARED_MEMORY : Path.of(System.getProperty("java.io.tmpdir"));
        Path directory = parent.toAbsolutePath().resolve("interlock-" + user());
        try {
            if (!Files.isDirectory(directory)) {
                makePrivate(directory);
            }
            refuseStrangers(directory);
            return directory;
        } catch (IOException e) {
            throw new SegmentAccessException("cannot make the directory " + directory + "; set the system property "
                    + DIRECTORY_PROPERTY + " to one that is writable", e);
        }
    }

    private static void makePrivate(Path directory) throws IOException {
        try {
            Files.createDirectory(directory, PosixFilePermissions.asFileAttribute(PRIVATE));
        } catch (java.nio.file.FileAlreadyExistsException e) {
            // Another process was faster: as good.
        } catch (UnsupportedOperationException e) {
            Files.createDirectories(directory);
        }
    }

    /** A directory under a world-writable parent may have been laid there by somebody else. */
    private static void refuseStrangers(Path directory) throws IOException {
        PosixFileAttributes attributes;
        try {
            attributes = Files.readAttributes(directory, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (UnsupportedOperationException e) {
            return;
        }
        Object me = me();
        Object owner = Files.getAttribute(directory, "unix:uid", LinkOption.NOFOLLOW_LINKS);
        if (!attributes.isDirectory() || me != null && !me.equals(owner)) {
            throw new SegmentAccessException(directory + " belongs to user " + owner + ", expected user " + me
                    + "; remove it, or set the system property " + DIRECTORY_PROPERTY);
        }
        if (!attributes.permissions().equals(PRIVATE)) {
            Files.setPosixFilePermissions(directory, PRIVATE);
        }
    }

    private static String user() {
        Object id = me();
        return id != null ? id.toString() : System.getProperty("user.name", "user");
    }

    /** The number of the effective user, or null where that is not known. */
    private static Object me() {
        try {
            return Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return null;
        }
    }
}
