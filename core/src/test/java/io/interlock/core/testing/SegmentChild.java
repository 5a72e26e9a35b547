package io.interlock.core.testing;

import io.interlock.core.Segment;
import io.interlock.core.SegmentInfo;
import io.interlock.core.SegmentOptions;
import io.interlock.core.error.InterlockException;
import io.interlock.core.error.SegmentNotFoundException;
import io.interlock.core.object.SharedBlock;
import io.interlock.core.platform.Platform;
import io.interlock.core.port.Context;
import io.interlock.core.port.Mem;
import io.interlock.core.port.ThreadRecord;
import io.interlock.core.robust.EventCount;
import io.interlock.core.robust.RobustLock;
import io.interlock.core.robust.RobustWord;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The main program of children that use a segment as they are told. Each line it reads is a command, each answer one
 * line: {@code ok ...}, or {@code failed NameOfException message}. It holds one segment at a time.
 */
public final class SegmentChild {

    private final Map<Long, Long> holds = new HashMap<>();
    private Segment segment;

    private SegmentChild() {
    }

    /** Reads commands until the end of input. */
    public static void main(String[] arguments) throws Exception {
        SegmentChild child = new SegmentChild();
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        System.out.println("ready");
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            System.out.println(child.answer(line.split(" ")));
        }
    }

    /** Starts a child under the usual conditions. */
    public static ChildJvm start(TestDirs dirs) {
        return start(dirs, ChildJvm.of(SegmentChild.class));
    }

    /** Starts a child. */
    public static ChildJvm start(TestDirs dirs, ChildJvm.Builder builder) {
        ChildJvm child = dirs.closeLater(builder.start());
        child.expectLine("ready");
        return child;
    }

    private String answer(String[] words) {
        try {
            String result = perform(words[0], words);
            return result.isEmpty() ? "ok" : "ok " + result;
        } catch (InterlockException | IllegalArgumentException e) {
            return "failed " + e.getClass().getSimpleName() + " " + e.getMessage();
        } catch (Exception e) {
            return "broken " + e;
        }
    }

    private String perform(String command, String[] words) throws Exception {
        return switch (command) {
            case "open" -> enter(named(words) ? Segment.open(words[1]) : Segment.open(Path.of(words[1])));
            case "create" -> enter(named(words) ? Segment.create(words[1], options(words))
                    : Segment.create(Path.of(words[1]), options(words)));
            case "openOrCreate" -> enter(named(words) ? Segment.openOrCreate(words[1], options(words))
                    : Segment.openOrCreate(Path.of(words[1]), options(words)));
            case "temporary" -> enter(Segment.temporary(options(words)));
            case "reset" -> enter(segment.resetIfUnused());
            case "close" -> close();
            case "unlink" -> unlink(words);
            case "list" -> list();
            case "stats" -> segment.stats().toString();
            case "platform" -> "native=" + Platform.hasNativeCalls() + " agrona=" + Platform.hasAgrona();
            case "slot" -> Integer.toString(RobustWord.slotOf(segment.context().participant));
            case "generation" -> Integer.toString(RobustWord.generationOf(segment.context().participant));
            case "isDead" -> Boolean.toString(segment.context().liveness.isDead(number(words, 1), number(words, 2)));
            case "get" -> Long.toString(mem().getLongVolatile(word(words)));
            case "put" -> put(word(words), Long.parseLong(words[3]));
            case "add" -> add(word(words), number(words, 3));
            case "await" -> await(word(words), Long.parseLong(words[3]));
            case "lock" -> lock(words[1], Long.parseLong(words[2]));
            case "unlock" -> unlock(words[1]);
            case "reopen" -> reopen(Path.of(words[1]), number(words, 2));
            case "objects" -> objects(number(words, 1));
            case "createLoop" -> createLoop(Path.of(words[1]));
            default -> throw new IllegalArgumentException("unknown command " + command);
        };
    }

    private static boolean named(String[] words) {
        return words[1].indexOf('/') < 0;
    }

    private static SegmentOptions options(String[] words) {
        SegmentOptions options = SegmentOptions.defaults();
        for (String word : words) {
            if (word.startsWith("size=")) {
                options = options.withSizeBytes(Long.parseLong(word.substring(5)));
            } else if (word.startsWith("mode=")) {
                options = options.withPermissions(word.substring(5));
            }
        }
        return options;
    }

    private String enter(Segment entered) {
        segment = entered;
        return entered.path().toString();
    }

    private String close() {
        segment.close();
        return "";
    }

    private String unlink(String[] words) {
        if (words.length == 1) {
            segment.unlink();
        } else if (named(words)) {
            Segment.unlink(words[1]);
        } else {
            Segment.unlink(Path.of(words[1]));
        }
        return "";
    }

    private static String list() {
        List<String> found = Segment.list().stream()
                .map((SegmentInfo info) -> info.name() + ":" + (info.usable() ? info.attached() : info.problem()))
                .toList();
        return String.join(",", found);
    }

    private Mem mem() {
        return segment.context().mem;
    }

    /** Offset of word {@code words[2]} of the words named {@code words[1]}. */
    private int word(String[] words) {
        SharedBlock block = TestObjects.words(segment, words[1]);
        return block.offset() + TestObjects.WORD_OFFSET + 8 * number(words, 2);
    }

    /** Stores a value; the next word is the event count of those who wait for it. */
    private String put(int offset, long value) {
        mem().putLongVolatile(offset, value);
        new EventCount(segment.context(), offset + 8).signalAll();
        return "";
    }

    private String add(int offset, int times) {
        for (int i = 0; i < times; i++) {
            mem().getAndAddLong(offset, 1);
        }
        return "";
    }

    private String await(int offset, long value) {
        Context context = segment.context();
        EventCount changes = new EventCount(context, offset + 8);
        ThreadRecord me = context.self.current();
        while (mem().getLongVolatile(offset) != value) {
            long ticket = changes.register();
            if (mem().getLongVolatile(offset) == value) {
                changes.cancel(ticket);
                break;
            }
            changes.sleep(ticket, context.deadline(Long.MAX_VALUE), me, false);
        }
        return "";
    }

    private String lock(String name, long timeoutNanos) throws InterruptedException {
        Context context = segment.context();
        SharedBlock block = TestObjects.guarded(segment, name);
        RobustLock lock = TestObjects.lock(block);
        boolean taken = lock.acquire(context.self.current(), context.deadline(timeoutNanos), true);
        if (taken) {
            holds.put((long) block.offset(), context.self.current().acquired());
        }
        return taken + (taken && lock.isInconsistent() ? " inconsistent" : "");
    }

    private String unlock(String name) {
        SharedBlock block = TestObjects.guarded(segment, name);
        return Boolean.toString(TestObjects.lock(block).release(holds.remove((long) block.offset())));
    }

    private static String reopen(Path path, int times) {
        for (int i = 0; i < times; i++) {
            Segment.open(path).close();
        }
        return "";
    }

    private String objects(int count) {
        for (int i = 0; i < count; i++) {
            TestObjects.words(segment, "object" + i);
        }
        return "";
    }

    /** Makes, closes and removes a segment over and over until the process is killed. */
    private static String createLoop(Path path) {
        System.out.println("ok looping");
        while (true) {
            SegmentOptions small = SegmentOptions.defaults().withSizeBytes(1 << 16);
            try (Segment made = Segment.openOrCreate(path, small)) {
                TestObjects.words(made, "w" + made.directory().size() % 8);
            }
            try {
                Segment.unlink(path);
            } catch (SegmentNotFoundException e) {
                throw new IllegalStateException("only this process removes it", e);
            }
        }
    }

    private static int number(String[] words, int index) {
        return Integer.parseInt(words[index]);
    }
}
