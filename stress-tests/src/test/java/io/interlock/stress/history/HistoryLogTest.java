package io.interlock.stress.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryLogTest {

    private static final int CAPACITY = 4;

    @TempDir
    Path directory;
    private HistoryLog log;

    @BeforeEach
    void create() throws IOException {
        log = HistoryLog.create(directory.resolve("log"), CAPACITY);
    }

    @Nested
    class Operations {

        @Test
        void areReadThroughAnotherMapping() throws IOException {
            long before = System.nanoTime();
            int outer = log.begin(Action.GET_AND_ADD, -3, 7, -8);
            log.end(log.begin(Action.LOCK, 2), 1);
            log.end(outer, -9);
            List<Operation> read = HistoryLog.open(directory.resolve("log")).read(5);
            assertEquals(2, read.size());
            Operation first = read.get(0);
            Operation second = read.get(1);
            assertEquals(new Operation(5, Action.GET_AND_ADD, -3, 7, -8, -9, Ending.RETURNED, first.invokedNanos(),
                    first.returnedNanos()), first);
            assertEquals(new Operation(5, Action.LOCK, 2, 0, 0, 1, Ending.RETURNED, second.invokedNanos(),
                    second.returnedNanos()), second);
            assertTrue(before <= first.invokedNanos() && first.invokedNanos() <= second.invokedNanos()
                    && second.returnedNanos() <= first.returnedNanos());
        }

        @Test
        void arePendingUntilTheyReturn() {
            int operation = log.begin(Action.ACQUIRE, 0);
            assertTrue(log.read(1).get(0).isPending());
            assertEquals(Long.MAX_VALUE, log.read(1).get(0).returnedNanos());
            log.endWithoutEffect(operation);
            assertEquals(Ending.WITHOUT_EFFECT, log.read(1).get(0).ending());
        }

        @Test
        void haveParts() {
            int operation = log.begin(Action.TAKE_UP_TO, 6, 2, 0);
            log.part(operation, Action.TAKE, 11);
            Operation whole = log.read(1).get(0);
            Operation part = log.read(1).get(1);
            assertTrue(whole.isPending());
            assertFalse(part.isPending());
            assertEquals(11, part.result());
            assertEquals(6, part.object());
            assertEquals(whole.invokedNanos(), part.invokedNanos());
        }

        @Test
        void areRefusedWhenTheLogIsFull() {
            for (int i = 0; i < CAPACITY; i++) {
                log.begin(Action.GET, 0);
            }
            String message =
                    assertThrows(IllegalStateException.class, () -> log.begin(Action.GET, 0)).getMessage();
            assertTrue(message.contains("is full: it has 4 operations"), message);
            assertEquals(CAPACITY, log.read(1).size());
        }
    }

    @Nested
    class Progress {

        @Test
        void isThatOfTheLastTurnThatGotOn() {
            assertEquals(0, log.progressReturnedNanos());
            int turn = log.begin(Action.TURN, 0);
            log.end(turn, 0);
            log.progress(turn);
            assertEquals(log.read(1).get(0).invokedNanos(), log.progressInvokedNanos());
            assertEquals(log.read(1).get(0).returnedNanos(), log.progressReturnedNanos());
        }
    }

    @Nested
    class SaveTo {

        @Test
        void copiesWhatWasWritten() throws IOException {
            log.end(log.begin(Action.SET, 1, 5, 0), 0);
            Path copy = directory.resolve("copy");
            log.saveTo(copy);
            assertEquals(log.read(1), HistoryLog.open(copy).read(1));
            assertTrue(Files.size(copy) < Files.size(directory.resolve("log")));
        }
    }
}
