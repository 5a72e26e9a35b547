package io.interlock.bench.work.queue;

import io.interlock.bench.measure.Goal;
import io.interlock.bench.measure.Row;
import io.interlock.bench.measure.Unit;
import io.interlock.bench.peer.JvmPeer;
import io.interlock.bench.peer.Laps;
import io.interlock.bench.peer.Part;
import io.interlock.bench.work.Scale;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Messages from process to process. */
public final class QueueRows {

    private static final long MESSAGES = 10_000_000;

    private final Scale scale;

    private QueueRows(Scale scale) {
        this.scale = scale;
    }

    /** All of them. */
    public static List<Row> all(Scale scale) {
        return List.of(new QueueRows(scale).oneToOne());
    }

    private Row oneToOne() {
        QueueShape shape = new QueueShape(1, 1);
        return new Row("queue-1x1", "8-byte messages, one process sends and one receives, both spin", Unit.PER_SECOND,
                List.of(peer("IpcQueue", shape, InterlockQueue.SharedSender.class, InterlockQueue.SharedReceiver.class),
                        peer("IpcQueue, exclusive roles", shape, InterlockQueue.OnlySender.class,
                                InterlockQueue.OnlyReceiver.class),
                        agrona("Agrona OneToOneRingBuffer", shape, "one"),
                        agrona("Agrona ManyToOneRingBuffer", shape, "many")),
                List.of(new Goal("IpcQueue, exclusive roles", "Agrona OneToOneRingBuffer", 1.5)));
    }

    private JvmPeer peer(String name, QueueShape shape, Class<? extends Part> sender, Class<? extends Part> receiver) {
        List<Class<? extends Part>> parts = new ArrayList<>(Collections.nCopies(shape.senders(), sender));
        parts.addAll(Collections.nCopies(shape.receivers(), receiver));
        return JvmPeer.of(name, parts, Laps.PER_SECOND, scale.of(MESSAGES)).withWords(shape.words());
    }

    private JvmPeer agrona(String name, QueueShape shape, String kind) {
        String[] words = shape.words();
        return peer(name, shape, AgronaRing.RingSender.class, AgronaRing.RingReceiver.class)
                .withWords(words[0], words[1], kind);
    }
}
