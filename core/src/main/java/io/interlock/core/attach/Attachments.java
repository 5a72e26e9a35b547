package io.interlock.core.attach;

import io.interlock.core.error.NoSpaceException;
import io.interlock.core.error.SegmentAccessException;
import io.interlock.core.error.SegmentExistsException;
import io.interlock.core.error.SegmentFormatException;
import io.interlock.core.error.SegmentNotFoundException;
import io.interlock.core.format.HeaderLayout;
import io.interlock.core.platform.CrashPoints;
import io.interlock.core.platform.FileKeys;
import io.interlock.core.platform.MappedFile;
import io.interlock.core.platform.Platform;
import io.interlock.core.port.Context;
import io.interlock.core.port.Mem;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/** The segments to which this process is attached, and how it comes to be attached: birth, opening, removal. */
public final class Attachments {

    /* Design.
     *
     * Birth. A segment is made under a hidden name with all of its space reserved, its creator already attached, and
     * appears under its own name by link(2), which fails if the name is taken. Nobody ever opens a half-made segment,
     * and nobody waits for a dead creator: the birth lock of the directory falls with him, and the next one removes
     * what he left. Creators take turns, so that ten of them do not fail each other for want of space.
     *
     * Removal and replacement. Under the birth lock: set "retiring" in the header, then ask for lock bytes of others.
     * An opener takes its lock byte first and looks at "retiring" then. So at least one of the two sees the other
     * (both steps are sequentially consistent: a fence here, a system call there). An opener that sees the mark goes
     * through the birth lock: either the file is gone by then, and it opens anew, or the mark was left by somebody who
     * changed his mind or died, and it takes it off.
     *
     * One attachment for each file and process, found by device and inode: without JNA the locks of a process fall when
     * it closes any descriptor of the file, so an attached file is never opened a second time. There the attachment
     * also outlives its last handle, to be found again by the next one.
     */

    private static final Map<Object, Attachment> ATTACHED = new HashMap<>();
    private static final String UNBORN_SUFFIX = ".interlock-birth";
    private static final String TEMPORARY_PREFIX = ".tmp-";
    private static final int ATTEMPTS = 100;
    private static final long CLOSE_PATIENCE_NANOS = 100_000_000;

    private Attachments() {
    }

    /** A handle's share in an attachment. */
    public record Lease(Attachment attachment, Context context) {
    }

    /**
     * Makes a segment and attaches to it.
     *
     * @throws SegmentExistsException if there is one already
     */
    public static synchronized Lease create(Path path, int size, int participants,
            Set<PosixFilePermission> permissions, boolean temporary) {
        return uninterrupted(() -> createNow(path, size, participants, permissions, temporary));
    }

    private static Lease createNow(Path path, int size, int participants, Set<PosixFilePermission> permissions,
            boolean temporary) {
        try (BirthLock lock = BirthLock.of(parent(path))) {
            sweep(parent(path));
            if (Files.exists(path)) {
                throw new SegmentExistsException(
                        "there is already a segment at " + path + "; open it, or call openOrCreate");
            }
            return lease(bear(path, size, participants, permissions, temporary, false));
        }
    }

    /**
     * Attaches to a segment.
     *
     * @throws SegmentNotFoundException if there is none
     */
    public static synchronized Lease open(Path path) {
        return uninterrupted(() -> openNow(path));
    }

    private static Lease openNow(Path path) {
        for (int i = 0; i < ATTEMPTS; i++) {
            Attachment known = ATTACHED.get(keyOrAbsent(path));
            Attachment attachment = known != null ? known : attach(path);
            if (attachment != null) {
                return lease(attachment);
            }
        }
        throw new SegmentAccessException(path + " was replaced " + ATTEMPTS + " times while it was being opened");
    }

