package io.interlock.stress.fuzz;

import io.interlock.core.Segment;
import io.interlock.core.SegmentInfo;
import io.interlock.core.attach.Attachments;
import io.interlock.core.inspect.SegmentInspector;
import io.interlock.core.object.Directory;
import io.interlock.memory.Codec;
import io.interlock.memory.IpcInt;
import io.interlock.memory.IpcIntArray;
import io.interlock.memory.IpcQueue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Everything that one file can be asked for, from the first look to its removal. */
final class SegmentCalls {

    /** What takes long is done with one of so many files. */
    private static final int SELDOM = 8;

    private final Path path;
    private final Calls calls;

    private SegmentCalls(Path path, Calls calls) {
        this.path = path;
        this.calls = calls;
    }

    /** Uses a file. */
    static void all(Path path, long number, Calls calls) {
        SegmentCalls file = new SegmentCalls(path, calls);
        calls.on("file");
        calls.run("inspect", () -> SegmentInspector.inspect(path));
        if (number % SELDOM == 1) {
            file.list();
        }
        Segment segment = calls.get("open", () -> Segment.open(path));
        if (segment != null) {
            file.use(segment, number);
        }
        if (Files.exists(path)) {
            calls.run("unlink", () -> Segment.unlink(path));
        }
    }

    private void list() {
        List<SegmentInfo> all = calls.get("list", Segment::list);
        calls.check("list tells of the file", all != null && all.stream().anyMatch(info -> info.path().equals(path)));
    }

    private void use(Segment segment, long number) {
        directory(segment);
        SyncCalls.all(segment, calls);
        DataCalls.all(segment, calls);
        QueueCalls.all(segment, calls);
        PipeCalls.all(segment, calls);
        make(segment);
        calls.on("file");
        if (number % SELDOM == 2) {
            calls.run("inspect while attached", () -> SegmentInspector.inspect(path));
        }
        Segment last = number % SELDOM == 0 ? reset(segment) : segment;
        calls.run("close", last::close);
        calls.check("nobody is attached after close", Attachments.attachedTo(path) == null);
    }

    private Segment reset(Segment segment) {
        Segment fresh = calls.get("resetIfUnused", segment::resetIfUnused);
        return fresh != null ? fresh : segment;
    }

    private void directory(Segment segment) {
        calls.run("toString", segment::toString);
        calls.run("stats", segment::stats);
        Directory directory = calls.get("directory", segment::directory);
        if (directory == null) {
            return;
        }
        calls.number("capacity", 1, Integer.MAX_VALUE, directory::capacity);
        calls.number("freeBytes", 0, Integer.MAX_VALUE, directory::freeBytes);
        Integer size = calls.get("size", directory::size);
        for (int id = 1; size != null && id <= size; id++) {
            int each = id;
            calls.run("byId", () -> directory.byId(each));
        }
        calls.run("forEachOwnerRegion", () -> directory.forEachOwnerRegion((offset, stride, count, kind) -> {
        }));
    }

    /** Without room, or with a directory that its owner has locked, once is enough. */
    private void make(Segment segment) {
        calls.on("new objects");
        if (calls.run("create", () -> IpcInt.create(segment, "new", 1))) {
            calls.run("openOrCreate", () -> IpcInt.openOrCreate(segment, "new"));
            calls.run("create an array", () -> IpcIntArray.create(segment, 100).fill(1));
            calls.run("create a queue",
                    () -> IpcQueue.create(segment, Codec.utf8(), Specimen.FEW_ITEMS).offer("item"));
        }
    }
}
