package io.interlock.bench.work.journal;

import io.interlock.journal.IpcJournal;
import java.util.ArrayList;
import java.util.List;

/** Flags of JVMs in which Chronicle Queue works, alone or under a journal. */
public final class ChronicleFlags {

    private static final List<String> QUIET = List.of("-Dchronicle.announcer.disable=true",
            "-Dchronicle.disk.monitor.disable=true", "-Dslf4j.internal.verbosity=ERROR");
    /** JDKs from this on warn of the memory access that it uses, unless told not to. */
    private static final int WARNING_JDK = 23;

    private ChronicleFlags() {
    }

    /** What it needs of the JDK, and that nobody says anything: whoever starts these JVMs reads what they say. */
    public static List<String> all() {
        List<String> flags = new ArrayList<>(IpcJournal.requiredFlags());
        flags.addAll(QUIET);
        if (Runtime.version().feature() >= WARNING_JDK) {
            flags.add("--sun-misc-unsafe-memory-access=allow");
        }
        return flags;
    }

    /** The same, and others. */
    static List<String> with(String... others) {
        List<String> flags = new ArrayList<>(all());
        flags.addAll(List.of(others));
        return flags;
    }
}
