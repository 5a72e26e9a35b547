package io.interlock.stress.sim;

import io.interlock.core.format.EntryLayout;
import io.interlock.core.format.HeaderLayout;
import io.interlock.core.format.ParticipantLayout;
import io.interlock.core.format.RobustLockLayout;
import io.interlock.core.format.WaiterTableLayout;
import io.interlock.core.layout.Layout;
import io.interlock.core.object.Directory;
import io.interlock.core.object.SharedBlock;
import io.interlock.core.object.TypeRegistry;
import io.interlock.core.port.Mem;
import io.interlock.core.robust.EventCount;
import io.interlock.core.robust.RobustWord;
import java.util.Map;
import java.util.TreeMap;

/** What stands where in a simulated segment, by the names of its layouts: for the reader of a trace. */
public final class FieldNames {

    private final TreeMap<Integer, String> names = new TreeMap<>();

    /** Those of everything that the segment has now, and what else somebody has given a name. */
    public FieldNames(Mem mem, Directory directory, Map<Integer, String> others) {
        add(0, "segment", HeaderLayout.LAYOUT);
        for (int slot = 0; slot < mem.getInt(HeaderLayout.MAX_PARTICIPANTS_OFFSET); slot++) {
            add(mem.getInt(HeaderLayout.PARTICIPANTS_OFFSET) + slot * ParticipantLayout.LAYOUT.lengthBytes(),
                    "participant[" + slot + "]", ParticipantLayout.LAYOUT);
        }
        for (int entry = 0; entry < directory.size() + 2; entry++) {
            add(mem.getInt(HeaderLayout.DIRECTORY_OFFSET) + entry * EntryLayout.LAYOUT.lengthBytes(),
                    "entry[" + entry + "]", EntryLayout.LAYOUT);
        }
        for (int id = 1; id <= directory.size(); id++) {
            SharedBlock block = directory.byId(id);
            TypeRegistry.byCode(block.type()).ifPresentOrElse(
                    type -> add(block.offset(), block.label(), type.layout()),
                    () -> names.put(block.offset(), block.label()));
        }
        names.putAll(others);
    }

    private void add(int base, String owner, Layout layout) {
        for (Layout.Field field : layout.fields()) {
            String name = owner + "." + field.name();
            if (field.ordering().contains("RobustLock") && field.count() > 1) {
                addLock(base + field.offset(), name.replace(".robustLock", ""));
            } else if (field.ordering().contains("WaiterTable")) {
                add(base + field.offset(), name.replace(".waiterTable", ""), WaiterTableLayout.LAYOUT);
            } else {
                addField(base, name, field);
            }
        }
        names.putIfAbsent(base + layout.lengthBytes(), owner + ".data");
    }

    /** The block of a lock, without what may follow in its cache line. */
    private void addLock(int base, String owner) {
        for (Layout.Field field : RobustLockLayout.LAYOUT.fields()) {
            names.put(base + field.offset(), owner + "." + field.name());
        }
    }

    private void addField(int base, String name, Layout.Field field) {
        for (int i = 0; i < field.count(); i++) {
            names.put(base + field.at(i), field.count() == 1 ? name : name + "[" + i + "]");
        }
    }

    /** The field at or before an offset. */
    public String at(int offset) {
        String exact = names.get(offset);
        if (exact != null) {
            return exact;
        }
        Map.Entry<Integer, String> before = names.floorEntry(offset);
        return before.getValue() + "+" + (offset - before.getKey());
    }

    /** A value in words, as far as its field's name tells what it is. */
    String describe(int offset, long value) {
        String name = at(offset);
        if (name.endsWith(".word")) {
            return RobustWord.describe(value) + (RobustWord.upperOf(value) == 0 ? "" : " #" + RobustWord.upperOf(
                    value));
        }
        if (name.endsWith(".notEmpty") || name.contains(".roomFor") || name.endsWith(".singles")
                || name.endsWith(".multiples") || name.endsWith(".waiters") && value >>> 32 != 0) {
            return "sequence " + (value & 0xFFFF_FFFFL) + ", waiters " + EventCount.waitersOf(value);
        }
        return value >= -9999 && value <= 9999 ? Long.toString(value) : "0x" + Long.toHexString(value);
    }

    @Override
    public String toString() {
        return "FieldNames[" + names.size() + "]";
    }
}