    /** Channels close themselves in an interrupted thread; the status is restored afterwards. */
    private static <T> T uninterrupted(Supplier<T> action) {
        boolean interrupted = Thread.interrupted();
        try {
            return action.get();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Closes one handle; with the last one the process detaches. */
    public static void close(Lease lease) {
        lease.context().close();
        uninterrupted(() -> {
            release(lease.attachment());
            return null;
        });
    }

    private static synchronized void release(Attachment attachment) {
        if (!attachment.closeHandle()) {
            return;
        }
        if (attachment.isTemporary()) {
            leaveTemporary(attachment);
        } else {
            leave(attachment);
        }
    }

    private static void leave(Attachment attachment) {
        if (attachment.detach()) {
            ATTACHED.remove(attachment.key());
        }
    }

    /**
     * Leaves a temporary segment and removes it if nobody else is attached, all under the birth lock: of two last ones
     * at once, one sees that the other is gone. Closing neither fails nor waits for long: what cannot be removed now is
     * left to the next sweep.
     */
    private static void leaveTemporary(Attachment attachment) {
        try (BirthLock lock = BirthLock.of(parent(attachment.path()), CLOSE_PATIENCE_NANOS)) {
            retire(attachment, () -> Files.deleteIfExists(attachment.path()));
            leave(attachment);
        } catch (SegmentAccessException e) {
            Platform.LOG.log(System.Logger.Level.DEBUG, "left for the next sweep: " + attachment.path(), e);
            leave(attachment);
        }
    }

    /**
     * Puts a new, empty segment in the place of this one, if nobody else is attached to it.
     *
     * @return a handle of the new segment, or null if somebody else is attached or this process has other handles
     */
    public static synchronized Lease replaceIfUnused(Attachment old) {
        return uninterrupted(() -> replaceNow(old));
    }

    private static Lease replaceNow(Attachment old) {
        if (ATTACHED.get(old.key()) != old || old.handles() != 1) {
            return null;
        }
        Attachment[] fresh = new Attachment[1];
        boolean replaced;
        try (BirthLock lock = BirthLock.of(parent(old.path()))) {
            replaced = retire(old, () -> fresh[0] = bear(old.path(), old.mem().capacity(),
                    old.participants().slots(), permissions(old.path()), old.isTemporary(), true));
        }
        return replaced ? lease(fresh[0]) : null;
    }

    /** Removes the file of a segment; those who are attached go on with it. True if there was one. */
    public static synchronized boolean unlink(Path path) {
        try {
            return Files.deleteIfExists(path);
        } catch (AccessDeniedException e) {
            throw new SegmentAccessException("no permission to remove " + path, e);
        } catch (IOException e) {
            throw new SegmentAccessException("cannot remove " + path + ": " + e.getMessage(), e);
        }
    }

    /** A hidden path for a temporary segment. */
    public static Path temporaryPath() {
        return Locations.directory().resolve(TEMPORARY_PREFIX + UUID.randomUUID());
    }

    /**
     * Does something while no thread of this process attaches or detaches: without JNA an onlooker's closing of a file
     * would drop the lock bytes of an attachment made meanwhile.
     */
    public static synchronized <T> T whileNobodyAttaches(Supplier<T> action) {
        return action.get();
    }

    /** The attachment of this process to the file at this path, or null. */
    public static synchronized Attachment attachedTo(Path path) {
        return ATTACHED.get(keyOrAbsent(path));
    }

    /** Removes temporary segments that no participant holds, if the directory can be written. */
    public static synchronized void sweepTemporaries(Path directory) {
        if (Files.isWritable(directory)) {
            uninterrupted(() -> {
                try (BirthLock lock = BirthLock.of(directory)) {
                    sweep(directory);
                }
                return null;
            });
        }
    }

    private static Lease lease(Attachment attachment) {
        return new Lease(attachment, attachment.openHandle());
    }

    /** Attaches to a file that this process has not attached yet; null if it was replaced or removed meanwhile. */
    private static Attachment attach(Path path) {
        FileSystems.check(path);
        MappedFile file = Platform.open(path);
        boolean attached = false;
        try {
            Mem mem = Platform.mem(file.map(Header.check(file)));
            Attachment attachment = Attachment.enter(file, mem, path);
            attached = isStillThere(attachment);
            if (attached) {
                ATTACHED.put(file.key(), attachment);
                return attachment;
            }
            return null;
        } finally {
            if (!attached) {
                file.abandon();
            }
        }
    }

    /** After the lock byte was taken: whether the segment is the one at its path, and stays. */
    private static boolean isStillThere(Attachment attachment) {
        if (!attachment.key().equals(FileKeys.of(attachment.path()))) {
            return false;
        }
        if (attachment.mem().getIntVolatile(HeaderLayout.RETIRING_OFFSET) == 0) {
            return true;
        }
        try (BirthLock lock = BirthLock.of(parent(attachment.path()))) {
            boolean there = attachment.key().equals(FileKeys.of(attachment.path()));
            if (there) {
                attachment.mem().putIntVolatile(HeaderLayout.RETIRING_OFFSET, 0);
            }
            return there;
        }
    }

    /** Under the birth lock: a new segment with its creator attached, visible at its path at once. */
    private static Attachment bear(Path path, int size, int participants, Set<PosixFilePermission> permissions,
            boolean temporary, boolean replace) {
        FileSystems.check(path.getParent());
        Path unborn = path.resolveSibling("." + path.getFileName() + UNBORN_SUFFIX);
        boolean born = false;
        MappedFile file = null;
        try {
            Files.deleteIfExists(unborn); // a dead creator's; it may be a second link to a living segment
            Files.newByteChannel(unborn, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)).close();
            CrashPoints.at("birth.created");
            setPermissions(unborn, permissions);
            file = Platform.open(unborn);
            file.reserve(size);
            CrashPoints.at("birth.reserved");
            Mem mem = Platform.mem(file.map(size));
            file.populate();
            Header.format(mem, participants, temporary);
            Attachment attachment = Attachment.enter(file, mem, path);
            CrashPoints.at("birth.entered");
            publish(unborn, path, replace);
            CrashPoints.at("birth.published");
            ATTACHED.put(file.key(), attachment);
            born = true;
            return attachment;
        } catch (FileAlreadyExistsException e) {
            throw new SegmentExistsException(
                    "there is already a segment at " + path + "; open it, or call openOrCreate");
        } catch (IOException e) {
            throw unbearable(path, e);
        } finally {
            if (!born) {
                if (file != null) {
                    file.abandon();
                }
                unlink(unborn);
            }
        }
    }

    private static SegmentAccessException unbearable(Path path, IOException e) {
        if (e instanceof AccessDeniedException) {
            return new SegmentAccessException("no permission to make " + path, e);
        }
        String message = String.valueOf(e.getMessage());
        return message.contains("No space") ? new NoSpaceException("no space left to make " + path)
                : new SegmentAccessException("cannot make " + path + ": " + message, e);
    }

    private static void publish(Path unborn, Path path, boolean replace) throws IOException {
        if (replace) {
            Files.move(unborn, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return;
        }
        try {
            Files.createLink(path, unborn);
            CrashPoints.at("birth.linked");
            Files.delete(unborn);
        } catch (UnsupportedOperationException e) {
            Files.move(unborn, path);
        }
    }

    /** Under the birth lock: removes or replaces the file at an attachment's path if nobody else is attached to it. */
    private static boolean retire(Attachment attachment, Removal removal) {
        Path path = attachment.path();
        if (!attachment.key().equals(FileKeys.of(path))) {
            return false;
        }
        attachment.mem().putIntVolatile(HeaderLayout.RETIRING_OFFSET, 1);
        boolean retired = false;
        try {
            if (!attachment.participants().othersThan(attachment.slot())) {
                CrashPoints.at("retire.unused");
                removal.run();
                CrashPoints.at("retire.removed");
                retired = true;
            }
            return retired;
        } catch (IOException e) {
            throw new SegmentAccessException("cannot remove or replace " + path + ": " + e.getMessage(), e);
        } finally {
            if (!retired) {
                attachment.mem().putIntVolatile(HeaderLayout.RETIRING_OFFSET, 0);
            }
        }
    }

    /** What happens to a file that nobody else uses. */
    @FunctionalInterface
    private interface Removal {

        void run() throws IOException;
    }

    /** Under the birth lock: removes what dead creators and dead users of temporary segments left behind. */
    private static void sweep(Path directory) {
        try (DirectoryStream<Path> hidden = Files.newDirectoryStream(directory, ".*")) {
            for (Path path : hidden) {
                String name = path.getFileName().toString();
                if (name.endsWith(UNBORN_SUFFIX)) {
                    Files.deleteIfExists(path);
                } else if (name.startsWith(TEMPORARY_PREFIX) && ATTACHED.get(keyOrAbsent(path)) == null) {
                    sweepTemporary(path);
                }
            }
        } catch (IOException e) {
            Platform.LOG.log(System.Logger.Level.DEBUG, "cannot sweep " + directory, e);
        }
    }

    private static void sweepTemporary(Path path) {
        try {
            MappedFile file = Platform.open(path);
            try {
                sweepTemporary(path, file);
            } finally {
                file.abandon();
            }
        } catch (SegmentFormatException | SegmentAccessException | IOException e) {
            Platform.LOG.log(System.Logger.Level.DEBUG, "cannot sweep " + path, e);
        }
    }

    private static void sweepTemporary(Path path, MappedFile file) throws IOException {
        Mem mem = Platform.mem(file.map(Header.check(file)));
        if (mem.getInt(HeaderLayout.TEMPORARY_OFFSET) == 0) {
            return;
        }
        mem.putIntVolatile(HeaderLayout.RETIRING_OFFSET, 1);
        boolean removed = false;
        try {
            removed = !new Participants(mem, file.lockBytes()).othersThan(-1) && Files.deleteIfExists(path);
        } finally {
            if (!removed) {
                mem.putIntVolatile(HeaderLayout.RETIRING_OFFSET, 0);
            }
        }
    }

    private static Set<PosixFilePermission> permissions(Path path) throws IOException {
        try {
            return Files.getPosixFilePermissions(path);
        } catch (UnsupportedOperationException e) {
            return Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
        }
    }

    private static void setPermissions(Path path, Set<PosixFilePermission> permissions) throws IOException {
        try {
            Files.setPosixFilePermissions(path, permissions);
        } catch (UnsupportedOperationException e) {
            Platform.LOG.log(System.Logger.Level.DEBUG, "no POSIX permissions on " + path, e);
        }
    }

    private static Path parent(Path path) {
        return path.toAbsolutePath().getParent();
    }

    private static Object keyOrAbsent(Path path) {
        Object key = FileKeys.of(path);
        return key != null ? key : Attachments.class;
    }
}
