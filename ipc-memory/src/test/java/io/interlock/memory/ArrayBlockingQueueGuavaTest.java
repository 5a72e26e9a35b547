package io.interlock.memory;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** Guava's tests on the JDK's own queue, which shows that the features are chosen as the JDK has them. */
class ArrayBlockingQueueGuavaTest {

    @TestFactory
    Stream<DynamicNode> behavesAsGuavaExpectsOfAQueue() {
        return GuavaQueueSuite.of("ArrayBlockingQueue", () -> new ArrayBlockingQueue<>(100), () -> {
        });
    }
}
