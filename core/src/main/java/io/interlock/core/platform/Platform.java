package io.interlock.core.platform;

import io.interlock.core.error.SegmentAccessException;
import io.interlock.core.port.Mem;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/** Chooses what the machine offers: the only place that decides between the shipped implementations. */
public final class Platform {

    /** Where the library says, once, what it had to do without. */
    public static final System.Logger LOG = System.getLogger("io.interlock");

    /** What Agrona's buffers need. */
    static final String AGRONA_FLAG = "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED";

    private static final boolean NATIVE = nativeCalls();
    private static final boolean AGRONA = agronaWorks();

    private Platform() {
    }

    /** Whether futexes, OFD locks and reserved space are there; without them everything still works, more slowly. */
    public static boolean hasNativeCalls() {
        return NATIVE;
    }

    /** Whether Agrona's buffers may be used: {@code java.base/jdk.internal.misc} is exported. */
    public static boolean hasAgrona() {
        return AGRONA;
    }

    /** Opens an existing file for reading and writing. */
    public static MappedFile open(Path path) {
        if (Files.exists(path) && !Files.isRegularFile(path) && !Files.isDirectory(path)) {
            throw new SegmentAccessException(path + " is not a regular file, expected a segment file");
        }
        return NATIVE ? LinuxMappedFile.open(path) : JdkMappedFile.open(path);
    }

    /** The recommended access to the words of a mapping. */
    public static Mem mem(ByteBuffer bytes) {
        return CrashPoints.around(AGRONA ? Agrona.mem(bytes) : Jdk.mem(bytes));
    }

    private static boolean nativeCalls() {
        if (Libc.available()) {
            return true;
        }
        LOG.log(System.Logger.Level.WARNING, "interlock works without native calls, waiting by polling: "
                + Libc.unavailableBecause());
        return false;
    }

    private static boolean agronaWorks() {
        try {
            return Agrona.mem(ByteBuffer.allocateDirect(64)).capacity() == 64;
        } catch (LinkageError e) {
            LOG.log(System.Logger.Level.DEBUG,
                    "Agrona's buffers need " + AGRONA_FLAG + "; using the JDK's own handles");
            return false;
        }
    }

    /** Keeps the other implementation of {@link Mem} from being loaded, so that calls of it have one target. */
    private static final class Jdk {

        private Jdk() {
        }

        static Mem mem(ByteBuffer bytes) {
            return new VarHandleMem(bytes);
        }
    }

    /** Keeps the linking of Agrona's classes out of {@link Platform} itself. */
    private static final class Agrona {

        private Agrona() {
        }

        static Mem mem(ByteBuffer bytes) {
            return new AgronaMem(bytes);
        }
    }
}
