package io.interlock.stress.sim;

/** Mixing numbers into 64 bits. Sources: the finaliser of SplitMix64. */
final class Hash {

    private Hash() {
    }

    static long of(long a, long b) {
        return of(a * 0x9E37_79B9_7F4A_7C15L + b);
    }

    static long of(long value) {
        long z = value + 0x9E37_79B9_7F4A_7C15L;
        z = (z ^ z >>> 30) * 0xBF58_476D_1CE4_E5B9L;
        z = (z ^ z >>> 27) * 0x94D0_49BB_1331_11EBL;
        return z ^ z >>> 31;
    }
}
