package io.interlock.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArgumentsTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "--nonsense", "counter --nonsense", "counter extra", "counter --processes 0",
        "counter --processes -1", "counter --processes 100000", "counter --processes x", "counter --processes",
        "counter --increments 0", "counter --increments 99999999999", "counter --mode nonsense", "counter --kill",
        "counter --kill x", "counter --kill -1", "counter --kill 10", "counter --processes 3 --kill 3",
        "counter --kill 1 --mode unlocked", "counter --kill 1 --mode atomic", "counter --kill 0 --mode all",
        "bounded-buffer --producers 0", "bounded-buffer --consumers 0", "bounded-buffer --items 0",
        "bounded-buffer --items 10000001", "bounded-buffer --capacity 0", "bounded-buffer --variant nonsense",
        "bounded-buffer --variant at-least --k 0", "bounded-buffer --variant at-least --k 6",
        "bounded-buffer --variant free-at-least --capacity 2", "event --processes 0", "condition --processes 0",
        "lock-printer --processes 0", "primes --max 0", "primes --max -1", "primes --max 100000001", "primes --max x",
        "primes --processes 0", "primes --processes 201", "primes --variant nonsense", "primes --batch 0",
        "primes --batch 100001", "primes --trace", "primes --trace /no/such/directory/trace.json", "primes --trace /",
        "primes extra", "journal extra", "journal --readings 0", "journal --readings 5000001", "journal --readings x",
        "journal --seed x", "journal --dir", "journal --kill=x", "queue extra", "pipe extra", "values extra",
        "reentrancy extra", "demo extra", "list extra",
        "inspect",
        "unlink", "inspect .hidden", "inspect /", "inspect a b"})
    void areRefusedInOneLine(String line) {
        assertEquals(2, run(line.split(" ")), line);
        assertEquals("", out.toString());
        assertEquals(1, err.toString().lines().count(), err.toString());
        assertTrue(err.toString().contains("--help"), err.toString());
    }

    @Test
    void mustNameACommand() {
        assertEquals(2, run());
        assertEquals(1, err.toString().lines().count(), err.toString());
    }

    @Test
    void tellWhatWasWrong() {
        run("bounded-buffer", "--variant", "at-least", "--capacity", "2");
        assertTrue(err.toString().contains("--capacity=2"), err.toString());
        assertTrue(err.toString().contains("--k=3"), err.toString());
        run("counter", "--processes", "3", "--kill", "3");
        assertTrue(err.toString().contains("--kill must be in [0, 2], --kill=3"), err.toString());
        run("counter", "--kill", "3", "--mode", "atomic");
        assertTrue(err.toString().contains("--mode=atomic"), err.toString());
        run("primes", "--trace", "/no/such/file");
        assertTrue(err.toString().contains("--trace=/no/such/file"), err.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "demo --help", "counter --help", "bounded-buffer --help", "values --help",
        "reentrancy --help", "event --help", "condition --help", "lock-printer --help", "queue --help",
        "pipe --help", "journal --help", "primes --help", "inspect --help", "list --help", "unlink --help"})
    void mayAskForHelp(String line) {
        assertEquals(0, run(line.split(" ")));
        assertTrue(out.toString().startsWith("Usage: interlock"), out.toString());
        assertEquals("", err.toString());
    }

    @Test
    void helpTellsDefaults() {
        run("counter", "--help");
        assertTrue(out.toString().contains("(default: 100000)"), out.toString());
        assertTrue(out.toString().contains("(default: all)"), out.toString());
    }

    private int run(String... arguments) {
        return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    }
}
