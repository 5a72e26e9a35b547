package io.interlock.core.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.interlock.core.error.SegmentClosedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.function.Executable;

/** What operations do after a close. */
public final class ClosedHandles {

    private ClosedHandles() {
    }

    /** Each operation, by its name, says that something was closed, and none returns. */
    public static void assertAllThrow(Map<String, Executable> operations) {
        List<String> wrong = new ArrayList<>();
        operations.forEach((name, operation) -> {
            try {
                operation.execute();
                wrong.add(name + " did not throw");
            } catch (SegmentClosedException e) {
                assertTrue(e.getMessage().contains("closed"), e.getMessage());
            } catch (Throwable e) {
                wrong.add(name + " threw " + e);
            }
        });
        assertEquals(List.of(), wrong);
    }
}
