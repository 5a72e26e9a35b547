package io.interlock.journal.store;

import io.interlock.journal.error.JournalAccessException;
import io.interlock.journal.error.JournalExistsException;
import io.interlock.journal.error.JournalNotFoundException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/** The directory of a journal: what is in it, its beginning and its end. */
public final class JournalDirectory {

    /** The segment in which the journal's processes meet; without it there is no journal. */
    private static final String SEGMENT = "journal.segment";
    /** Left by whoever has made the segment. */
    private static final String BIRTH_LOCK = ".interlock.lock";
    private static final String METADATA = "metadata.cq4t";
    private static final String ROLL_SUFFIX = ".cq4";
    /** Behind the name of a file that cannot be used any more. */
    private static final String ASIDE_SUFFIX = ".damaged";
    /** A header that was not ended has this bit, or is zero. */
    private static final int NOT_COMPLETE = 0x8000_0000;

    private final Path path;

    private JournalDirectory(Path path) {
        this.path = path;
    }

    /** The directory at a path; nothing is looked at. */
    public static JournalDirectory of(Path path) {
        return new JournalDirectory(path.toAbsolutePath());
    }

    /** Where it is. */
    public Path path() {
        return path;
    }

    /** The file in which the journal's processes meet. */
    public Path segment() {
        return path.resolve(SEGMENT);
    }

    /** The file with what Chronicle's processes share. */
    Path metadata() {
        return path.resolve(METADATA);
    }

    /** The file that Chronicle names so. */
    Path rollFile(String name) {
        return path.resolve(name + ROLL_SUFFIX);
    }

    /** How Chronicle names this file. */
    static String nameOf(Path rollFile) {
        String name = rollFile.getFileName().toString();
        return name.substring(0, name.length() - ROLL_SUFFIX.length());
    }

    /** Whether there is a journal. */
    public boolean hasJournal() {
        return Files.exists(segment());
    }

    /**
     * Refuses a directory without a journal.
     *
     * @throws JournalNotFoundException if there is none
     */
    public void requireJournal() {
        if (!hasJournal()) {
            throw noJournal();
        }
    }

    /** Says that there is no journal, and why. */
    public JournalNotFoundException noJournal() {
        String found = !Files.exists(path) ? "there is no such directory"
                : !Files.isDirectory(path) ? "that is no directory"
                : Files.exists(segment()) ? "somebody is making or unlinking it, or has died doing that"
                : Files.exists(metadata()) ? "there is a Chronicle queue, but no file " + SEGMENT
                : "the directory has no file " + SEGMENT;
        return new JournalNotFoundException(
                "no journal in " + path + ": " + found + "; create it, or call openOrCreate");
    }

    /** Says that there is one already. */
    public JournalExistsException journalExists() {
        return new JournalExistsException("there is a journal in " + path + " already; open it, or unlink it");
    }

    /**
     * Makes the directory if it is missing, and refuses one that has a journal, or messages that are none of ours.
     *
     * @throws JournalExistsException if it has
     * @throws JournalAccessException if it cannot be made
     */
    public void makeForNewJournal() {
        if (hasJournal()) {
            throw journalExists();
        }
        try {
            Files.createDirectory(path, PosixFilePermissions.asFileAttribute(
                    PosixFilePermissions.fromString("rwx------")));
        } catch (FileAlreadyExistsException e) {
            requireEmpty();
        } catch (NoSuchFileException e) {
            throw new JournalAccessException(
                    "cannot make the directory " + path + ": its parent does not exist; make that first", e);
        } catch (UnsupportedOperationException | IOException e) {
            throw new JournalAccessException("cannot make the directory " + path + ": " + e, e);
        }
    }

