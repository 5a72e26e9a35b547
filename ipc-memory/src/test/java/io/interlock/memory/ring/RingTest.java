package io.interlock.memory.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.interlock.core.error.SegmentClosedException;
import io.interlock.core.format.RobustLockLayout;
import io.interlock.core.object.ObjectRequest;
import io.interlock.core.object.SharedBlock;
import io.interlock.core.port.Context;
import io.interlock.core.port.Mem;
import io.interlock.core.robust.RobustWord;
import io.interlock.core.testing.FakeSegment;
import io.interlock.core.testing.FakeTime;
import io.interlock.memory.error.QueueDamagedException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Two participants and one ring of 16 units, in memory of this JVM; a test says who is dead, and what was left. */
class RingTest {

    private static final int BLOCK = FakeSegment.HEAP;
    private static final int RING_BYTES = 128;
    private static final int MAX_MESSAGES = 100;
    private static final long NOW = 0;

    private final FakeSegment segment = new FakeSegment();
    private final Mem mem = segment.mem;
    private final Context a = segment.participant(0, 1);
    private final Context b = segment.participant(1, 1);
    private Ring ofA;
    private Ring ofB;

    @BeforeEach
    void makeTheRing() {
        ObjectRequest request = RingLayout.request("r", MAX_MESSAGES, RING_BYTES, "test");
        request.initializer().fill(mem, BLOCK);
        ofA = ring(a);
        ofB = ring(b);
    }

    private Ring ring(Context context) {
        return new Ring(new SharedBlock(context, 1, RingLayout.TYPE.code(), 1, 0, "r", BLOCK,
                RingLayout.blockBytes(RING_BYTES), MAX_MESSAGES, RING_BYTES));
    }

    /** Puts a message of {@code units - 1} words, the first of which is the value. */
    private int put(Ring ring, long value, int units) throws InterruptedException {
        int at = ring.producers.begin(units, 1, NOW, false);
        if (at >= 0) {
            ring.writeHeader(at, units * 8 - 8);
            mem.putLong(at + 8, value);
            ring.producers.commit(units, 1);
        }
        return at;
    }

    private Long take(Ring ring) throws InterruptedException {
        int at = ring.consumers.begin(NOW, false);
        if (at < 0) {
            return null;
        }
        long value = mem.getLong(at + 8);
        ring.consumers.commit();
        return value;
    }

    private List<Long> takeAll(Ring ring) throws InterruptedException {
        List<Long> all = new ArrayList<>();
        for (Long value = take(ring); value != null; value = take(ring)) {
            all.add(value);
        }
        return all;
    }

    private static int offset(int field) {
        return BLOCK + field;
    }

    private void setWords(long word) {
        for (int field : List.of(RingLayout.TAIL_OFFSET, RingLayout.HEAD_OFFSET, RingLayout.SEEN_HEAD_OFFSET,
                RingLayout.SEEN_TAIL_OFFSET)) {
            mem.putLong(offset(field), word);
        }
    }

    private Snapshot find(Ring ring, long value) {
        Snapshot snapshot = Snapshot.of(ring);
        while (snapshot.next()) {
            if (Bytes.getLong(snapshot.bytes(), snapshot.payloadAt()) == value) {
                return snapshot;
            }
        }
        return null;
    }

    private boolean remove(Ring ring, long value) {
        Snapshot found = find(ring, value);
        return ring.consumers.remove(found.position(), found.record());
    }

    @Nested
    class Wrapping {

        @Test
        void padsWhatWouldGoAcrossTheEnd() throws InterruptedException {
            for (long i = 0; i < 1000; i++) {
                assertTrue(put(ofA, i, 3 + (int) (i % 6)) >= 0, "message " + i);
                assertEquals(i, take(ofB));
                assertTrue(ofA.isEmpty());
            }
        }

        @Test
        void goesOnWherePositionsEnd() throws InterruptedException {
            setWords(RingWord.withPosition(0, -5));
            for (long i = 0; i < 50; i++) {
                assertTrue(put(ofA, i, 2) >= 0);
                assertTrue(put(ofA, -i, 4) >= 0);
                assertEquals(2, ofB.size());
                assertEquals(i, take(ofB));
                assertEquals(-i, take(ofB));
            }
        }

        @Test
        void goesOnWhereCountsEnd() throws InterruptedException {
            setWords(0x7FFF_FFFEL << 32);
            for (long i = 0; i < 5; i++) {
                put(ofA, i, 2);
            }
            assertEquals(5, ofB.size());
            assertEquals(List.of(0L, 1L, 2L, 3L, 4L), takeAll(ofB));
            assertFalse(ofB.isSealed());
        }

