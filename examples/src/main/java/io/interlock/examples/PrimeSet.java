package io.interlock.examples;

import java.util.BitSet;

/** The primes that came back, and their judge. For one thread at a time. */
final class PrimeSet {

    private final int max;
    private final BitSet primes;
    private int added;

    PrimeSet(int max) {
        this.max = max;
        this.primes = new BitSet(max + 1);
    }

    void add(int prime) {
        primes.set(prime);
        added++;
    }

    /** How often something was added. */
    int added() {
        return added;
    }

    /** How many different numbers were added. */
    int different() {
        return primes.cardinality();
    }

    /** Whether each prime was added once, and nothing else. */
    boolean isRight() {
        return added == different() && primes.equals(upTo(max));
    }

    /** The primes by the sieve of Eratosthenes, which has nothing in common with the test that is judged. */
    static BitSet upTo(int max) {
        BitSet sieve = new BitSet(max + 1);
        sieve.set(2, max + 1);
        for (int prime = 2; prime <= max / prime; prime = sieve.nextSetBit(prime + 1)) {
            for (int multiple = prime * prime; multiple <= max; multiple += prime) {
                sieve.clear(multiple);
            }
        }
        return sieve;
    }
}
