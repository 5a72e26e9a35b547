package io.interlock.stress.jcstress;

import io.interlock.core.port.Mem;

/** Plain data of eight words on eight cache lines: long to write, so that half of it is easily seen. */
final class Words {

    static final int COUNT = 8;
    static final int BYTES = COUNT * TwoMappings.LINE;

    private Words() {
    }

    /** Sets all words to 1, plain. */
    static void write(Mem mem, int offset) {
        for (int i = 0; i < COUNT; i++) {
            mem.putInt(offset + i * TwoMappings.LINE, 1);
        }
    }

    /** How many words are set. */
    static int count(Mem mem, int offset) {
        int count = 0;
        for (int i = 0; i < COUNT; i++) {
            count += mem.getInt(offset + i * TwoMappings.LINE);
        }
        return count;
    }
}
