package io.interlock.bench.work.queue;

import io.interlock.bench.measure.Goal;
import io.interlock.bench.measure.Peer;
import io.interlock.bench.measure.Row;
import io.interlock.bench.measure.Unit;
import io.interlock.bench.peer.JvmPeer;
import io.interlock.bench.peer.Laps;
import io.interlock.bench.peer.NativePeer;
import io.interlock.bench.peer.NativeSource;
import io.interlock.bench.peer.Needing;
import io.interlock.bench.peer.Part;
import io.interlock.bench.peer.PythonPeer;
import io.interlock.bench.peer.Room;
import io.interlock.bench.work.Scale;
import io.interlock.bench.work.journal.ChronicleFlags;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Messages from process to process.
 *
 * <p>Messages of 8 bytes are numbers, which the receiver compares. A longer one is an array of the sender with a number
 * at both ends, which ends up as an array of the receiver: so each byte is read and written at both sides, by bulk
 * copies. How often it is copied on its way is what the peers differ in.
 *
 * <p>Rings are equally long for all peers of a row; queues that count have room for as many messages. A receiver that
 * can take several messages in one go takes as many as the others do. What the kernel holds for a pipe or a socket is
 * as long as it allows. Time begins with the first message that is received and ends with the last one; some peers send
 * fewer messages than others; in a full run, all but Chronicle Queue several times what they have room for.
 *
 * <p>{@code memcpy} alone goes through two mappings, each as long as a ring, in one process: what it would cost if one
 * copy and nothing else were needed. The ring in C shows what two copies in two processes come to.
 */
public final class QueueRows {

    private static final String SPINNING = "both spin, but for pipe, socket and Python, which sleep";
    private static final String QUEUE = "IpcQueue";
    private static final String EXCLUSIVE = "IpcQueue, exclusive roles";
    private static final String COPIED = "IpcQueue, copied";
    private static final String IN_PLACE = "IpcQueue, in place";
    private static final String EXCLUSIVE_COPIED = "exclusive roles, copied";
    private static final String EXCLUSIVE_IN_PLACE = "exclusive roles, in place";
    private static final String AGRONA = "Agrona OneToOneRingBuffer";
    private static final String AERON = "Aeron IPC";
    private static final String JCTOOLS = "JCTools MPMC in one process";
    private static final String MEMCPY = "memcpy, alone";

    private static final String SHARED = "shared";
    private static final String ONLY = InterlockBlocks.EXCLUSIVE;

    /** Part of the messages that slower peers send, so that their rounds are not much longer than others'. */
    private static final int KERNEL = 20;
    private static final int JOURNAL = 10;
    private static final int PYTHON = 100;
    /** What a round of Chronicle Queue and the one before can have in memory. */
    private static final long JOURNAL_BYTES = 512L << 20;

    private static final int RING = 256 << 10;
    private static final int LARGE_RING = 4 << 20;
    private static final int LARGE = 64 << 10;

    private final Scale scale;
    private final QueueShape shape;
    private final long messages;

    private QueueRows(Scale scale, QueueShape shape, long messages) {
        this.scale = scale;
        this.shape = shape;
        this.messages = messages;
    }

    /** All of them. */
    public static List<Row> all(Scale scale) {
        return List.of(numbers(scale, 1).oneToOne(), numbers(scale, 2).manyToMany(), numbers(scale, 4).manyToMany(),
                blocks(scale, 64, RING, 4_000_000).bytes("queue-64b", "64-byte"),
                blocks(scale, 1 << 10, RING, 1_000_000).bytes("queue-1k", "1 KiB"),
                blocks(scale, LARGE, LARGE_RING, 50_000).bytes("queue-64k", "64 KiB"));
    }

    /** Numbers, from so many to so many. */
    private static QueueRows numbers(Scale scale, int each) {
        return new QueueRows(scale, new QueueShape(each, each, Long.BYTES, RING), 10_000_000);
    }

    /** Arrays, from one to one. */
    private static QueueRows blocks(Scale scale, int messageBytes, int ringBytes, long messages) {
        return new QueueRows(scale, new QueueShape(1, 1, messageBytes, ringBytes), messages);
    }

    private Row oneToOne() {
        List<Peer> peers = new ArrayList<>(List.of(shared(), exclusive()));
        peers.addAll(others());
        peers.add(inProcess(JCTOOLS, InProcess.JCTOOLS));
        peers.add(inProcess("ArrayBlockingQueue in one process", InProcess.JDK));
        peers.add(new PythonPeer("Python multiprocessing.Queue", "messages.py", Laps.PER_SECOND,
                List.of(Long.toString(fewer(PYTHON)), Integer.toString(shape.capacity()))));
        return new Row("queue-1x1", "8-byte messages, one process sends and one receives; " + SPINNING, Unit.PER_SECOND,
                peers, List.of(new Goal(QUEUE, JCTOOLS, 1.5), new Goal(QUEUE, AERON, 1.5),
                        new Goal(EXCLUSIVE, AGRONA, 1.5)));
    }

