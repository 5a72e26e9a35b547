package io.interlock.sync;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.interlock.core.error.ObjectNotFoundException;
import java.util.function.Consumer;

/** Names that no object can have. */
final class BadNames {

    private BadNames() {
    }

    static void areRefused(Consumer<String> operation) {
        NullPointerException isNull = assertThrows(NullPointerException.class, () -> operation.accept(null));
        assertTrue(isNull.getMessage().contains("null"), isNull.getMessage());
        for (String name : new String[]{"", "a/b", "a\0b", "x".repeat(129), "\u00e4".repeat(65)}) {
            IllegalArgumentException e =
                    assertThrows(IllegalArgumentException.class, () -> operation.accept(name), name);
            assertTrue(e.getMessage().contains("name"), e.getMessage());
        }
        assertDoesNotThrow(() -> {
            try {
                operation.accept("x".repeat(128));
            } catch (ObjectNotFoundException e) {
                assertTrue(e.getMessage().contains("xxx"), e.getMessage());
            }
        });
    }
}
