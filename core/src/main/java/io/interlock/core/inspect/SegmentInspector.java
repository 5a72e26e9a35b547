package io.interlock.core.inspect;

import io.interlock.core.SegmentInfo;
import io.interlock.core.attach.Attachment;
import io.interlock.core.attach.Attachments;
import io.interlock.core.attach.Header;
import io.interlock.core.attach.ParticipantInfo;
import io.interlock.core.attach.Participants;
import io.interlock.core.error.InterlockException;
import io.interlock.core.error.SegmentAccessException;
import io.interlock.core.error.SegmentNotFoundException;
import io.interlock.core.format.HeaderLayout;
import io.interlock.core.layout.Layout;
import io.interlock.core.object.Directory;
import io.interlock.core.object.Inspection;
import io.interlock.core.object.ObjectType;
import io.interlock.core.object.SharedBlock;
import io.interlock.core.object.TypeRegistry;
import io.interlock.core.platform.ReadOnlyFile;
import io.interlock.core.port.Context;
import io.interlock.core.port.Liveness;
import io.interlock.core.port.Mem;
import io.interlock.core.robust.RobustWord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** Looks into a segment, live or abandoned, without taking part in it: it takes no slot and writes nothing. */
public final class SegmentInspector {

    /** More parents than any object has; a damaged directory can say so. */
    private static final int DEEPEST = 8;

    private SegmentInspector() {
    }

    /**
     * One object of a report.
     *
     * @param id     its number
     * @param name   its name in full, {@code parent/name}, or {@code #id}
     * @param type   name of its kind
     * @param offset offset of its block
     * @param length length of its block in bytes
     * @param state  its state in words
     */
    public record ObjectReport(int id, String name, String type, int offset, int length, Map<String, Object> state) {
    }

    /**
     * What was found.
     *
     * @param header       the header's fields
     * @param participants slots that were ever used
     * @param objects      the directory
     */
    public record Report(Map<String, Object> header, List<ParticipantInfo> participants, List<ObjectReport> objects) {
    }

    /**
     * Reads a segment.
     *
     * @throws SegmentNotFoundException if there is no file
     * @throws InterlockException       if the file is not a segment that this library can read
     */
    public static Report inspect(Path path) {
        return read(path, view -> new Report(view.header(), view.slots(), view.objects()));
    }

    /**
     * A segment file in a line.
     *
     * @throws SegmentNotFoundException if there is none any more
     */
    public static SegmentInfo info(Path path) {
        String name = path.getFileName().toString();
        try {
            int attached = read(path, view -> view.participants.living());
            return new SegmentInfo(name, path, size(path), true, attached, "");
        } catch (InterlockException e) {
            return new SegmentInfo(name, path, size(path), false, -1, e.getMessage());
        }
    }

    /**
     * Makes sure that a file that somebody wants to remove is a segment, of whatever version and in whatever state.
     *
     * @throws io.interlock.core.error.SegmentFormatException if it does not begin like one
     */
    public static void refuseOtherFiles(Path path) {
        Attachments.whileNobodyAttaches(() -> {
            if (Attachments.attachedTo(path) == null) {
                try (ReadOnlyFile file = ReadOnlyFile.open(path)) {
                    Header.checkMagic(path, file.head(HeaderLayout.LENGTH), file.length());
                }
            }
            return null;
        });
    }

    private static <T> T read(Path path, Function<View, T> reader) {
        return Attachments.whileNobodyAttaches(() -> readNow(path, reader));
    }

    private static <T> T readNow(Path path, Function<View, T> reader) {
        Attachment mine = Attachments.attachedTo(path);
        if (mine != null) {
            return reader.apply(new View(mine.mem(), mine.participants(), mine.participants().liveness(mine.slot())));
        }
        try (ReadOnlyFile file = ReadOnlyFile.open(path)) {
            Header.check(path, file.head(HeaderLayout.LENGTH), file.length());
            Mem mem = file.map();
            Participants participants = new Participants(mem, file.lockBytes());
            return reader.apply(new View(mem, participants, participants.liveness(-1)));
        }
    }

