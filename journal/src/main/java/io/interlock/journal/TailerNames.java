package io.interlock.journal;

import io.interlock.core.object.Directory;
import io.interlock.core.object.SharedBlock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The named tailers of a journal: objects of its segment, which are never removed, but can be nowhere. */
final class TailerNames {

    private final SharedJournal journal;

    TailerNames(SharedJournal journal) {
        this.journal = journal;
    }

    /** Makes the position of this name its caller's; where it stopped, or at the oldest message. */
    NamedPosition claim(String name) {
        NamedPosition position = new NamedPosition(
                directory().openOrCreate(TailerLayout.request(name, journal.id())));
        position.claim();
        boolean placed = false;
        try {
            if (!position.isPlaced()) {
                placeAtStart(position);
            }
            placed = true;
        } finally {
            if (!placed) {
                position.close();
            }
        }
        return position;
    }

    /** While nobody deletes files. */
    private void placeAtStart(NamedPosition position) {
        journal.exclusively(() -> {
            long first = journal.firstIndex();
            position.set(first);
            return first;
        });
    }

    List<TailerInfo> list() {
        return all().stream().filter(NamedPosition::isPlaced)
                .map(position -> new TailerInfo(position.name(), position.get(), position.isInUse()))
                .sorted(Comparator.comparing(TailerInfo::name)).toList();
    }

    /** The lowest position that any of them has; higher than any index if there is none. */
    long lowestPosition() {
        return all().stream().filter(NamedPosition::isPlaced).mapToLong(NamedPosition::get).min()
                .orElse(Long.MAX_VALUE);
    }

    /** The highest one; 0 if there is none. */
    long highestPosition() {
        return all().stream().mapToLong(NamedPosition::get).max().orElse(0);
    }

    boolean forget(String name) {
        SharedBlock block = directory().find(journal.id(), name);
        if (block == null) {
            return false;
        }
        NamedPosition position = new NamedPosition(block);
        position.claim();
        try {
            boolean known = position.isPlaced();
            position.set(TailerLayout.NOWHERE);
            return known;
        } finally {
            position.close();
        }
    }

    private List<NamedPosition> all() {
        Directory directory = directory();
        List<NamedPosition> found = new ArrayList<>();
        for (int id = 1; id <= directory.size(); id++) {
            SharedBlock block = directory.byId(id);
            if (block.parent() == journal.id() && block.type() == TypeCodes.TAILER) {
                found.add(new NamedPosition(block));
            }
        }
        return found;
    }

    private Directory directory() {
        return journal.segment().directory();
    }
}
