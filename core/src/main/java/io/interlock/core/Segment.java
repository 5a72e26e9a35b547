package io.interlock.core;

import io.interlock.core.attach.Attachments;
import io.interlock.core.attach.Attachments.Lease;
import io.interlock.core.attach.Janitor;
import io.interlock.core.attach.Locations;
import io.interlock.core.attach.Participants;
import io.interlock.core.error.SegmentAccessException;
import io.interlock.core.error.SegmentExistsException;
import io.interlock.core.error.SegmentFullException;
import io.interlock.core.error.SegmentNotFoundException;
import io.interlock.core.format.HeaderLayout;
import io.interlock.core.inspect.SegmentInspector;
import io.interlock.core.object.Directory;
import io.interlock.core.platform.Platform;
import io.interlock.core.port.Context;
import io.interlock.core.port.Mem;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A memory-mapped file in which processes share objects: values, arrays, locks, semaphores.
 *
 * <pre>{@code
 * // process A                                              // process B
 * try (Segment s = Segment.openOrCreate("demo")) {          try (Segment s = Segment.openOrCreate("demo")) {
 *     IpcLock lock = IpcLock.openOrCreate(s, "lock");           IpcLock lock = IpcLock.openOrCreate(s, "lock");
 *     lock.run(() -> ...);                                      lock.run(() -> ...);
 * }                                                         }
 * }</pre>
 *
 * <p><b>Names and files.</b> A name is a file in the default directory: a private one under {@code /dev/shm} on Linux,
 * under the temporary directory elsewhere, or what the system property {@code interlock.dir} says. A {@link Path} may
 * be given instead. All space is reserved when the segment is made, so that no later access can run out of it.
 *
 * <p><b>When a process dies</b> its locks are taken over by whoever wants them next, and its place in the segment is
 * reused. Nothing has to be repaired by hand, at whichever instruction it died. A stopped process is not dead: it keeps
 * what it has.
 *
 * <p><b>Life.</b> {@link #close()} closes this handle; the file stays until {@link #unlink()}, a temporary segment's
 * until the last process is gone. A closed handle throws {@link io.interlock.core.error.SegmentClosedException}, also
 * in threads that wait on it; it never crashes the JVM. What the threads of a process hold stays held until the process
 * closes its last handle of the segment.
 *
 * <p><b>Threads.</b> Handles are safe for use by any number of threads. Opening a segment twice in one process gives
 * two handles on one attachment: a recursive lock acquired through the one may be acquired again through the other.
 *
 * <p><b>Limits.</b> 2 GiB - 4096 bytes; {@link SegmentOptions#maxParticipants()} processes at once. Somebody who
 * truncates the file while it is in use takes the ground away from every process that has mapped it; that cannot be
 * survived.
 *
 * <p><b>Without JNA</b> (see the platform table of the README) a process stays attached to a segment until it ends, and
 * must not open the segment's file by other means: POSIX drops a process's file locks when it closes any descriptor of
 * the file.
 */
public final class Segment implements AutoCloseable {

    private final Lease lease;
    private final Directory directory;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Segment(Lease lease) {
        this.lease = lease;
        this.directory = new Directory(lease.context());
    }

    /** Makes a segment of the default size. See {@link #create(Path, SegmentOptions)}. */
    public static Segment create(String name) {
        return create(name, SegmentOptions.defaults());
    }

    /** Makes a segment of this size in bytes. See {@link #create(Path, SegmentOptions)}. */
    public static Segment create(String name, long sizeBytes) {
        return create(name, SegmentOptions.defaults().withSizeBytes(sizeBytes));
    }

    /** Makes a segment. See {@link #create(Path, SegmentOptions)}. */
    public static Segment create(String name, SegmentOptions options) {
        Objects.requireNonNull(name, "segment name must not be null");
        return create(Locations.of(name), options);
    }

    /** Makes a segment of the default size. See {@link #create(Path, SegmentOptions)}. */
    public static Segment create(Path path) {
        return create(path, SegmentOptions.defaults());
    }

    /**
     * Makes a segment. It appears under its name complete or not at all.
     *
     * @throws SegmentExistsException if there is one of this name
     * @throws io.interlock.core.error.NoSpaceException if the file system cannot reserve its bytes
     * @throws io.interlock.core.error.SegmentAccessException if the file cannot be made
     */
    public static Segment create(Path path, SegmentOptions options) {
        Path absolute = checked(path);
        Objects.requireNonNull(options, "options must not be null");
        return new Segment(Attachments.create(
                absolute, (int) options.sizeBytes(), options.maxParticipants(), options.permissions(), false));
    }

    /** Opens a segment. See {@link #open(Path)}. */
    public static Segment open(String name) {
        Objects.requireNonNull(name, "segment name must not be null");
        return open(Locations.of(name));
    }

    /**
     * Opens a segment.
     *
     * @throws SegmentNotFoundException if there is none
     * @throws io.interlock.core.error.SegmentFormatException if the file is no segment, or a damaged one
     * @throws io.interlock.core.error.LayoutMismatchException if this library cannot use it
     * @throws io.interlock.core.error.ParticipantsFullException if too many processes are attached
     * @throws io.interlock.core.error.SegmentAccessException if the file cannot be used
     */
    public static Segment open(Path path) {
        return new Segment(Attachments.open(checked(path)));
    }

    /** Opens a segment, or makes one of the default size. See {@link #openOrCreate(Path, SegmentOptions)}. */
    public static Segment openOrCreate(String name) {
        return openOrCreate(name, SegmentOptions.defaults());
    }

    /** Opens a segment, or makes one of this size in bytes. See {@link #openOrCreate(Path, SegmentOptions)}. */
    public static Segment openOrCreate(String name, long sizeBytes) {
        return openOrCreate(name, SegmentOptions.defaults().withSizeBytes(sizeBytes));
    }

    /** Opens or makes a segment. See {@link #openOrCreate(Path, SegmentOptions)}. */
    public static Segment openOrCreate(String name, SegmentOptions options) {
        Objects.requireNonNull(name, "segment name must not be null");
        return openOrCreate(Locations.of(name), options);
    }

    /** Opens a segment, or makes one of the default size. See {@link #openOrCreate(Path, SegmentOptions)}. */
    public static Segment openOrCreate(Path path) {
        return openOrCreate(path, SegmentOptions.defaults());
    }

    /**
     * Opens a segment, or makes it if there is none. Any number of processes may do so at once: one makes it.
     *
     * @param options for a new segment; an existing one must be at least as large, unless the default size is asked for
     * @throws SegmentFullException if the existing segment is smaller than asked for
     */
    public static Segment openOrCreate(Path path, SegmentOptions options) {
        Path absolute = checked(path);
        Objects.requireNonNull(options, "options must not be null");
        while (true) {
            try {
                return largeEnough(open(absolute), options);
            } catch (SegmentNotFoundException e) {
                try {
                    return create(absolute, options);
                } catch (SegmentExistsException raced) {
                    if (Files.isSymbolicLink(absolute) && !Files.exists(absolute)) {
                        throw new SegmentAccessException(absolute + " is a symbolic link to nothing");
                    }
                }
            }
        }
    }

    /** Makes a hidden segment of the default size that the last process to leave it removes. */
    public static Segment temporary() {
        return temporary(SegmentOptions.defaults());
    }

    /**
     * Makes a hidden segment that the last process to leave it removes, even if it leaves by being killed (then the
     * next creator or {@link #list()} in the directory does). Give its {@link #path()} to those who shall use it.
     */
    public static Segment temporary(SegmentOptions options) {
        return new Segment(Attachments.create(Attachments.temporaryPath(), (int) options.sizeBytes(),
                options.maxParticipants(), options.permissions(), true));
    }

    /** The segments of the default directory, by name; also sweeps temporary ones that nobody uses any more. */
    public static List<SegmentInfo> list() {
        Path directory = Locations.directory();
        Attachments.sweepTemporaries(directory);
        List<SegmentInfo> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, Segment::isVisible)) {
            for (Path path : files) {
                addIfThere(path, found);
            }
        } catch (IOException e) {
            throw new SegmentAccessException("cannot list " + directory, e);
        }
        found.sort(Comparator.comparing(SegmentInfo::name));
        return found;
    }

    /** Removes a segment by name. See {@link #unlink(Path)}. */
    public static void unlink(String name) {
        Objects.requireNonNull(name, "segment name must not be null");
        unlink(Locations.of(name));
    }

    /**
     * Removes a segment's file. Processes that are attached go on with what they have mapped; nobody else can join
     * them. A segment of another layout version, or a damaged one, is removed as well; a file that is none is not.
     *
     * @throws SegmentNotFoundException if there is none
     * @throws io.interlock.core.error.SegmentFormatException if the file is no segment; it stays
     */
    public static void unlink(Path path) {
        Path absolute = checked(path);
        SegmentInspector.refuseOtherFiles(absolute);
        if (!Attachments.unlink(absolute)) {
            throw new SegmentNotFoundException("no segment at " + path);
        }
    }

    /**
     * Starts afresh if nobody else uses the segment: an empty one takes its place under the same name. Yesterday's
     * state must never surprise today's program.
     *
     * @return a handle of the new segment (this one is closed then), or this one if another process is attached or this
     *         process has a second handle
     */
    public Segment resetIfUnused() {
        lease.context().checkOpen();
        Lease fresh = Attachments.replaceIfUnused(lease.attachment());
        if (fresh == null) {
            return this;
        }
        close();
        return new Segment(fresh);
    }

    /** Closes this handle. What it opened throws from now on; the file stays. Closing twice is harmless. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            Attachments.close(lease);
        }
    }

    /** Removes the file that is at this segment's path now; see {@link #unlink(Path)}. */
    public void unlink() {
        unlink(path());
    }

    /** The file of this segment. */
    public Path path() {
        return lease.attachment().path();
    }

    /** Name of the file. */
    public String name() {
        return path().getFileName().toString();
    }

    /** Whether this handle was closed. */
    public boolean isClosed() {
        return closed.get();
    }

    /** Figures of the segment. */
    public SegmentStats stats() {
        Mem mem = lease.attachment().mem();
        Participants participants = lease.attachment().participants();
        SegmentStats stats = new SegmentStats(mem.getLongVolatile(HeaderLayout.RECOVERIES_OFFSET),
                mem.getLongVolatile(HeaderLayout.WAITS_OFFSET), participants.living(), participants.slots(),
                directory.size(), directory.capacity(), mem.capacity(), directory.freeBytes());
        lease.context().checkOpen();
        return stats;
    }

    /** The objects of the segment; for those who write new kinds of object. */
    public Directory directory() {
        lease.context().checkOpen();
        return directory;
    }

    /** What algorithms know of the machine; for those who write new kinds of object. */
    public Context context() {
        return lease.context();
    }

    /** Who looks after threads that end while they hold something; for those who write new kinds of lock. */
    public Janitor janitor() {
        return lease.attachment().janitor();
    }

    private static Path checked(Path path) {
        Objects.requireNonNull(path, "segment path must not be null");
        Path absolute = path.toAbsolutePath();
        if (absolute.getFileName() == null) {
            throw new IllegalArgumentException("path must name a file, path=" + path);
        }
        return absolute;
    }

    private static void addIfThere(Path path, List<SegmentInfo> found) {
        try {
            found.add(SegmentInspector.info(path));
        } catch (SegmentNotFoundException e) {
            // Somebody has removed it since its directory was read.
            Platform.LOG.log(System.Logger.Level.DEBUG, "not listed: " + path, e);
        }
    }

    private static boolean isVisible(Path path) {
        return Files.isRegularFile(path) && !path.getFileName().toString().startsWith(".");
    }

    private static Segment largeEnough(Segment segment, SegmentOptions options) {
        long size = segment.lease.attachment().mem().capacity();
        if (options.sizeBytes() > size && options.sizeBytes() != SegmentOptions.DEFAULT_SIZE_BYTES) {
            segment.close();
            throw new SegmentFullException("the existing segment " + segment.path() + " has " + size
                    + " bytes, at least " + options.sizeBytes() + " were asked for; unlink it, or ask for less");
        }
        return segment;
    }

    @Override
    public String toString() {
        return "Segment[" + path() + (isClosed() ? ", closed]" : "]");
    }
}
