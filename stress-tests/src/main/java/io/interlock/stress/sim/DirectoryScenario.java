package io.interlock.stress.sim;

import io.interlock.core.Segment;
import io.interlock.core.error.ObjectExistsException;
import io.interlock.core.error.SegmentFullException;
import io.interlock.core.object.Directory;
import io.interlock.core.object.SharedBlock;
import io.interlock.memory.Capacity;
import io.interlock.memory.Codec;
import io.interlock.memory.IpcQueue;
import io.interlock.sync.IpcEvent;
import java.util.HashSet;
import java.util.Set;

/** Processes that make objects, some of the same name: each is there once, whole, and with a block of its own. */
final class DirectoryScenario extends Scenario {

    private static final int TOO_LARGE_BYTES = 64 << 10;

    private final Segment auditor;
    /** Bit sets of the names that were made for sure, that somebody made alone, that somebody found taken. */
    private final int made;
    private final int alone;
    private final int taken;

    private DirectoryScenario(World world) {
        super(world);
        auditor = world.auditor();
        made = world.ghosts.add();
        alone = world.ghosts.add();
        taken = world.ghosts.add();
    }

    /** Each process opens the objects of these one-letter names, or makes them. */
    static DirectoryScenario of(World world, String... names) {
        DirectoryScenario scenario = new DirectoryScenario(world);
        for (String letters : names) {
            scenario.add(letters, scenario::openOrCreate);
        }
        return scenario;
    }

    /** Each process makes objects that must not be there yet: one of them makes each. */
    static DirectoryScenario exclusive(World world, String... names) {
        DirectoryScenario scenario = new DirectoryScenario(world);
        for (String letters : names) {
            scenario.add(letters, scenario::create);
        }
        return scenario;
    }

    /** One process makes objects, and before each another one is refused that would not fit. */
    static DirectoryScenario full(World world, String letters) {
        DirectoryScenario scenario = of(world, letters);
        scenario.add(letters, (me, segment, name) -> {
            try {
                IpcQueue.create(segment, name + name, Codec.int64(), Capacity.bytes(TOO_LARGE_BYTES));
                me.check(false, () -> "has made an object that is larger than the segment");
            } catch (SegmentFullException e) {
                scenario.openOrCreate(me, segment, name);
            }
        });
        return scenario;
    }

    /** What a process does for each letter. */
    private interface Use {

        void run(VirtualProcess me, Segment segment, String name);
    }

    private void add(String letters, Use use) {
        Segment[] segment = new Segment[1];
        VirtualProcess process = world.process(me -> {
            for (char letter : letters.toCharArray()) {
                use.run(me, segment[0], String.valueOf(letter));
            }
        });
        segment[0] = world.segment(process);
    }

    private static long bit(String name) {
        return 1L << name.charAt(0) - 'a';
    }

    private void openOrCreate(VirtualProcess me, Segment segment, String name) {
        set(me, IpcEvent.openOrCreate(segment, name), name);
    }

    private void create(VirtualProcess me, Segment segment, String name) {
        try {
            IpcEvent event = IpcEvent.create(segment, name);
            me.check((ghost(alone) & bit(name)) == 0, () -> "has made " + name + ", as somebody else has");
            me.set(alone, ghost(alone) | bit(name));
            set(me, event, name);
        } catch (ObjectExistsException e) {
            me.set(taken, ghost(taken) | bit(name));
        }
    }

    private void set(VirtualProcess me, IpcEvent event, String name) {
        event.set();
        me.set(made, ghost(made) | bit(name));
        me.check(event.isSet(), () -> "has set an event, and it is clear");
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
            String name = String.valueOf(letter);
            if ((ghost(made) & bit(name)) != 0 && !IpcEvent.open(auditor, name).isSet()) {
                return "the event " + name + " was set, and is clear";
            }
            if ((ghost(taken) & bit(name)) != 0 && !seen.contains(name)) {
                return "somebody was told that there is an event " + name + ", and there is none";
            }
        }
        return null;
    }
}
