package io.interlock.journal.store;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Walks over the messages of one excerpt. */
public final class ExcerptCursor {

    private byte[] bytes = new byte[0];
    private ByteBuffer view = ByteBuffer.wrap(bytes);
    private int length;
    private long first;
    private long end;
    private long index;
    private int at;

    /** Of nothing yet. */
    public ExcerptCursor() {
        forget();
    }

    /** Begins with a whole excerpt. */
    public void begin(byte[] excerpt, int lengthBytes) {
        if (bytes != excerpt) {
            bytes = excerpt;
            view = ByteBuffer.wrap(excerpt);
        }
        length = lengthBytes;
        first = Excerpt.firstOf(excerpt);
        end = Excerpt.endOf(excerpt);
        index = first;
        at = Excerpt.HEADER_LENGTH;
    }

    /** Holds nothing any more. */
    public void forget() {
        first = 0;
        end = 0;
        index = 0;
    }

    /** Index of its first message. */
    public long first() {
        return first;
    }

    /** Whether the excerpt lies behind this index, so that what is there cannot come any more. */
    public boolean isBehind(long wanted) {
        return first > wanted && end > first;
    }

    /** Goes on to the message with this index; false if the excerpt does not have it. */
    public boolean moveTo(long wanted) {
        if (wanted < index || wanted >= end) {
            return false;
        }
        while (index < wanted) {
            at += Excerpt.LENGTH_LENGTH + Excerpt.lengthAt(bytes, at);
            index++;
        }
        return true;
    }

    /** Bytes of the message. */
    public int messageLength() {
        return Excerpt.lengthAt(bytes, at);
    }

    /** The message as a codec gets it; valid until the next excerpt. */
    public ByteBuffer message() {
        view.clear();
        return view.slice(at + Excerpt.LENGTH_LENGTH, messageLength()).order(ByteOrder.nativeOrder());
    }

    @Override
    public String toString() {
        return "ExcerptCursor[" + index + " of " + first + " to " + (end - 1) + ", " + length + " bytes]";
    }
}
