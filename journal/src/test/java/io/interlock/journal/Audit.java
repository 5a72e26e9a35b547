package io.interlock.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;

/** Compares what is in a journal with what those who appended have written down. */
final class Audit {

    private final Map<Integer, LoadLog> logs;
    private final Map<Integer, Integer> nextCall = new HashMap<>();
    private long next;
    private int open;
    private String expected = "";
    private long unacknowledged;

    private Audit(Map<Integer, LoadLog> logs, long first) {
        this.logs = logs;
        this.next = first;
    }

    /**
     * Everything that was acknowledged is there once, at its index, in order and whole; and nothing else but at most
     * one call of each that was not acknowledged. How many of these there are.
     */
    static long of(IpcJournal<String> journal, Map<Integer, LoadLog> logs) {
        Audit audit = new Audit(logs, 0);
        long end = journal.endIndex();
        assertEquals(0, journal.firstIndex());
        assertEquals(end, journal.replay(0, audit::see));
        assertEquals(end, audit.next);
        assertEquals(0, audit.open, "the last batch is cut off");
        logs.forEach(audit::seeTheEnd);
        return audit.unacknowledged;
    }

    private void see(long index, String message) {
        assertEquals(next, index);
        next++;
        String[] words = message.split(" ", 5);
        String found = words[0] + " " + words[1] + " " + words[2];
        int life = Integer.parseInt(words[0]);
        int call = Integer.parseInt(words[1]);
        int size = Integer.parseInt(words[3]);
        if (open > 0) {
            assertEquals(expected, found, "a batch was torn at " + index);
        } else {
            begin(index, life, call, found);
            open = size;
        }
        open--;
        expected = words[0] + " " + words[1] + " " + (Integer.parseInt(words[2]) + 1);
    }

    private void begin(long index, int life, int call, String found) {
        assertEquals(life + " " + nextCall.getOrDefault(life, 0) + " 0", found, "at " + index);
        nextCall.put(life, call + 1);
        LoadLog log = logs.get(life);
        assertTrue(call < log.begun(), () -> "nobody has appended " + found);
        long acknowledged = log.indexOf(call);
        if (acknowledged >= 0) {
            assertEquals(acknowledged, index, () -> found + " is not where it was appended");
        } else {
            assertEquals(log.begun() - 1, call, () -> found + " was never acknowledged");
            unacknowledged++;
        }
    }

    private void seeTheEnd(int life, LoadLog log) {
        int begun = log.begun();
        int found = nextCall.getOrDefault(life, 0);
        boolean lastIsOpen = begun > 0 && log.indexOf(begun - 1) < 0;
        assertTrue(found == begun || lastIsOpen && found == begun - 1,
                () -> "life " + life + " has begun " + begun + " calls, of which " + found + " are there");
    }
}