        @Test
        void refusesWhatDoesNotFitNow() throws InterruptedException {
            assertTrue(put(ofA, 1, 8) >= 0);
            assertTrue(put(ofA, 2, 8) >= 0);
            assertEquals(Adding.NO_ROOM, put(ofA, 3, 1 + 1));
            assertEquals(1, take(ofB));
            assertTrue(put(ofA, 3, 8) >= 0);
        }
    }

    @Nested
    class AfterADeath {

        @Test
        void aRecordThatWasNotCommittedNeverWas() throws InterruptedException {
            put(ofA, 1, 2);
            int at = ofA.producers.begin(4, 1, NOW, false);
            ofA.writeHeader(at, 24);
            segment.kill(a);
            put(ofB, 2, 2);
            assertEquals(List.of(1L, 2L), takeAll(ofB));
        }

        @Test
        void aMessageThatWasNotTakenWholeIsTakenAgain() throws InterruptedException {
            put(ofB, 1, 2);
            ofA.consumers.begin(NOW, false);
            segment.kill(a);
            assertEquals(1, take(ofB));
        }

        @Test
        void aRemovalThatWasMarkedAndNotCountedIsCounted() throws InterruptedException {
            put(ofA, 1, 2);
            put(ofA, 2, 2);
            put(ofA, 3, 2);
            // what is left if a consumer dies between the mark and the count
            Snapshot second = find(ofA, 2);
            ofA.consumers.begin(NOW, false);
            mem.putLong(ofA.offsetOf(second.position()), RecordHeader.of(8, RecordHeader.REMOVED));
            segment.kill(a);
            assertEquals(3, ofB.size());
            assertEquals(1, take(ofB));
            assertEquals(1, ofB.size());
            assertEquals(List.of(3L), takeAll(ofB));
            assertTrue(ofB.isEmpty());
        }

        @Test
        void theMarkOfTheDeathStaysUntilSomebodyHasRepaired() throws InterruptedException {
            put(ofB, 1, 2);
            mem.putLong(offset(RingLayout.CONSUMERS_LOCK_OFFSET) + RobustLockLayout.WORD_OFFSET,
                    RobustWord.free(0, RobustWord.INCONSISTENT));
            mem.putLong(ofB.offsetOf(0), 0x1234);
            assertThrows(QueueDamagedException.class, () -> take(ofB));
            assertThrows(QueueDamagedException.class, () -> take(ofB));
            mem.putLong(ofB.offsetOf(0), RecordHeader.of(8, RecordHeader.MESSAGE));
            assertEquals(1, take(ofB));
            assertFalse(RobustWord.isInconsistent(
                    mem.getLong(offset(RingLayout.CONSUMERS_LOCK_OFFSET) + RobustLockLayout.WORD_OFFSET)));
        }

        @Test
        void aClosedHandleDoesNotTakeTheMarkAway() throws InterruptedException {
            put(ofA, 1, 2);
            int at = ofA.consumers.begin(NOW, false);
            mem.putLong(at, RecordHeader.of(8, RecordHeader.REMOVED));
            segment.kill(a);
            Context closed = segment.participant(2, 1);
            Ring ofClosed = ring(closed);
            closed.close();
            assertThrows(SegmentClosedException.class, ofClosed.consumers::clear);
            assertThrows(SegmentClosedException.class, () -> ofClosed.consumers.role().enter(NOW));
            assertNull(take(ofB));
            assertTrue(put(ofB, 2, 2) >= 0);
            assertEquals(2, take(ofB));
        }

        @Test
        void aRoleIsTakenOver() throws InterruptedException {
            ProducerRole role = ofA.producers.role();
            assertTrue(role.enter(NOW));
            int at = role.begin(2, 1, NOW, false);
            ofA.writeHeader(at, 8);
            role.commit(2, 1);
            assertEquals(Adding.BUSY, put(ofB, 2, 2));
            segment.kill(a);
            assertTrue(put(ofB, 2, 2) >= 0);
            assertEquals(2, ofB.size());
        }

