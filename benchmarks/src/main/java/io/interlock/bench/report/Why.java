package io.interlock.bench.report;

import io.interlock.bench.measure.Row;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Why the figures of a row are as they are, if somebody has written a paragraph about it: {@code why/ROW.md} here. */
final class Why {

    private Why() {
    }

    /** What is written about a row; nothing about most of them. */
    static Optional<String> of(Row row) {
        try (InputStream in = Why.class.getResourceAsStream("why/" + row.name() + ".md")) {
            return in == null ? Optional.empty()
                    : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
