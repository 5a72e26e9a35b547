package io.interlock.journal;

import io.interlock.core.Segment;
import io.interlock.core.error.InterlockException;
import io.interlock.core.platform.CrashPoints;
import io.interlock.core.platform.Platform;
import io.interlock.core.port.Futex;
import io.interlock.core.port.Mem;
import io.interlock.core.testing.ChildJvm;
import io.interlock.core.testing.TrapMem;
import io.interlock.memory.Codec;
import io.interlock.memory.IpcQueue;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Main class of the children that use a journal of strings as they are told, a line for a line. What ends in "stays"
 * says where it is, and stays there until it is killed; what ends in "load" says that it begins, and goes on until it
 * is killed or told by its log to stop. After "arm N" it stays before a change of shared memory, whatever it does, when
 * it has made N.
 */
final class JournalChild {

    private static final Thread MAIN = Thread.currentThread();

    /** So many changes of shared memory, and it stays; none if negative. */
    private static int changesLeft = -1;

    private IpcJournal<String> journal;
    private JournalTailer<String> tailer;

    private JournalChild() {
    }

    /** Reads commands until the end of input. */
    public static void main(String[] args) throws Exception {
        Platform.hasNativeCalls(); // loaded before it is ready
        if (Boolean.getBoolean("interlock.crashPoints")) {
            CrashPoints.watch(new Changes());
        }
        JournalChild child = new JournalChild();
        say("ready");
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            say(child.obey(line.split(" ")));
        }
        System.exit(0);
    }

    /** One to be started, with the flags that it needs. */
    static ChildJvm.Builder builder() {
        return ChildJvm.of(JournalChild.class).with(IpcJournal.requiredFlags().toArray(String[]::new));
    }

    /** Comes to a point before each change. */
    private static final class Changes implements CrashPoints.Watcher {

        @Override
        public void at(String point) {
            pass();
        }

        @Override
        public Mem around(Mem mem) {
            TrapMem watched = new TrapMem(mem);
            watched.beforeEachChange(offset -> pass());
            return watched;
        }

        @Override
        public Futex around(Futex futex, Mem mem) {
            return futex;
        }

        private static void pass() {
            if (Thread.currentThread() == MAIN && changesLeft >= 0 && --changesLeft < 0) {
                stayHere();
            }
        }
    }

    private static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }

    private String obey(String[] words) throws IOException {
        try {
            return words[0].endsWith("load") ? load(words) : words[0].endsWith("stays") ? stay(words) : perform(words);
        } catch (InterlockException | IllegalStateException | InterruptedException e) {
            return e.getClass().getSimpleName() + " " + e.getMessage();
        }
    }

    private String perform(String[] words) throws InterruptedException {
        return switch (words[0]) {
            case "open" -> {
                journal = IpcJournal.openOrCreate(Path.of(words[1]), Codec.utf8(),
                        JournalOptions.defaults().withRoll(Roll.valueOf(words[2])));
                yield "opened";
            }
            case "append" -> "appended " + journal.append(words[1]);
            case "append-all" -> "appended " + journal.appendAll(List.of(words).subList(1, words.length));
            case "append-many" -> {
                for (int i = 0; i < Integer.parseInt(words[2]); i++) {
                    journal.append(words[1] + i);
                }
                yield "appended";
            }
            case "arm" -> {
                changesLeft = Integer.parseInt(words[1]);
                yield "armed";
            }
            case "move" -> {
                try (Segment opened = Segment.open(Path.of(words[1]))) {
                    IpcQueue<String> queue = IpcQueue.open(opened, "queue", Codec.utf8());
                    changesLeft = Integer.parseInt(words[2]);
                    int moved = journal.appendFrom(queue, 2, 1, TimeUnit.MILLISECONDS);
                    changesLeft = -1;
                    yield "moved " + moved;
                }
            }
            case "retain" -> "retained " + journal.retain(Retention.beyond(0)).size();
            case "roll" -> {
                Inside.beginNewFile(journal);
                yield "rolled";
            }
            case "read-all" -> {
                StringBuilder all = new StringBuilder();
                journal.replay(journal.firstIndex(), (index, message) -> all.append(' ').append(index).append(message));
                yield "read" + all;
            }
            case "close" -> {
                journal.close();
                yield "closed";
            }
            default -> performTailing(words);
        };
    }

    private String performTailing(String[] words) throws InterruptedException {
        return switch (words[0]) {
            case "tailer" -> {
                tailer = journal.tailer(words[1]);
                yield "tailer at " + tailer.index();
            }
            case "take" -> "took " + tailer.take();
            case "poll" -> "polled " + tailer.poll();
            case "move-to" -> {
                tailer.moveTo(Long.parseLong(words[1]));
                yield "moved to " + tailer.index();
            }
            case "commit" -> {
                tailer.commit();
                yield "committed";
            }
            default -> throw new IllegalArgumentException(words[0]);
        };
    }

    private String stay(String[] words) throws InterruptedException {
        switch (words[0]) {
            case "append-stays" -> Inside.appendAndDoBefore(journal, words[1], JournalChild::stayHere);
            case "commit-stays" -> Inside.appendAndDoAfter(journal, words[1], JournalChild::stayHere);
            case "read-stays" -> tailer.read((index, message) -> stayHere(), 1);
            default -> throw new IllegalArgumentException(words[0]);
        }
        return "went on";
    }

    private static void stayHere() {
        say("stays");
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private String load(String[] words) throws IOException, InterruptedException {
        switch (words[0]) {
            case "append-load" -> {
                Appending appending = new Appending(journal, new LoadLog(Path.of(words[1])), Integer.parseInt(words[2]),
                        Integer.parseInt(words[3]), Integer.parseInt(words[4]), Integer.parseInt(words[5]));
                say("loads");
                return "done " + appending.run();
            }
            case "tail-load" -> tailLoad(words[1], new LoadLog(Path.of(words[2])));
            case "retain-load" -> retainLoad(new Random(Long.parseLong(words[1])), new LoadLog(Path.of(words[2])));
            case "create-load" -> createLoad(Path.of(words[1]), words[2]);
            case "move-load" -> moveLoad(Path.of(words[1]), new Random(Long.parseLong(words[2])),
                    new LoadLog(Path.of(words[3])));
            default -> throw new IllegalArgumentException(words[0]);
        }
        return "done";
    }

    private void tailLoad(String name, LoadLog log) throws InterruptedException {
        try (JournalTailer<String> mine = journal.tailer(name)) {
            say("loads");
            while (!log.isStopped()) {
                if (mine.poll(1, TimeUnit.MILLISECONDS) != null) {
                    log.saw(mine.index() - 1);
                }
            }
            mine.commit();
        }
    }

    private void retainLoad(Random random, LoadLog log) {
        say("loads");
        while (!log.isStopped()) {
            journal.retain(Retention.beyond(1 << 8 + random.nextInt(12)));
        }
    }

    /** Makes journals 0, 1, 2 and so on, and appends to each. */
    private static void createLoad(Path parent, String begin) {
        say("loads");
        for (int i = 0;; i++) {
            try (IpcJournal<String> made = IpcJournal.openOrCreate(parent.resolve(begin + i), Codec.utf8())) {
                made.append("first");
            }
        }
    }

    private void moveLoad(Path segment, Random random, LoadLog log) throws InterruptedException {
        try (Segment opened = Segment.open(segment)) {
            IpcQueue<String> queue = IpcQueue.open(opened, "queue", Codec.utf8());
            say("loads");
            while (!log.isStopped()) {
                if (random.nextInt(50) == 0) {
                    Inside.beginNewFile(journal);
                }
                journal.appendFrom(queue, 1 + random.nextInt(20), 1, TimeUnit.MILLISECONDS);
            }
        }
    }
}
