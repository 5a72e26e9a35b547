package io.interlock.journal;

import io.interlock.core.error.InterlockException;
import io.interlock.core.error.NoSpaceException;
import io.interlock.core.testing.ChildJvm;
import io.interlock.core.testing.TestDirs;
import io.interlock.memory.Codec;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The main program of children that use a journal of strings as they are told. Each line it reads is a command, each
 * answer one line: {@code ok ...}, or {@code failed NameOfException message}. It holds one journal at a time.
 */
public final class JournalPuppet {

    private IpcJournal<String> journal;

    private JournalPuppet() {
    }

    /** Reads commands until the end of input. */
    public static void main(String[] arguments) throws Exception {
        JournalPuppet child = new JournalPuppet();
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        System.out.println("ready");
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            System.out.println(child.answer(line.split(" ")));
        }
    }

    /** Starts a child with the flags that a journal needs. */
    static ChildJvm start(TestDirs dirs) {
        return start(dirs, builder());
    }

    /** Starts a child. */
    static ChildJvm start(TestDirs dirs, ChildJvm.Builder builder) {
        ChildJvm child = dirs.closeLater(builder.start());
        child.expectLine("ready");
        return child;
    }

    /** A child to be, with the flags that a journal needs. */
    static ChildJvm.Builder builder() {
        return ChildJvm.of(JournalPuppet.class).with(IpcJournal.requiredFlags().toArray(String[]::new));
    }

    private String answer(String[] words) {
        try {
            return ("ok " + perform(words)).strip();
        } catch (InterlockException | IllegalStateException e) {
            return "failed " + e.getClass().getSimpleName() + " " + e.getMessage().replace('\n', ' ');
        } catch (Throwable e) {
            e.printStackTrace();
            return "failed unexpectedly " + e.toString().replace('\n', ' ');
        }
    }

    private String perform(String[] words) {
        return switch (words[0]) {
            case "interrupted" -> {
                Thread.currentThread().interrupt();
                String result = perform(Arrays.copyOfRange(words, 1, words.length));
                if (!Thread.interrupted()) {
                    throw new AssertionError("the status is gone");
                }
                yield result;
            }
            case "create" -> keep(IpcJournal.create(Path.of(words[1]), Codec.utf8()));
            case "open" -> keep(IpcJournal.open(Path.of(words[1]), Codec.utf8()));
            case "openOrCreate" -> keep(IpcJournal.openOrCreate(Path.of(words[1]), Codec.utf8()));
            case "openOrCreateSecond" -> keep(IpcJournal.openOrCreate(Path.of(words[1]), Codec.utf8(),
                    JournalOptions.defaults().withRoll(Roll.SECOND)));
            case "unlink" -> {
                IpcJournal.unlink(Path.of(words[1]));
                yield "";
            }
            case "append" -> Long.toString(journal.append(message(words)));
            case "fill" -> Integer.toString(fill(words));
            case "verify" -> Integer.toString(verify(words));
            case "end" -> Long.toString(journal.endIndex());
            case "first" -> Long.toString(journal.firstIndex());
            case "tailer" -> Long.toString(journal.tailer(words[1]).index());
            case "close" -> {
                journal.close();
                yield "";
            }
            default -> throw new IllegalArgumentException(words[0]);
        };
    }

    private String keep(IpcJournal<String> opened) {
        journal = opened;
        return "";
    }

    /** "append TEXT TIMES": the index of the message, and a long text. */
    private String message(String[] words) {
        return text(journal.endIndex(), Integer.parseInt(words[1]));
    }

    private static String text(long index, int length) {
        return (index + " ").repeat(length / (Long.toString(index).length() + 1) + 1).substring(0, length);
    }

    /** Appends until it fails: "fill LENGTH MOST"; how many were appended. */
    private int fill(String[] words) {
        int most = Integer.parseInt(words[2]);
        for (int done = 0; done < most; done++) {
            try {
                journal.append(message(words));
            } catch (NoSpaceException e) {
                return done;
            }
        }
        return most;
    }

    /** Reads all from an index on, each of the same length: "verify LENGTH FROM"; how many. */
    private int verify(String[] words) {
        int[] count = new int[1];
        journal.replay(Long.parseLong(words[2]), (index, item) -> {
            if (!item.equals(text(index, Integer.parseInt(words[1])))) {
                throw new AssertionError("message " + index + " is wrong");
            }
            count[0]++;
        });
        return count[0];
    }
}
