package io.interlock.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.interlock.core.object.ObjectType;
import io.interlock.core.object.OwnerRegion;
import io.interlock.core.object.TypeRegistry;
import io.interlock.core.testing.LayoutTables;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every layout of this module, as it is checked in, and its numbers as literals. */
class MemoryLayoutTest {

    private static final List<ObjectType> TYPES = new MemoryTypes().types();

    @Test
    void theTablesAreTheCheckedInOnes() throws IOException {
        for (ObjectType type : TYPES) {
            LayoutTables.assertCheckedIn(type.layout());
        }
    }

    @Test
    void everyBlockStandsOnItsOwnCacheLinePair() {
        assertEquals(0, ValueLayout.VALUE_OFFSET);
        assertEquals(0, ArrayLayout.ELEMENTS_OFFSET);
        for (ObjectType type : TYPES.subList(0, 10)) {
            assertEquals(128, type.layout().lengthBytes(), type.name());
            assertEquals(1, type.layout().fields().size(), type.name());
            assertEquals(0, type.layout().fields().get(0).offset(), type.name());
            assertEquals(1, type.layout().version(), type.name());
            assertTrue(type.regions().isEmpty(), type.name());
        }
    }

    @Test
    void aPipeHasTheseNumbers() {
        assertEquals(0, PipeLayout.FIRST_LOCK_OFFSET);
        assertEquals(128, PipeLayout.SECOND_LOCK_OFFSET);
        assertEquals(256, PipeLayout.FIRST_CLOSED_OFFSET);
        assertEquals(260, PipeLayout.SECOND_CLOSED_OFFSET);
        assertEquals(List.of(new OwnerRegion(0, 128, 2, OwnerRegion.Kind.ROBUST_LOCK)), PipeLayout.TYPE.regions());
    }

    @Test
    void theCodesAreThese() {
        assertEquals(List.of(20, 21, 22, 23, 30, 31, 32, 33, 34, 35, 40, 41), TYPES.stream().map(ObjectType::code)
                .toList());
        assertEquals(List.of("Int", "Long", "Double", "Boolean", "ByteArray", "ShortArray", "IntArray", "LongArray",
                "FloatArray", "DoubleArray", "Queue", "Pipe"), TYPES.stream().map(ObjectType::name).toList());
    }

    @Test
    void theRegistryFindsThem() {
        for (ObjectType type : TYPES) {
            assertEquals(type.name(), TypeRegistry.nameOf(type.code()));
        }
    }
}
