package io.interlock.sync;

import io.interlock.core.format.RobustLockLayout;
import io.interlock.core.robust.EventCount;
import io.interlock.core.robust.RobustWord;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** A test with other JVMs on its segment. */
abstract class ProcessTest extends SegmentTest {

    private final List<Child> children = new ArrayList<>();

    @AfterEach
    final void endChildren() {
        children.forEach(Child::kill);
        Child.close(children);
    }

    final List<Child> children(int count) {
        List<Child> started = Child.start(segment, count);
        children.addAll(started);
        return started;
    }

    final Child child(List<String> prefix, List<String> flags) {
        Child child = Child.start(segment, prefix, flags);
        children.add(child);
        return child.ready();
    }

    /** A lock of the kind that its name says. */
    final IpcMutex lock(String name) {
        return name.startsWith("rlock") ? IpcRLock.openOrCreate(segment, name) : IpcLock.openOrCreate(segment, name);
    }

    static void awaitWaiters(IpcMutex lock) {
        Until.isTrue("somebody waits for the lock", () -> RobustWord.hasWaiters(
                lock.context.mem.getLongVolatile(lock.robust.block() + RobustLockLayout.WORD_OFFSET)));
    }

    final void awaitWaiters(IpcSemaphore semaphore, int count) {
        awaitWaiters(semaphore.id(), SemaphoreLayout.SINGLES_OFFSET, count);
    }

    final void awaitWaiters(IpcEvent event, int count) {
        awaitWaiters(event.id(), EventLayout.WAITERS_OFFSET, count);
    }

    private void awaitWaiters(int id, int offset, int count) {
        EventCount waiters = new EventCount(segment.context(), segment.directory().byId(id).offset() + offset);
        Until.isTrue(count + " wait", () -> waiters.waiters() >= count);
    }

    static void report(String what, Child killed) {
        System.out.println(what + " " + killed.millisSinceKill() + " ms after the kill");
    }
}
