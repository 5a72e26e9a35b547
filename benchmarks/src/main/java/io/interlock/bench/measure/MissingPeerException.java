package io.interlock.bench.measure;

/** A peer that this machine does not have; the message says what it needs. */
public final class MissingPeerException extends Exception {

    private static final long serialVersionUID = 1;

    /** With what it needs, such as {@code "no C compiler (cc)"}. */
    public MissingPeerException(String why) {
        super(why);
    }
}
