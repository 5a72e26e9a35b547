package io.interlock.stress.fuzz;

import io.interlock.core.format.EntryLayout;
import io.interlock.core.format.HeaderLayout;
import io.interlock.core.format.ParticipantLayout;
import io.interlock.core.layout.Layout;
import io.interlock.core.object.ObjectType;
import io.interlock.core.object.TypeRegistry;
import io.interlock.memory.ring.RecordHeader;
import io.interlock.memory.ring.RingLayout;
import io.interlock.memory.ring.RingWord;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Where things stand in a good segment file, found by the declared layouts alone. */
final class Terrain {

    /** Kinds of places; the weight says how many of a hundred changes go there. */
    enum Area {
        HEADER(18), SLOTS(8), ENTRIES(22), BLOCKS(20), RINGS(24), ANYWHERE(8);

        final int weight;

        Area(int weight) {
            this.weight = weight;
        }
    }

    /** A word or text of the file. */
    record Place(String name, int offset, int width) {
    }

    private static final int TOTAL_WEIGHT = total();

    private final ByteBuffer image;
    private final Map<Area, List<Place>> places = new EnumMap<>(Area.class);

    /** Of a good segment. */
    Terrain(byte[] bytes) {
        this.image = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
        for (Area area : Area.values()) {
            places.put(area, new ArrayList<>());
        }
        add(Area.HEADER, "header", 0, HeaderLayout.LAYOUT);
        int slots = image.getInt(HeaderLayout.PARTICIPANTS_OFFSET);
        for (int slot = 0; slot < image.getInt(HeaderLayout.MAX_PARTICIPANTS_OFFSET); slot++) {
            add(Area.SLOTS, "slot " + slot, slots + slot * ParticipantLayout.LAYOUT.lengthBytes(),
                    ParticipantLayout.LAYOUT);
        }
        for (int index = 0; index < image.getLong(HeaderLayout.ENTRY_COUNT_OFFSET); index++) {
            addObject(index);
        }
        for (int at = 0; at + Long.BYTES <= bytes.length; at += Long.BYTES) {
            places.get(Area.ANYWHERE).add(new Place("offset " + at, at, Long.BYTES));
        }
    }

    /** All places of a kind. */
    List<Place> places(Area area) {
        return places.get(area);
    }

    /** A place of whatever kind, by the weights. */
    Place any(SplittableRandom random) {
        return any(random, area(random));
    }

    /** A place of this kind. */
    Place any(SplittableRandom random, Area area) {
        List<Place> all = places.get(area);
        return all.get(random.nextInt(all.size()));
    }

    /** A kind, by the weights. */
    static Area area(SplittableRandom random) {
        int dice = random.nextInt(TOTAL_WEIGHT);
        for (Area area : Area.values()) {
            dice -= area.weight;
            if (dice < 0) {
                return area;
            }
        }
        throw new AssertionError("weights do not add up");
    }

    private static int total() {
        int sum = 0;
        for (Area area : Area.values()) {
            sum += area.weight;
        }
        return sum;
    }

    private void addObject(int index) {
        int entry = image.getInt(HeaderLayout.DIRECTORY_OFFSET) + index * EntryLayout.LAYOUT.lengthBytes();
        int block = image.getInt(entry + EntryLayout.BLOCK_OFFSET);
        ObjectType type = TypeRegistry.byCode(image.getInt(entry + EntryLayout.TYPE_OFFSET)).orElseThrow();
        String name = "#" + (index + 1) + " " + type.name();
        add(Area.ENTRIES, "entry of " + name, entry, EntryLayout.LAYOUT);
        add(type == RingLayout.TYPE ? Area.RINGS : Area.BLOCKS, name, block, type.layout());
        if (type == RingLayout.TYPE) {
            addRecords(name, block);
        }
    }

    private void addRecords(String name, int block) {
        int ring = block + RingLayout.TYPE.layout().lengthBytes();
        int units = image.getInt(block + ringField("ringBytes")) / RingWord.UNIT;
        int limit = RingWord.positionOf(image.getLong(block + ringField("tail")));
        int position = RingWord.positionOf(image.getLong(block + ringField("head")));
        while (position != limit) {
            int at = ring + (position & units - 1) * RingWord.UNIT;
            places.get(Area.RINGS).add(new Place(name + " half of a record header", at, Integer.BYTES));
            places.get(Area.RINGS).add(new Place(name + " record header", at, Long.BYTES));
            position += RecordHeader.units(RecordHeader.lengthOf(image.getLong(at)));
        }
    }

    private static int ringField(String name) {
        return RingLayout.TYPE.layout().fields().stream().filter(field -> field.name().equals(name)).findFirst()
                .orElseThrow().offset();
    }

    private void add(Area area, String name, int offset, Layout layout) {
        for (Layout.Field field : layout.fields()) {
            for (int i = 0; i < field.count(); i++) {
                places.get(area).add(new Place(name + " " + field.name(), offset + field.at(i), field.stride()));
            }
        }
    }

    @Override
    public String toString() {
        return "Terrain[" + image.capacity() + " bytes]";
    }
}
