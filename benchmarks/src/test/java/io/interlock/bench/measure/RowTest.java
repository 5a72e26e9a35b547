package io.interlock.bench.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RowTest {

    @Nested
    class Create {

        @Test
        void refusesTwoPeersWithOneName() {
            List<Peer> peers = List.of(Fakes.peer("A"), Fakes.peer("A"));
            assertEquals("row: two peers have one name, [A, A]", refusal(peers, List.of()));
        }

        @Test
        void refusesAGoalAboutNobody() {
            List<Peer> peers = List.of(Fakes.peer("A"));
            assertEquals("row: a goal is about B, peers are [A]", refusal(peers, List.of(new Goal("A", "B", 1))));
            assertEquals("row: a goal is about B, peers are [A]", refusal(peers, List.of(new Goal("B", "A", 1))));
        }

        private static String refusal(List<Peer> peers, List<Goal> goals) {
            return assertThrows(IllegalArgumentException.class,
                    () -> new Row("row", "title", Unit.NANOS_EACH, peers, goals)).getMessage();
        }
    }

    @Nested
    class IsOurs {

        @Test
        void isSaidByTheNameOrByAGoal() {
            List<Peer> peers = List.of(Fakes.peer("IpcLock"), Fakes.peer("Interlock, copied"), Fakes.peer("zero-copy"),
                    Fakes.peer("memcpy"));
            Row row = new Row("row", "title", Unit.NANOS_EACH, peers, List.of(new Goal("zero-copy", "memcpy", 1)));
            assertTrue(row.isOurs("IpcLock"));
            assertTrue(row.isOurs("Interlock, copied"));
            assertTrue(row.isOurs("zero-copy"));
            assertFalse(row.isOurs("memcpy"));
        }

        @Test
        void isSaidOfALineByItsName() {
            Growth growth = new Growth("things", List.of(Fakes.line("IpcLock", 1), Fakes.line("glibc mutex", 1)));
            Row row = Row.growing("row", "title", Unit.NANOS_EACH, growth, List.of());
            assertTrue(row.isOurs(growth.lines().get(0)));
            assertFalse(row.isOurs(growth.lines().get(1)));
        }

        @Test
        void isTrueOfAllLinesIfNoneOfThemHasSuchAName() {
            Growth growth = new Growth("things", List.of(Fakes.line("create", 1), Fakes.line("open", 1)));
            Row row = Row.growing("row", "title", Unit.NANOS_EACH, growth, List.of());
            assertTrue(growth.lines().stream().allMatch(row::isOurs));
        }
    }
}
