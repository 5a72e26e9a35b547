package io.interlock.sync;

/** Numbers of this module's kinds of object in the file: 1 to 19. */
final class TypeCodes {

    static final int LOCK = 1;
    static final int RLOCK = 2;
    static final int SEMAPHORE = 3;
    static final int EVENT = 4;
    static final int CONDITION = 5;

    private TypeCodes() {
    }
}
