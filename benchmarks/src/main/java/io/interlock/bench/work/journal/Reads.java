package io.interlock.bench.work.journal;

import io.interlock.bench.peer.Lap;
import io.interlock.bench.peer.Part;

/** Reads in each round what it has appended before the first one. The word says which {@link Log.Kind}. */
public final class Reads implements Part {

    private final Log log;
    private final long messages;

    /** Makes the log, with all messages. */
    public Reads(Setting setting) {
        log = Log.Kind.valueOf(setting.words().get(0)).open(setting.directory().resolve("log"));
        messages = setting.operations();
        for (long number = 0; number < messages; number++) {
            log.append(number);
        }
    }

    @Override
    public Lap round() throws Exception {
        try (Log.Reader reader = log.reader()) {
            NumberCheck check = new NumberCheck(1);
            long start = System.nanoTime();
            reader.read(messages, check);
            return Lap.of(start, System.nanoTime(), messages);
        }
    }
}
