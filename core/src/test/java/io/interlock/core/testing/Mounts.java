package io.interlock.core.testing;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** File systems that a test mounts, and that go with it; the test is skipped where that is not permitted. */
public final class Mounts {

    private Mounts() {
    }

    /** A tmpfs of this size, such as {@code 1m}. */
    public static Path tmpfs(TestDirs dirs, String size) {
        return mount(dirs, "tmpfs", "-t", "tmpfs", "-o", "size=" + size, "interlock-test");
    }

    /** An overlayfs whose layers are on a tmpfs. */
    public static Path overlay(TestDirs dirs) throws IOException {
        Path base = tmpfs(dirs, "64m");
        Path lower = Files.createDirectory(base.resolve("lower"));
        Path upper = Files.createDirectory(base.resolve("upper"));
        Path work = Files.createDirectory(base.resolve("work"));
        return mount(dirs, "overlay", "-t", "overlay", "-o",
                "lowerdir=" + lower + ",upperdir=" + upper + ",workdir=" + work, "interlock-test");
    }

    /** An ext4 in a file. */
    public static Path ext4(TestDirs dirs) throws IOException {
        Path image = dirs.path("ext4.image");
        try (var file = Files.newByteChannel(image, StandardOpenOption.CREATE_NEW,
                StandardOpenOption.WRITE)) {
            file.position((32 << 20) - 1).write(ByteBuffer.allocate(1));
        }
        Commands.assume("mkfs.ext4", "-q", image.toString());
        return mount(dirs, "ext4", "-o", "loop", image.toString());
    }

    /** Turns a mounted file system read-only. */
    public static void readOnly(Path mounted) {
        Commands.assume("mount", "-o", "remount,ro", mounted.toString());
    }

    private static Path mount(TestDirs dirs, String name, String... arguments) {
        Path point = dirs.path("mount-" + name);
        try {
            Files.createDirectory(point);
        } catch (IOException e) {
            throw new AssertionError("cannot make " + point, e);
        }
        String[] command = new String[arguments.length + 2];
        command[0] = "mount";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        command[command.length - 1] = point.toString();
        Commands.assume(command);
        dirs.closeLater(() -> Commands.run("umount", "-l", point.toString()));
        return point;
    }
}
