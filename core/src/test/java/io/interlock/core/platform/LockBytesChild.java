package io.interlock.core.platform;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A child that takes lock bytes as it is told; arguments: kind and file. */
public final class LockBytesChild {

    private LockBytesChild() {
    }

    /** Reads commands until the end of input. */
    public static void main(String[] arguments) throws Exception {
        LockBytes bytes = open(arguments[0], Path.of(arguments[1]));
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        System.out.println("ready");
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.split(" ");
            int slot = Integer.parseInt(words[1]);
            System.out.println(switch (words[0]) {
                case "lock" -> Boolean.toString(bytes.tryLock(slot));
                case "isLocked" -> Boolean.toString(bytes.isLocked(slot));
                case "anyLocked" -> Boolean.toString(bytes.anyLocked(slot, Integer.parseInt(words[2])));
                default -> throw new IllegalArgumentException(line);
            });
        }
    }

    /** Lock bytes of a kind, {@code ofd} or {@code fileLock}; they stay open until the process ends. */
    static LockBytes open(String kind, Path file) throws Exception {
        if (kind.equals("fileLock")) {
            return new FileLockBytes(FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE));
        }
        if (!Platform.hasNativeCalls()) {
            throw new IllegalStateException("no native calls here");
        }
        int lockFd = Libc.Calls.open(file.toString(), Libc.O_RDWR | Libc.O_CLOEXEC, 0);
        int queryFd = Libc.Calls.open(file.toString(), Libc.O_RDWR | Libc.O_CLOEXEC, 0);
        return new OfdLockBytes(lockFd, queryFd);
    }
}
