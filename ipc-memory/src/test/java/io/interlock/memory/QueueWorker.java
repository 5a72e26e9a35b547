package io.interlock.memory;

import io.interlock.core.Segment;
import io.interlock.core.platform.Platform;
import io.interlock.core.testing.ChildJvm;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Main class of the children that produce and consume parcels: one command per line, one line of answer. */
final class QueueWorker {

    private Segment queues;
    private Segment logs;

    private QueueWorker() {
    }

    /** Reads commands until the end of input; the first opens the segments. */
    public static void main(String[] args) throws Exception {
        Platform.hasNativeCalls(); // loaded before it is ready
        QueueWorker worker = new QueueWorker();
        System.out.println("ready");
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            System.out.println(worker.obey(line.split(" ")));
        }
        System.exit(0);
    }

    /** Tells a child to open the segments of the queues and of the logs; how it is called there. */
    static String open(ChildJvm child, Segment queues, Segment logs) {
        return child.ask("open " + queues.path() + " " + logs.path(), "opened");
    }

    /** Tells a producer to go on, up to this number. */
    static String produce(String queue, StreamLog log, int me, int last, long seed) {
        return "produce " + queue + " " + log.limit() + " " + me + " " + seed + " " + last;
    }

    /** The same, without batches. */
    static String produceSingly(String queue, StreamLog log, int me, int last, long seed) {
        return produce(queue, log, me, last, seed) + " singly";
    }

    /** Tells a consumer to go on. */
    static String consume(String queue, StreamLog log, int me, long seed) {
        return "consume " + queue + " " + log.limit() + " " + me + " " + seed;
    }

    private String obey(String[] words) throws InterruptedException {
        if (words[0].equals("open")) {
            if (queues != null) {
                queues.close();
                logs.close();
            }
            queues = Segment.open(Path.of(words[1]));
            logs = Segment.open(Path.of(words[2]));
            return "opened " + QueueView.self(queues);
        }
        IpcQueue<Parcel> queue = IpcQueue.open(queues, words[1], Parcel.CODEC);
        StreamLog log = StreamLog.of(logs, words[1], Integer.parseInt(words[2]));
        int me = Integer.parseInt(words[3]);
        long seed = Long.parseLong(words[4]);
        return switch (words[0]) {
            case "produce" -> {
                System.out.println("producing");
                int batch = words.length > 6 ? 1 : Parcel.LARGEST_BATCH;
                yield "produced: " + new ParcelProducer(queue, log, me, Integer.parseInt(words[5]), batch, seed).run();
            }
            case "consume" -> {
                System.out.println("consuming");
                yield "consumed " + new ParcelConsumer(queue, log, seed).run();
            }
            default -> throw new IllegalArgumentException(words[0]);
        };
    }
}
