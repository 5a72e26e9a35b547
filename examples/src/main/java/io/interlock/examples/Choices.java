package io.interlock.examples;

import java.util.Arrays;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Options that take one of several words; an enum constant's word is its {@code toString()}. */
final class Choices {

    private Choices() {
    }

    /** For {@code counter --mode}. */
    static final class Mode implements ITypeConverter<Counter.Choice> {

        @Override
        public Counter.Choice convert(String word) {
            return oneOf(Counter.Choice.values(), word);
        }
    }

    /** For {@code bounded-buffer --variant}. */
    static final class Variant implements ITypeConverter<BoundedBuffer.Variant> {

        @Override
        public BoundedBuffer.Variant convert(String word) {
            return oneOf(BoundedBuffer.Variant.values(), word);
        }
    }

    /** For {@code primes --variant}. */
    static final class PrimesVariant implements ITypeConverter<Primes.Variant> {

        @Override
        public Primes.Variant convert(String word) {
            return oneOf(Primes.Variant.values(), word);
        }
    }

    private static <E extends Enum<E>> E oneOf(E[] all, String word) {
        for (E one : all) {
            if (one.toString().equals(word)) {
                return one;
            }
        }
        throw new TypeConversionException("must be one of "
                + Arrays.stream(all).map(E::toString).collect(Collectors.joining(", ")) + ", not '" + word + "'");
    }
}
