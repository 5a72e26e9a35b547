package io.interlock.stress.sim;

import io.interlock.core.Segment;
import io.interlock.core.object.Directory;
import io.interlock.core.object.SharedBlock;
import io.interlock.sync.IpcEvent;
import java.util.HashSet;
import java.util.Set;

/** Processes that make objects, some of the same name: each is there once, whole, and with a block of its own. */
final class DirectoryScenario extends Scenario {

    private final Segment auditor;
    /** Bit sets of the names that were made for sure. */
    private final int made;

    /** Each process makes the objects of these one-letter names. */
    DirectoryScenario(World world, String... names) {
        super(world);
        auditor = world.auditor();
        made = world.ghosts.add();
        for (String letters : names) {
            Segment[] segment = new Segment[1];
            VirtualProcess process = world.process(me -> {
                for (char letter : letters.toCharArray()) {
                    IpcEvent event = IpcEvent.openOrCreate(segment[0], String.valueOf(letter));
                    event.set();
                    me.set(made, ghost(made) | 1L << letter - 'a');
                    me.check(event.isSet(), () -> "has set an event, and it is clear");
                }
            });
            segment[0] = world.segment(process);
        }
    }

    @Override
    public String judge() {
        Directory directory = auditor.directory();
        Set<String> seen = new HashSet<>();
        int end = 0;
        for (int id = 1; id <= directory.size(); id++) {
            SharedBlock block = directory.byId(id);
            if (!seen.add(block.name()) || block.name().length() != 1 || block.offset() < end) {
                return "entry " + id + " is " + block;
            }
            end = block.offset() + block.length();
            IpcEvent.open(auditor, block.name());
        }
        for (char letter = 'a'; letter <= 'z'; letter++) {
            if ((ghost(made) & 1L << letter - 'a') != 0 && !IpcEvent.open(auditor, "" + letter).isSet()) {
                return "the event " + letter + " was set, and is clear";
            }
        }
        return null;
    }
}
