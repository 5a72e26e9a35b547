package io.interlock.core.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.interlock.core.layout.Layout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The checked-in tables of the layouts, {@code docs/layout/NAME.md}. Started with {@code -Dinterlock.layouts=write} the
 * tests write them.
 */
public final class LayoutTables {

    private LayoutTables() {
    }

    /** The layout's table is the checked-in one. */
    public static void assertCheckedIn(Layout layout) throws IOException {
        Path table = Projects.root().resolve("docs/layout").resolve(layout.name() + ".md");
        if ("write".equals(System.getProperty("interlock.layouts"))) {
            Files.createDirectories(table.getParent());
            Files.writeString(table, layout.describe());
        }
        assertEquals(Files.exists(table) ? Files.readString(table) : "(no file " + table + ")", layout.describe(),
                () -> "a changed table is a new layout version; see " + table);
    }
}
