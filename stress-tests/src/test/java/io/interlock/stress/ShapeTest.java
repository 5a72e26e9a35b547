package io.interlock.stress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ShapeTest {

    @Nested
    class Next {

        @Test
        void givesTheSameShapesForTheSameSeed() {
            SplittableRandom one = new SplittableRandom(7);
            SplittableRandom two = new SplittableRandom(7);
            for (int i = 0; i < 100; i++) {
                assertEquals(Shape.next(one), Shape.next(two));
            }
        }

        @Test
        void givesEveryModeAndVariantAndOnlyPossibleNumbers() {
            Set<String> kinds = new HashSet<>();
            SplittableRandom random = new SplittableRandom(1);
            for (int i = 0; i < 1000; i++) {
                Shape shape = Shape.next(random);
                kinds.add(argument(shape, shape.line().equals("counter") ? "--mode" : "--variant"));
                if (shape.line().equals("bounded-buffer")) {
                    assertTrue(number(shape, "--k") <= number(shape, "--capacity"), shape::command);
                    assertTrue(number(shape, "--k") >= 1, shape::command);
                }
            }
            assertEquals(
                    Set.of("lock", "rlock", "atomic", "semaphore", "at-least", "free-at-least", "selective"), kinds);
        }
    }

    private static int number(Shape shape, String option) {
        return Integer.parseInt(argument(shape, option));
    }

    private static String argument(Shape shape, String option) {
        List<String> arguments = shape.arguments();
        return arguments.get(arguments.indexOf(option) + 1);
    }
}
