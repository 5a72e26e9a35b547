package io.interlock.journal.store;

import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Objects;
import net.openhft.chronicle.queue.RollCycle;

/**
 * The files of one roll: their names, and which there are. Chronicle keeps a list of them as well, which is behind for
 * a moment when somebody deletes one, and then is no list but an exception.
 */
final class RollNames {

    private final JournalDirectory directory;
    private final long lengthMillis;
    private final DateTimeFormatter format;

    RollNames(JournalDirectory directory, RollCycle roll) {
        this.directory = directory;
        this.lengthMillis = roll.lengthInMillis();
        this.format = new DateTimeFormatterBuilder().appendPattern(roll.format())
                .parseDefaulting(ChronoField.HOUR_OF_DAY, 0).parseDefaulting(ChronoField.MINUTE_OF_HOUR, 0)
                .parseDefaulting(ChronoField.SECOND_OF_MINUTE, 0).toFormatter().withZone(ZoneOffset.UTC);
    }

    /** The file with this number. */
    Path path(long cycle) {
        return directory.rollFile(format.format(Instant.ofEpochMilli(cycle * lengthMillis)));
    }

    /**
     * Numbers of the files that there are, the oldest first. The newest one is left out while it is being made, or if
     * its maker has died: Chronicle would wait for the end of its header, each time that it is asked for it.
     */
    List<Long> cycles() {
        List<Long> cycles = directory.rollFiles().stream().map(this::cycle).filter(Objects::nonNull).sorted().toList();
        int last = cycles.size() - 1;
        return last >= 0 && directory.isHalfMade(path(cycles.get(last))) ? cycles.subList(0, last) : cycles;
    }

    /** All files of this roll, also those that are being made. */
    List<Path> files() {
        return directory.rollFiles().stream().filter(file -> cycle(file) != null).toList();
    }

    /** Files that look like some of a roll, and are none of this one. */
    List<Path> foreign() {
        return directory.rollFiles().stream().filter(file -> cycle(file) == null).toList();
    }

    /** Number of a file; null if it is none of Chronicle's. */
    private Long cycle(Path file) {
        try {
            return Instant.from(format.parse(JournalDirectory.nameOf(file))).toEpochMilli() / lengthMillis;
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    @Override
    public String toString() {
        return "RollNames[" + directory + "]";
    }
}
