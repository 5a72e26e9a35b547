package io.interlock.stress.jcstress;

import io.interlock.core.error.NoSpaceException;
import io.interlock.core.format.HeaderLayout;
import io.interlock.core.platform.JvmSelf;
import io.interlock.core.platform.MappedFile;
import io.interlock.core.platform.Platform;
import io.interlock.core.platform.VarHandleMem;
import io.interlock.core.port.Context;
import io.interlock.core.port.Mem;
import io.interlock.core.robust.RobustWord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One file, mapped twice: what two processes would have, inside one JVM. The left side reads and writes as the platform
 * recommends (Agrona's buffer), the right side through the JDK's handles; both wait on the platform's futexes.
 *
 * <p>State instances get places in turn, zeroed; a place comes round when all others were given out. jcstress keeps
 * fewer states alive than there are places.
 */
final class TwoMappings {

    /** Distance of two words that are not to share a cache line. */
    static final int LINE = 128;

    private static final int LENGTH = 32 << 20;
    private static final Path MEMORY = Path.of("/dev/shm");
    /** What the file must not be full of: the words behind the header's fields belong to nobody. */
    private static final int FIRST_PLACE = HeaderLayout.LENGTH;

    /** The file's first owner's handle. */
    final Context left;
    /** The other one's. */
    final Context right;

    private final int placeBytes;
    private final int places;
    private final AtomicInteger next = new AtomicInteger();

    private TwoMappings(Context left, Context right, int placeBytes) {
        this.left = left;
        this.right = right;
        this.placeBytes = placeBytes;
        this.places = (LENGTH - FIRST_PLACE) / placeBytes;
    }

    /** Maps a new file, which has no name any more when this returns. */
    static TwoMappings withPlacesOf(int placeBytes) {
        try {
            return Files.isWritable(MEMORY) ? in(MEMORY, placeBytes) : in(null, placeBytes);
        } catch (NoSpaceException e) {
            return in(null, placeBytes);
        }
    }

    private static TwoMappings in(Path directory, int placeBytes) {
        Path path = newFile(directory);
        try {
            MappedFile first = Platform.open(path);
            first.reserve(LENGTH);
            MappedFile second = Platform.open(path);
            ByteBuffer leftBytes = first.map(LENGTH);
            ByteBuffer rightBytes = second.map(LENGTH);
            return new TwoMappings(context(first, Platform.mem(leftBytes), 0),
                    context(second, new VarHandleMem(rightBytes), 1), placeBytes);
        } finally {
            path.toFile().delete();
        }
    }

    private static Path newFile(Path directory) {
        try {
            return directory == null ? Files.createTempFile("interlock-stress", null)
                    : Files.createTempFile(directory, "interlock-stress", null);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make a file to map", e);
        }
    }

    /** A participant who never dies, and thinks the same of the other one. */
    private static Context context(MappedFile file, Mem mem, int slot) {
        return new Context(mem, file.futex(mem), (otherSlot, generation) -> false, System::nanoTime, new JvmSelf(),
                RobustWord.participant(slot, 1));
    }

    /** Offset of a zeroed place. */
    int place() {
        int offset = FIRST_PLACE + Integer.remainderUnsigned(next.getAndIncrement(), places) * placeBytes;
        left.mem.zero(offset, placeBytes);
        return offset;
    }
}
