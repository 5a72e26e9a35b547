package io.interlock.core.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.interlock.core.port.Context;
import io.interlock.core.port.Futex;
import io.interlock.core.port.Futex.Wake;
import io.interlock.core.port.FutexContract;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LinuxFutexTest extends FutexContract {

    @BeforeAll
    static void needsNativeCalls() {
        Assumptions.assumeTrue(Platform.hasNativeCalls(), "skipped, no native calls here");
    }

    @Override
    protected Futex futex(Context of) {
        assertInstanceOf(LinuxFutex.class, of.futex);
        assertTrue(of.futex.reachesOthers());
        return of.futex;
    }

    @Test
    void wakeWakesAsManyAsItSays() {
        List<CompletableFuture<Wake>> sleepers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            sleepers.add(sleeper(() -> await(0, TimeUnit.SECONDS.toNanos(100), false)));
        }
        for (int woken = 0; woken < 3;) {
            int now = wake(1);
            assertTrue(now == 0 || now == 1);
            woken += now;
            Thread.yield();
        }
        for (CompletableFuture<Wake> sleeper : sleepers) {
            assertEquals(Wake.WOKEN, sleeper.join());
        }
        assertEquals(0, wake(Integer.MAX_VALUE));
    }

    @Test
    void wakeOfAWordOnWhichNobodySleepsWakesNobody() {
        assertEquals(0, wake(1));
    }
}
