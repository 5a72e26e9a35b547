package io.interlock.memory;

import com.google.common.collect.testing.QueueTestSuiteBuilder;
import com.google.common.collect.testing.TestStringQueueGenerator;
import com.google.common.collect.testing.features.CollectionFeature;
import com.google.common.collect.testing.features.CollectionSize;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.function.Supplier;
import java.util.stream.Stream;
import junit.framework.Test;
import junit.framework.TestCase;
import junit.framework.TestSuite;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;

/** Guava's tests of a queue, which are made for JUnit 3, as dynamic tests. None of them is left out. */
final class GuavaQueueSuite {

    private GuavaQueueSuite() {
    }

    /**
     * All tests for a queue that admits everything but null, keeps the order of insertion, and whose iterators remove.
     *
     * @param newQueue makes an empty queue
     * @param tearDown runs after each test
     */
    static Stream<DynamicNode> of(String name, Supplier<Queue<String>> newQueue, Runnable tearDown) {
        TestSuite suite = QueueTestSuiteBuilder.using(new TestStringQueueGenerator() {

            @Override
            protected Queue<String> create(String[] elements) {
                Queue<String> queue = newQueue.get();
                Collections.addAll(queue, elements);
                return queue;
            }
        }).named(name).withFeatures(CollectionFeature.GENERAL_PURPOSE, CollectionFeature.KNOWN_ORDER,
                CollectionSize.ANY)
                .withTearDown(tearDown).createTestSuite();
        return Stream.of(node(suite));
    }

    private static DynamicNode node(Test test) {
        if (test instanceof TestSuite suite) {
            List<DynamicNode> children = Collections.list(suite.tests()).stream().map(GuavaQueueSuite::node).toList();
            return DynamicContainer.dynamicContainer(suite.getName(), children);
        }
        TestCase single = (TestCase) test;
        return DynamicTest.dynamicTest(single.getName(), single::runBare);
    }
}
