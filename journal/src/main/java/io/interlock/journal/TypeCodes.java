package io.interlock.journal;

/** Numbers of this module's kinds of object in the file: 50 to 59. */
final class TypeCodes {

    static final int JOURNAL = 50;
    static final int TAILER = 51;

    private TypeCodes() {
    }
}
