package io.interlock.sync;

import io.interlock.core.Segment;
import io.interlock.core.format.RobustLockLayout;
import io.interlock.core.robust.EventCount;
import io.interlock.core.robust.RobustWord;
import io.interlock.core.testing.ChildJvm;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** A test with other JVMs on its segment. */
abstract class ProcessTest extends SegmentTest {

    private final List<ChildJvm> children = new ArrayList<>();
    private long killedAt;

    @AfterEach
    final void endChildren() {
        children.forEach(ChildJvm::kill9Soon);
        children.forEach(ChildJvm::close);
    }

    /** Starts a child that runs {@link Puppet}, and does not wait until it is ready. */
    static ChildJvm start(Segment segment) {
        return ChildJvm.of(Puppet.class, segment.path().toString()).start();
    }

    final ChildJvm.Builder puppet() {
        return ChildJvm.of(Puppet.class, segment.path().toString());
    }

    /** Starts several at once and waits until all are attached. */
    final List<ChildJvm> children(int count) {
        List<ChildJvm> started = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            started.add(puppet().start());
        }
        children.addAll(started);
        started.forEach(child -> child.expectLine("ready"));
        return started;
    }

    final ChildJvm child(ChildJvm.Builder builder) {
        ChildJvm child = builder.start();
        children.add(child);
        child.expectLine("ready");
        return child;
    }

    /** SIGKILL; does not wait for the end. */
    final void kill(ChildJvm child) {
        killedAt = System.nanoTime();
        child.kill9Soon();
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

    final void report(String what) {
        System.out.println(what + " " + (System.nanoTime() - killedAt) / 1_000_000 + " ms after the kill");
    }
}
