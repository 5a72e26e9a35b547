package io.interlock.bench.peer;

import com.sun.management.OperatingSystemMXBean;
import io.interlock.bench.measure.MissingPeerException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Room for a large file in shared memory: in the file system, and in the memory of the machine and of the container.
 *
 * @param bytes how large
 */
public record Room(long bytes) implements Needing.Need {

    private static final Path MEMORY = Path.of("/proc/meminfo");
    private static final String AVAILABLE = "MemAvailable:";

    @Override
    public void check(Path directory) throws IOException, MissingPeerException {
        // Half of it, since others are there as well.
        if (bytes > Math.min(availableBytes(), Files.getFileStore(directory).getUsableSpace()) / 2) {
            throw new MissingPeerException("no room: needs " + text());
        }
    }

    private static long availableBytes() throws IOException {
        long ofContainer = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
        if (!Files.exists(MEMORY)) {
            return ofContainer;
        }
        try (Stream<String> lines = Files.lines(MEMORY)) {
            return lines.filter(line -> line.startsWith(AVAILABLE))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                    .reduce(ofContainer, Math::min);
        }
    }

    private String text() {
        return bytes >= 1 << 30 ? (bytes >> 30) + " GiB" : (bytes >> 20) + " MiB";
    }
}