    private static long size(Path path) {
        try {
            return Files.size(path);
        } catch (NoSuchFileException e) {
            throw new SegmentNotFoundException("no segment at " + path);
        } catch (IOException e) {
            throw new SegmentAccessException("cannot tell the size of " + path, e);
        }
    }

    /** A segment under the eyes of a reader. */
    private record View(Mem mem, Participants participants, Liveness liveness) {

        Map<String, Object> header() {
            Map<String, Object> header = new LinkedHashMap<>();
            header.put("layoutVersion", mem.getInt(HeaderLayout.VERSION_OFFSET));
            header.put("uuid", uuid(HeaderLayout.UUID_OFFSET).toString());
            header.put("bootId", uuid(HeaderLayout.BOOT_ID_OFFSET).toString());
            header.put("sizeBytes", mem.getLong(HeaderLayout.SIZE_OFFSET));
            header.put("freeBytes", directory().freeBytes());
            header.put("created", Instant.ofEpochMilli(mem.getLong(HeaderLayout.CREATED_OFFSET)).toString());
            header.put("creatorPid", mem.getLong(HeaderLayout.CREATOR_PID_OFFSET));
            header.put("temporary", mem.getInt(HeaderLayout.TEMPORARY_OFFSET) != 0);
            header.put("maxParticipants", participants.slots());
            header.put("maxObjects", directory().capacity());
            header.put("recoveries", mem.getLongVolatile(HeaderLayout.RECOVERIES_OFFSET));
            header.put("waits", mem.getLongVolatile(HeaderLayout.WAITS_OFFSET));
            return header;
        }

        List<ParticipantInfo> slots() {
            List<ParticipantInfo> found = new ArrayList<>();
            for (int slot = 0; slot < participants.slots(); slot++) {
                if (participants.generation(slot) != 0) {
                    found.add(participants.info(slot));
                }
            }
            return found;
        }

        List<ObjectReport> objects() {
            Directory directory = directory();
            List<ObjectReport> found = new ArrayList<>();
            for (int id = 1; id <= directory.size(); id++) {
                found.add(report(directory, directory.byId(id)));
            }
            return found;
        }

        private ObjectReport report(Directory directory, SharedBlock object) {
            Optional<ObjectType> type = TypeRegistry.byCode(object.type());
            Inspection inspection = new Inspection(
                    mem, object.offset(), new long[]{object.parameter0(), object.parameter1()}, this::owner);
            type.filter(t -> fits(t.layout(), object)).ifPresent(t -> t.state().describe(inspection));
            return new ObjectReport(object.id(), fullName(directory, object), TypeRegistry.nameOf(object.type()),
                    object.offset(), object.length(), inspection.findings());
        }

        /** The pid in the slot is the owner's only while the slot has not been given to another participant. */
        private String owner(int slot, int generation) {
            boolean dead = liveness.isDead(slot, generation);
            boolean same = slot >= 0 && slot < participants.slots()
                    && (participants.generation(slot) & RobustWord.GENERATION_MASK) == generation;
            return (same ? "pid " + participants.info(slot).pid() : "slot reused") + (dead ? ", dead" : "");
        }

        private static boolean fits(Layout layout, SharedBlock object) {
            return layout.version() == object.typeVersion() && layout.lengthBytes() <= object.length();
        }

        private static String fullName(Directory directory, SharedBlock object) {
            StringBuilder name = new StringBuilder(object.label());
            SharedBlock part = object;
            for (int depth = 0; depth < DEEPEST && part.parent() > 0 && part.parent() < part.id(); depth++) {
                part = directory.byId(part.parent());
                name.insert(0, part.label() + "/");
            }
            return name.toString();
        }

        private Directory directory() {
            return new Directory(new Context(mem, null, liveness, System::nanoTime, null, 0));
        }

        private UUID uuid(int offset) {
            return new UUID(mem.getLong(offset), mem.getLong(offset + 8));
        }
    }
}