    private void requireEmpty() {
        if (!Files.isDirectory(path)) {
            throw new JournalAccessException(path + " is no directory, expected one for a journal", null);
        }
        List<Path> foreign = files("{" + METADATA + ",*" + ROLL_SUFFIX + "}");
        if (!foreign.isEmpty() && !hasJournal()) {
            throw new JournalExistsException("there is a Chronicle queue in " + path + " that is no journal ("
                    + foreign.get(0).getFileName() + " without " + SEGMENT + "); choose another directory");
        }
    }

    /**
     * Removes the journal's files, and the directory if nothing else is in it. Killed in between, it can be removed
     * again.
     *
     * @throws JournalAccessException if a file cannot be removed
     */
    public void remove() {
        for (Path file : files("*" + ROLL_SUFFIX + "{," + ASIDE_SUFFIX + "*}")) {
            delete(file);
        }
        delete(metadata());
        delete(segment());
        delete(path.resolve(BIRTH_LOCK));
        removeIfEmpty();
    }

    /** Whether a file of Chronicle's is there whose first header was not ended: nothing is in it yet. */
    boolean isHalfMade(Path file) {
        try (RandomAccessFile opened = new RandomAccessFile(file.toFile(), "r")) {
            int header = opened.length() < Integer.BYTES ? 0 : Integer.reverseBytes(opened.readInt());
            return header == 0 || (header & NOT_COMPLETE) != 0;
        } catch (FileNotFoundException e) {
            if (Files.exists(file)) {
                throw new JournalAccessException("cannot read " + file + ": " + e.getMessage(), e);
            }
            return false;
        } catch (IOException e) {
            throw new JournalAccessException("cannot read " + file + ": " + e, e);
        }
    }

    /** Makes an empty file, for whom the segment is: without it the messages are of no use, and they are as secret. */
    void create(Path file) throws IOException {
        PosixFileAttributeView segment = Files.getFileAttributeView(segment(), PosixFileAttributeView.class);
        if (segment == null) {
            Files.createFile(file);
            return;
        }
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        if (hasJournal()) {
            Files.setPosixFilePermissions(file, segment.readAttributes().permissions());
        }
    }

    /** Removes a file; one that is not there is as good. */
    void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new JournalAccessException("cannot remove " + file + ": " + e, e);
        }
    }

    /** Gives a file another name, under which it is none of the journal; that name. */
    Path setAside(Path file) {
        Path aside = file.resolveSibling(file.getFileName() + ASIDE_SUFFIX);
        for (int number = 2; Files.exists(aside); number++) {
            aside = file.resolveSibling(file.getFileName() + ASIDE_SUFFIX + number);
        }
        try {
            return Files.move(file, aside);
        } catch (IOException e) {
            throw new JournalAccessException("cannot rename " + file + ", which is damaged, to " + aside + ": " + e, e);
        }
    }

    /** Gives it its name again: it was not to blame. */
    void putBack(Path aside, Path file) {
        try {
            Files.move(aside, file);
        } catch (IOException e) {
            throw new JournalAccessException("cannot rename " + aside + " to " + file + " again: " + e, e);
        }
    }

    private void removeIfEmpty() {
        try {
            Files.deleteIfExists(path);
        } catch (DirectoryNotEmptyException e) {
            // What else is in it is somebody else's.
        } catch (IOException e) {
            throw new JournalAccessException("cannot remove the directory " + path + ": " + e, e);
        }
    }

    /**
     * Refuses a directory in which this process cannot make files.
     *
     * @throws JournalAccessException if it cannot
     */
    public void requireWritable() {
        if (!Files.isWritable(path)) {
            throw new JournalAccessException(
                    "no permission to write to " + path + "; a journal needs it, for this user", null);
        }
    }

    /** The files with messages, the oldest first. */
    List<Path> rollFiles() {
        return files("*" + ROLL_SUFFIX);
    }

    private List<Path> files(String glob) {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(path, glob)) {
            files.forEach(found::add);
        } catch (IOException e) {
            throw new JournalAccessException("cannot list " + path + ": " + e, e);
        }
        found.sort(null);
        return found;
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
