package io.interlock.memory;

import io.interlock.core.Segment;
import io.interlock.core.error.InterlockException;
import io.interlock.core.platform.Platform;
import io.interlock.core.testing.ChildJvm;
import io.interlock.core.testing.TestDirs;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.AbstractCollection;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * Main class of the children that use a queue of strings as they are told, a line for a line. What ends in "stays" says
 * where it is, and stays there until it is killed.
 */
final class QueuePuppet {

    private Segment segment;
    private IpcQueue<String> queue;
    private Claim claim;
    private ExclusiveProducer<String> producer;
    private ExclusiveConsumer<String> consumer;

    private QueuePuppet() {
    }

    /** Reads commands until the end of input; the first opens a queue. */
    public static void main(String[] args) throws Exception {
        Platform.hasNativeCalls(); // loaded before it is ready
        QueuePuppet puppet = new QueuePuppet();
        System.out.println("ready");
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            System.out.println(puppet.obey(line.split(" ")));
        }
        System.exit(0);
    }

    /** Tells a child to open this queue. */
    static ChildJvm opened(ChildJvm child, Segment segment, IpcQueue<String> queue) {
        child.ask("open " + segment.path() + " " + queue.id(), "opened");
        return child;
    }

    /** Starts one of its own kind. */
    static ChildJvm start(TestDirs dirs, ChildJvm.Builder builder, Segment segment, IpcQueue<String> queue) {
        ChildJvm child = dirs.closeLater(builder.start());
        child.expectLine("ready");
        return opened(child, segment, queue);
    }

    private String obey(String[] words) {
        try {
            return perform(words);
        } catch (InterlockException | IllegalStateException | InterruptedException e) {
            return e.getClass().getSimpleName();
        }
    }

    private String perform(String[] words) throws InterruptedException {
        return switch (words[0]) {
            case "platform" -> "native=" + Platform.hasNativeCalls() + " agrona=" + Platform.hasAgrona();
            case "open" -> {
                if (segment != null) {
                    segment.close();
                }
                segment = Segment.open(Path.of(words[1]));
                queue = IpcQueue.open(segment, Integer.parseInt(words[2]), Codec.utf8());
                yield "opened " + queue.name();
            }
            case "put" -> {
                queue.put(words[1]);
                yield "put";
            }
            case "put-many" -> putMany(words[1], Integer.parseInt(words[2]));
            case "take" -> "took " + queue.take();
            case "poll" -> {
                String item = queue.poll();
                yield item == null ? "nothing" : "polled " + item;
            }
            case "take-many" -> takeMany(words[1], Integer.parseInt(words[2]));
            case "offer-all-there-is-room-for" -> offerMany(words[1]);
            case "shutdown" -> {
                queue.shutdown();
                yield "shut down";
            }
            case "claim" -> claimed(words[1]);
            case "commit" -> {
                claim.commit();
                yield "committed";
            }
            case "abort" -> {
                claim.abort();
                yield "aborted";
            }
            default -> words[0].startsWith("alone") ? performAlone(words) : stay(words);
        };
    }

    private String performAlone(String[] words) throws InterruptedException {
        return switch (words[0]) {
            case "alone-produce" -> {
                producer = queue.exclusiveProducer();
                yield "alone";
            }
            case "alone-consume" -> {
                consumer = queue.exclusiveConsumer();
                yield "alone";
            }
            case "alone-put" -> {
                producer.put(words[1]);
                yield "put";
            }
            case "alone-put-many" -> {
                for (int i = 0; i < Integer.parseInt(words[2]); i++) {
                    producer.put(words[1] + i);
                }
                yield "put";
            }
            case "alone-take" -> "took " + consumer.take();
            case "alone-take-many" -> {
                for (int i = 0; i < Integer.parseInt(words[2]); i++) {
                    require(words[1] + i, consumer.take());
                }
                yield "took";
            }
            case "alone-claim" -> {
                claim = producer.claim(words[1].length());
                claim.buffer().put(words[1].getBytes(StandardCharsets.UTF_8));
                yield "claimed";
            }
            case "alone-close" -> {
                if (producer != null) {
                    producer.close();
                }
                if (consumer != null) {
                    consumer.close();
                }
                yield "closed";
            }
            case "alone-read-stays" -> read(consumer::read, Integer.parseInt(words[1]));
            default -> throw new IllegalArgumentException(words[0]);
        };
    }

    private String claimed(String text) throws InterruptedException {
        claim = queue.claim(text.length());
        claim.buffer().put(text.getBytes(StandardCharsets.UTF_8));
        return "claimed";
    }

    private String putMany(String prefix, int count) throws InterruptedException {
        for (int i = 0; i < count; i++) {
            queue.put(prefix + i);
        }
        return "put";
    }

    private String takeMany(String prefix, int count) throws InterruptedException {
        for (int i = 0; i < count; i++) {
            require(prefix + i, queue.take());
        }
        return "took";
    }

    private static void require(String expected, String found) {
        if (!expected.equals(found)) {
            throw new AssertionError("expected " + expected + ", found " + found);
        }
    }

    private String offerMany(String text) {
        int count = 0;
        while (queue.offer(text)) {
            count++;
        }
        return "offered " + count;
    }

    private String stay(String[] words) throws InterruptedException {
        switch (words[0]) {
            case "read-stays" -> read(queue::read, Integer.parseInt(words[1]));
            case "encode-stays" -> stayingAt(words[1], null).put(words[1]);
            case "encode-batch-stays" -> stayingAt("last", null).putAll(List.of("first", "second", "last"));
            case "decode-stays" -> stayingAt(null, words[1]).take();
            case "decode-batch-stays" -> stayingAt(null, words[1]).takeUpTo(Integer.MAX_VALUE);
            case "peek-stays" -> stayingAt(null, words[1]).peek();
            case "iterator-stays" -> stayingAt(null, words[1]).forEach(item -> {
            });
            case "drain-stays" -> queue.drainTo(new Staying());
            default -> throw new IllegalArgumentException(words[0]);
        }
        return "never";
    }

    /** The same queue with a codec that stays in these items. */
    private IpcQueue<String> stayingAt(String encoded, String decoded) {
        return IpcQueue.open(segment, queue.id(), new Codec<String>() {
            @Override
            public String id() {
                return Codec.utf8().id();
            }

            @Override
            public void encode(String item, EncodeBuffer out) {
                if (item.equals(encoded)) {
                    stayHere(item);
                }
                Codec.utf8().encode(item, out);
            }

            @Override
            public String decode(ByteBuffer message) {
                String item = Codec.utf8().decode(message);
                if (item.equals(decoded)) {
                    stayHere(item);
                }
                return item;
            }
        });
    }

    /** One of the two ways of reading. */
    @FunctionalInterface
    private interface Reader {

        int read(MessageHandler handler, int limit);
    }

    /** Stays in the handler of the message with this number, from 1. */
    private static String read(Reader reader, int number) {
        List<String> seen = new ArrayList<>();
        reader.read(message -> {
            seen.add(Codec.utf8().decode(message));
            if (seen.size() == number) {
                stayHere(seen.get(number - 1));
            }
        }, Integer.MAX_VALUE);
        return "never";
    }

    private static void stayHere(String item) {
        System.out.println("in " + item);
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Stays in the adding of the first element. */
    private static final class Staying extends AbstractCollection<String> {

        @Override
        public boolean add(String item) {
            stayHere(item);
            return false;
        }

        @Override
        public Iterator<String> iterator() {
            throw new UnsupportedOperationException("for adding only");
        }

        @Override
        public int size() {
            throw new UnsupportedOperationException("for adding only");
        }
    }
}