    private Row manyToMany() {
        int each = shape.senders();
        return new Row("queue-" + each + "x" + each,
                "8-byte messages, " + each + " processes send and " + each + " receive; all spin"
                        + (shape.fits() ? "" : ", and yield since they are more than the processors"),
                Unit.PER_SECOND,
                List.of(shared(), inProcess(JCTOOLS, InProcess.JCTOOLS),
                        inProcess("ArrayBlockingQueue in one process", InProcess.JDK)),
                List.of(new Goal(QUEUE, JCTOOLS, 1)));
    }

    private Row bytes(String name, String size) {
        List<Peer> peers = new ArrayList<>(List.of(
                peer(COPIED, SHARED, InterlockBlocks.CopyingSender.class, InterlockBlocks.CopyingReceiver.class),
                peer(IN_PLACE, SHARED, InterlockBlocks.InPlaceSender.class, InterlockBlocks.InPlaceReceiver.class),
                peer(EXCLUSIVE_COPIED, ONLY, InterlockBlocks.CopyingSender.class,
                        InterlockBlocks.CopyingReceiver.class),
                peer(EXCLUSIVE_IN_PLACE, ONLY, InterlockBlocks.InPlaceSender.class,
                        InterlockBlocks.InPlaceReceiver.class)));
        peers.addAll(others());
        peers.add(inC("C ring, a copy in and a copy out", "ring", fewer(1)));
        peers.add(inC(MEMCPY, "memcpy", fewer(1)));
        return new Row(name, size + " messages, one process sends and one receives; " + SPINNING, Unit.BYTES_PER_SECOND,
                peers, shape.messageBytes() < LARGE ? List.of()
                        : List.of(new Goal(IN_PLACE, MEMCPY, 0.8), new Goal(EXCLUSIVE_IN_PLACE, MEMCPY, 0.8)));
    }

    /** Those that can send anything from process to process. */
    private List<Peer> others() {
        return List.of(
                peer(AGRONA, AgronaRing.ONE, AgronaRing.RingSender.class, AgronaRing.RingReceiver.class),
                peer("Agrona ManyToOneRingBuffer", AgronaRing.MANY, AgronaRing.RingSender.class,
                        AgronaRing.RingReceiver.class),
                peer(AERON, AeronIpc.SHARED, AeronIpc.AeronSender.class, AeronIpc.AeronReceiver.class),
                peer("Aeron IPC, exclusive publication", AeronIpc.EXCLUSIVE, AeronIpc.AeronSender.class,
                        AeronIpc.AeronReceiver.class),
                chronicle(), inC("pipe", "pipe", fewer(KERNEL)), inC("unix socket", "socket", fewer(KERNEL)));
    }

    private Peer shared() {
        return peer(QUEUE, SHARED, InterlockQueue.SharedSender.class, InterlockQueue.SharedReceiver.class);
    }

    private Peer exclusive() {
        return peer(EXCLUSIVE, ONLY, InterlockQueue.OnlySender.class,
                InterlockQueue.OnlyReceiver.class);
    }

    private Peer inProcess(String name, String kind) {
        return new JvmPeer(name, List.of(InProcess.class), Laps.PER_SECOND, scale.of(messages), List.of(),
                List.of(shape.words(kind)));
    }

    private Peer chronicle() {
        return new Needing(
                peer("Chronicle Queue, keeps everything", "", fewer(JOURNAL),
                        ChronicleJournal.JournalSender.class, ChronicleJournal.JournalReceiver.class)
                        .withFlags(ChronicleFlags.all()),
                new Room(JOURNAL_BYTES));
    }

    private Peer inC(String name, String kind, long count) {
        return new NativePeer(name, NativeSource.MESSAGES, Laps.PER_SECOND,
                List.of(kind, Long.toString(count), Integer.toString(shape.messageBytes()),
                        Integer.toString(shape.ringBytes()), Integer.toString(shape.atOnce())));
    }

    /** A part of the messages of a round, two at least: time goes from the first to the last. */
    private long fewer(int times) {
        return Math.max(2, scale.of(messages) / times);
    }

    private JvmPeer peer(String name, String kind, Class<? extends Part> sender, Class<? extends Part> receiver) {
        return peer(name, kind, scale.of(messages), sender, receiver);
    }

    private JvmPeer peer(String name, String kind, long operations, Class<? extends Part> sender,
            Class<? extends Part> receiver) {
        List<Class<? extends Part>> parts = new ArrayList<>(Collections.nCopies(shape.senders(), sender));
        parts.addAll(Collections.nCopies(shape.receivers(), receiver));
        return JvmPeer.of(name, parts, Laps.PER_SECOND, operations).withWords(shape.words(kind));
    }
}
