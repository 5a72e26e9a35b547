package io.interlock.journal;

import io.interlock.core.format.RobustLockLayout;
import io.interlock.core.layout.Layout;
import io.interlock.core.object.Inspection;
import io.interlock.core.object.ObjectRequest;
import io.interlock.core.object.ObjectType;
import io.interlock.core.object.OwnerRegion;
import io.interlock.core.object.SharedBlock;
import io.interlock.core.robust.EventCount;
import io.interlock.core.robust.RobustLock;
import io.interlock.memory.Encoding;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The block of a journal: who appends, how far it is, who waits. The messages are in files beside the segment. */
final class JournalLayout {

    /** Name of the journal in its segment. */
    static final String OBJECT_NAME = "journal";

    private static final Layout.Builder B = Layout.builder();
    private static final String CHANGER = "process that changes the journal's files";

    /** Held by whoever appends, or changes the journal's files otherwise. */
    static final int LOCK_OFFSET =
            B.int64Array("appendLock", RobustLockLayout.LAYOUT.lengthBytes() / 8, CHANGER, "see RobustLock");
    /** Index of the next message. */
    static final int END_OFFSET =
            B.isolate().int64("end", CHANGER, "volatile, only grows, late after a death  [SYNC journal.end]");
    static final int WAITERS_OFFSET = B.int64("waiters", "any process", "see EventCount  [SYNC eventcount.sequence]");
    /** Which file the next two are about: number of the roll, or -1. */
    static final int CYCLE_OFFSET = B.isolate().int64("cycle", CHANGER, "plain");
    /** Behind this offset nothing was written to that file. */
    static final int DATA_END_OFFSET = B.int64("dataEnd", CHANGER, "plain");
    /** Up to this offset that file has room on the disk. */
    static final int RESERVED_END_OFFSET = B.int64("reservedEnd", CHANGER, "plain");
    /** Nothing is written to files before this one any more. */
    static final int EARLIEST_OFFSET = B.int64("earliestCycle", CHANGER, "plain, only grows");
    /** 1 once the journal was unlinked. */
    static final int UNLINKED_OFFSET = B.int32("unlinked", "whoever unlinks", "plain, set once");
    static final int PAD_OFFSET = B.int32("reserved1", "nobody", "plain");
    /** See {@link MovesLayout}. */
    static final int MOVES_OFFSET = B.isolate().int64Array("moves", MovesLayout.PLACES * MovesLayout.WORDS, CHANGER,
            "volatile  [SYNC journal.move]");
    /** Number of the {@link Roll}. */
    static final int ROLL_OFFSET = B.isolate().int32("roll", "creator", "plain");
    static final int RESERVED_OFFSET = B.int32("reserved", "nobody", "plain");
    /** Id of the codec by which messages are written. */
    static final int CODEC_OFFSET = B.text("codec", Encoding.MAX_ID_BYTES, "creator", "plain");

    static final Layout LAYOUT = B.build("Journal", 1);
    static final ObjectType TYPE = new ObjectType(TypeCodes.JOURNAL, LAYOUT,
            List.of(OwnerRegion.robustLock(LOCK_OFFSET)), JournalLayout::describe);

    private JournalLayout() {
    }

    static ObjectRequest request(String name, Roll roll, String codec) {
        byte[] codecBytes = codec.getBytes(StandardCharsets.UTF_8);
        return ObjectRequest.of(TYPE, name, (mem, offset) -> {
            mem.putInt(offset + LOCK_OFFSET + RobustLockLayout.FLAGS_OFFSET, RobustLock.RECURSIVE);
            mem.putInt(offset + ROLL_OFFSET, roll.number);
            mem.putBytes(offset + CODEC_OFFSET, codecBytes, 0, codecBytes.length);
        });
    }

    /** Id of the codec of an existing journal. */
    static String codecOf(SharedBlock block) {
        byte[] text = new byte[Encoding.MAX_ID_BYTES];
        block.context().mem.getBytes(block.offset() + CODEC_OFFSET, text, 0, text.length);
        return new String(text, StandardCharsets.UTF_8).replaceAll("\0.*", "");
    }

    private static void describe(Inspection object) {
        long word = object.int64(LOCK_OFFSET + RobustLockLayout.WORD_OFFSET);
        object.put("endIndex", object.int64(END_OFFSET));
        object.put("appendLock", object.owner(word));
        object.put("appenderDeaths", object.int64(LOCK_OFFSET + RobustLockLayout.DEATHS_OFFSET));
        object.put("waitingTailers", EventCount.waitersOf(object.int64(WAITERS_OFFSET)));
        object.put("roll", Roll.nameOf(object.int32(ROLL_OFFSET)));
    }
}
