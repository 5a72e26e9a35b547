package io.interlock.bench.work.life;

import io.interlock.bench.peer.Jvm;
import io.interlock.bench.peer.LineProcess;
import io.interlock.core.Segment;
import io.interlock.sync.IpcMutex;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A process that acquires the first locks of a segment, holds them, and waits to be killed. */
public final class Victim {

    private static final String READY = "ready";
    /** Compiling what is done once would only take time from others. */
    private static final List<String> FLAGS = List.of("-XX:TieredStopAtLevel=1");

    private Victim() {
    }

    /** Starts one, which has the locks when this returns. It does not outlive the calling process. */
    public static LineProcess start(Path segment, int locks) throws IOException, InterruptedException {
        LineProcess process = LineProcess.start(Jvm.command(Victim.class, FLAGS,
                List.of(segment.toString(), Integer.toString(locks))));
        boolean ready = false;
        try {
            process.expect(READY);
            ready = true;
            return process;
        } finally {
            if (!ready) {
                process.close();
            }
        }
    }

    /** Holds them, until it is killed or the process that has started it is gone. */
    public static void main(String[] args) throws IOException {
        Segment segment = Segment.open(Path.of(args[0]));
        int locks = Integer.parseInt(args[1]);
        for (int id = 1; id <= locks; id++) {
            IpcMutex.open(segment, id).lock();
        }
        System.out.println(READY);
        while (System.in.read() >= 0) {
            // Nobody says anything.
        }
        Runtime.getRuntime().halt(0);
    }
}
