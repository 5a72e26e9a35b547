package io.interlock.memory;

/** Numbers of this module's kinds of object in the file: values 20 to 29, arrays 30 to 39, pipes 41. Queues are 40. */
final class TypeCodes {

    static final int INT = 20;
    static final int LONG = 21;
    static final int DOUBLE = 22;
    static final int BOOLEAN = 23;

    static final int BYTE_ARRAY = 30;
    static final int SHORT_ARRAY = 31;
    static final int INT_ARRAY = 32;
    static final int LONG_ARRAY = 33;
    static final int FLOAT_ARRAY = 34;
    static final int DOUBLE_ARRAY = 35;

    static final int PIPE = 41;

    private TypeCodes() {
    }
}
