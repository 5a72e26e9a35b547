package io.interlock.core.platform;

import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.spi.AbstractSelectableChannel;
import java.nio.channels.spi.AbstractSelector;
import java.util.Set;

/**
 * Lets {@link Thread#interrupt()} run an action while its thread sleeps in native code.
 *
 * <p>The JDK offers that to selectors only: between {@code begin()} and {@code end()} an interrupt of the thread calls
 * {@link #wakeup()}. This is a selector in name alone; none of its other methods is ever called.
 */
final class InterruptHook extends AbstractSelector {

    private final Runnable action;

    /** An action that takes no lock and throws nothing: it runs inside {@code Thread.interrupt()}. */
    InterruptHook(Runnable action) {
        super(null);
        this.action = action;
    }

    void enter() {
        begin();
    }

    void leave() {
        end();
    }

    @Override
    public Selector wakeup() {
        action.run();
        return this;
    }

    @Override
    protected void implCloseSelector() {
    }

    @Override
    protected SelectionKey register(AbstractSelectableChannel channel, int operations, Object attachment) {
        throw new UnsupportedOperationException("not a selector of channels");
    }

    @Override
    public Set<SelectionKey> keys() {
        return Set.of();
    }

    @Override
    public Set<SelectionKey> selectedKeys() {
        return Set.of();
    }

    @Override
    public int selectNow() {
        return 0;
    }

    @Override
    public int select(long timeoutMillis) {
        return 0;
    }

    @Override
    public int select() {
        return 0;
    }
}