        @Test
        void aRequestedEndIsBroughtAboutByAWaitingConsumer() throws InterruptedException {
            ProducerRole role = ofA.producers.role();
            assertTrue(role.enter(NOW));
            put(ofB, 1, 2);
            ofB.shutdown();
            assertFalse(ofB.isSealed());
            segment.kill(a);
            assertEquals(Taking.ENDED, ofB.consumers.begin(Long.MAX_VALUE, true));
            assertTrue(ofB.isSealed());
            assertEquals(0, ofB.size());
            role.close();
        }
    }

    @Nested
    class Removal {

        @Test
        void leavesTheOthersInOrder() throws InterruptedException {
            for (long i = 1; i <= 5; i++) {
                put(ofA, i, 2);
            }
            assertTrue(remove(ofB, 3));
            assertTrue(remove(ofB, 1));
            assertTrue(remove(ofB, 5));
            assertEquals(2, ofA.size());
            assertEquals(List.of(2L, 4L), takeAll(ofA));
        }

        @Test
        void ofAllLeavesAllBytesFree() throws InterruptedException {
            put(ofA, 1, 5);
            put(ofA, 2, 5);
            put(ofA, 3, 5);
            assertTrue(remove(ofB, 2));
            assertTrue(remove(ofB, 3));
            assertEquals(1, take(ofB));
            assertTrue(ofA.isEmpty());
            assertTrue(put(ofA, 4, 8) >= 0);
            assertTrue(put(ofA, 5, 7) >= 0, "the bytes of the removed ones are free");
        }

        @Test
        void isNotDoneTwice() throws InterruptedException {
            put(ofA, 1, 2);
            Snapshot found = find(ofB, 1);
            assertTrue(ofB.consumers.remove(found.position(), found.record()));
            assertFalse(ofB.consumers.remove(found.position(), found.record()));
            assertEquals(0, ofB.size());
        }

        @Test
        void ofWhatWasTakenAndOverwrittenIsNone() throws InterruptedException {
            put(ofA, 1, 2);
            Snapshot found = find(ofB, 1);
            take(ofB);
            for (long i = 2; i < 30; i++) {
                put(ofA, i, 2);
                take(ofB);
            }
            put(ofA, 30, 2);
            assertFalse(ofB.consumers.remove(found.position(), found.record()));
            assertEquals(30, take(ofB));
        }
    }

    @Nested
    class Damage {

        @Test
        void ofAHeaderIsReportedWithItsOffset() throws InterruptedException {
            int at = put(ofA, 1, 2);
            mem.putLong(at, 0xDEAD_BEEFL);
            QueueDamagedException e = assertThrows(QueueDamagedException.class, () -> take(ofB));
            assertTrue(e.getMessage().contains("offset " + at), e.getMessage());
            assertThrows(QueueDamagedException.class, () -> take(ofB), "it stays, and the side is free");
        }

        @Test
        void ofALengthIsReported() throws InterruptedException {
            int at = put(ofA, 1, 2);
            for (int length : new int[]{-1, 9, 1 << 20, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
                mem.putLong(at, (long) RecordHeader.MESSAGE << 32 | length & 0xFFFF_FFFFL);
                assertThrows(QueueDamagedException.class, () -> take(ofB), "length " + length);
            }
        }

        @Test
        void ofTheWordsIsReportedByBothSides() throws InterruptedException {
            put(ofA, 1, 2);
            mem.putLong(offset(RingLayout.HEAD_OFFSET), 0x0000_0009_0000_1234L);
            assertThrows(QueueDamagedException.class, () -> take(ofB));
            mem.putLong(offset(RingLayout.SEEN_HEAD_OFFSET), 0x0000_0009_0000_1234L);
            assertThrows(QueueDamagedException.class, () -> put(ofA, 2, 2));
        }

        @Test
        void isClearedAway() throws InterruptedException {
            int at = put(ofA, 1, 2);
            put(ofA, 2, 2);
            mem.putLong(at, -1);
            assertEquals(2, ofB.consumers.clear());
            put(ofA, 3, 2);
            assertEquals(List.of(3L), takeAll(ofB));
        }

        @Test
        void ofNothingButRemovedRecordsIsReported() throws InterruptedException {
            int at = put(ofA, 1, 2);
            mem.putLong(at, RecordHeader.of(8, RecordHeader.REMOVED));
            assertThrows(QueueDamagedException.class, () -> take(ofB));
        }
    }

    @Nested
    class End {

        @Test
        void isSeenWhenEverythingWasTaken() throws InterruptedException {
            put(ofA, 1, 2);
            ofB.shutdown();
            assertEquals(Adding.SHUT_DOWN, put(ofA, 2, 2));
            assertEquals(1, take(ofB));
            assertEquals(Taking.ENDED, ofB.consumers.begin(NOW, false));
        }

