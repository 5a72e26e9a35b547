package io.interlock.journal.store;

import io.interlock.journal.error.MissingFlagsException;
import java.util.ArrayList;
import java.util.List;
import net.openhft.chronicle.core.Jvm;

/** What Chronicle Queue needs of the JVM, on 17 and on 25 alike. */
final class JvmFlags {

    /** Packages of {@code java.base} that it reaches by reflection, to map files and to load classes. */
    private static final List<String> OPEN = List.of("java.lang.reflect", "sun.nio.ch");

    private JvmFlags() {
    }

    /** Without it Chronicle works as well, but says in the log that it would like to have it. */
    private static final String QUIET = "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED";

    static List<String> required() {
        List<String> flags = new ArrayList<>();
        OPEN.forEach(packageName -> flags.add("--add-opens=java.base/" + packageName + "=ALL-UNNAMED"));
        flags.add(QUIET);
        return flags;
    }

    /** Throws if one is missing; loads no class of Chronicle that would do something. */
    static void require() {
        Module base = Object.class.getModule();
        Module chronicle = Jvm.class.getModule();
        List<String> missing = new ArrayList<>(OPEN);
        missing.removeIf(packageName -> base.isOpen(packageName, chronicle));
        if (!missing.isEmpty()) {
            throw new MissingFlagsException("a journal needs flags of the JVM, since it stands on Chronicle Queue: "
                    + String.join(" ", required()) + "; of the packages, " + String.join(" and ", missing)
                    + (missing.size() == 1 ? " is" : " are") + " not open. Start java with these flags, or put"
                    + " \"Add-Opens: java.base/java.lang.reflect java.base/sun.nio.ch\" and \"Add-Exports:"
                    + " java.base/jdk.internal.ref\" into the manifest of the jar that java -jar runs");
        }
    }
}