        @Test
        void dropsWhatIsLeftIfItIsNow() throws InterruptedException {
            put(ofA, 1, 2);
            put(ofA, 2, 2);
            assertEquals(2, ofB.shutdownNow());
            assertEquals(0, ofB.shutdownNow());
            assertEquals(Taking.ENDED, ofA.consumers.begin(NOW, false));
        }

        @Test
        void isHonouredByARoleAtItsNextOperation() throws InterruptedException {
            ProducerRole role = ofA.producers.role();
            assertTrue(role.enter(NOW));
            ofB.shutdown();
            assertFalse(ofB.isSealed());
            assertEquals(Adding.SHUT_DOWN, role.begin(2, 1, NOW, false));
            assertTrue(ofB.isSealed());
            role.close();
        }

        @Test
        void isHonouredByARoleWhenItIsClosed() throws InterruptedException {
            ProducerRole role = ofA.producers.role();
            assertTrue(role.enter(NOW));
            ofB.shutdown();
            role.close();
            assertTrue(ofB.isSealed());
        }

        @Test
        void isHonouredByAClaimWhenItHasEnded() throws InterruptedException {
            Adding claims = ofA.producers.claims();
            int at = claims.begin(2, 1, NOW, false);
            ofB.shutdown();
            assertFalse(ofB.isSealed());
            ofA.writeHeader(at, 8);
            claims.commit(2, 1);
            assertTrue(ofB.isSealed());
            assertEquals(1, ofB.size());
        }

        @Test
        void nowIsHonouredByAConsumerRole() throws InterruptedException {
            put(ofA, 1, 2);
            ConsumerRole role = ofB.consumers.role();
            assertTrue(role.enter(NOW));
            assertEquals(0, ofA.shutdownNow());
            assertEquals(1, ofA.size());
            assertEquals(Taking.ENDED, role.begin(NOW, false));
            assertEquals(0, ofA.size());
            role.close();
        }
    }

    /** In a time that passes only in pauses, of 8 hints each. */
    @Nested
    class Pauses {

        private static final int LARGE_BLOCK = BLOCK + 4096;
        private static final int LARGE_BYTES = 1024;

        private final FakeTime time = new FakeTime(a, 1);
        private Ring paced;

        @BeforeEach
        void makeALargeRing() {
            RingLayout.request("large", MAX_MESSAGES, LARGE_BYTES, "test").initializer().fill(mem, LARGE_BLOCK);
            paced = new Ring(new SharedBlock(time.seenBy(a, segment.futex), 2, RingLayout.TYPE.code(), 1, 0, "large",
                    LARGE_BLOCK, RingLayout.blockBytes(LARGE_BYTES), MAX_MESSAGES, LARGE_BYTES));
        }

        @Test
        void areMadeByAConsumerOfAStream() throws InterruptedException {
            for (int i = 0; i < 3; i++) {
                put(4);
                take(4);
            }
            assertEquals(2 * 8, time.hints());
        }

        @Test
        void areMadeByAProducerAtAFullRing() throws InterruptedException {
            put(LARGE_BYTES / 16);
            take(4);
            put(4);
            assertEquals(0, time.hints());
            take(1);
            put(1);
            assertEquals(8, time.hints());
        }

        private void put(int messages) throws InterruptedException {
            for (int i = 0; i < messages; i++) {
                assertTrue(RingTest.this.put(paced, i, 2) >= 0);
            }
        }

        private void take(int messages) throws InterruptedException {
            for (int i = 0; i < messages; i++) {
                assertNotNull(RingTest.this.take(paced));
            }
        }
    }

    @Nested
    class FirstMessage {

        @Test
        void isCopiedWithoutTheLock() throws InterruptedException {
            assertNull(Snapshot.ofFirst(ofB));
            put(ofA, 1, 2);
            ofA.consumers.begin(NOW, false);
            Snapshot first = Snapshot.ofFirst(ofB);
            assertEquals(1, Bytes.getLong(first.bytes(), first.payloadAt()));
            ofA.consumers.abort();
        }

        @Test
        void isTheOneBehindARemovedOne() throws InterruptedException {
            put(ofA, 1, 2);
            put(ofA, 2, 2);
            remove(ofA, 1);
            Snapshot first = Snapshot.ofFirst(ofB);
            assertEquals(2, Bytes.getLong(first.bytes(), first.payloadAt()));
        }
    }
}
