package io.interlock.bench.peer;

import io.interlock.bench.measure.MissingPeerException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Our programs in C and C++ that do the work with what the machine has. */
public enum NativeSource {

    /** Locks and semaphores of glibc. */
    LOCKS("locks.c", "cc", List.of()),
    /** What the kernel and glibc do when a process is killed. */
    TAKEOVER("takeover.c", "cc", List.of()),
    /** Messages from process to process, by the kernel and by copies alone. */
    MESSAGES("messages.c", "cc", List.of()),
    /** Two processes of which each waits for the other one. */
    PINGPONG("pingpong.c", "cc", List.of()),
    /** The recursive mutex of Boost.Interprocess. */
    BOOST("boost.cpp", "c++", List.of("boost/interprocess/sync/interprocess_recursive_mutex.hpp"));

    private static final List<String> FLAGS = List.of("-O2", "-pthread", "-Wall", "-Wextra");
    private static final List<Path> HEADERS = List.of(Path.of("/usr/include"), Path.of("/usr/local/include"));

    private final String file;
    private final String compiler;
    private final List<String> headers;
    private Path program;

    NativeSource(String file, String compiler, List<String> headers) {
        this.file = file;
        this.compiler = compiler;
        this.headers = headers;
    }

    /** The program, which is compiled when it is first asked for. */
    synchronized Path compiled() throws IOException, InterruptedException, MissingPeerException {
        if (program == null) {
            program = compile();
        }
        return program;
    }

    private Path compile() throws IOException, InterruptedException, MissingPeerException {
        if (!isThere(compiler)) {
            throw new MissingPeerException("no compiler (" + compiler + ")");
        }
        for (String header : headers) {
            if (HEADERS.stream().noneMatch(directory -> Files.exists(directory.resolve(header)))) {
                throw new MissingPeerException("no header " + header);
            }
        }
        Path directory = Files.createTempDirectory("interlock-bench-");
        directory.toFile().deleteOnExit();
        Path source = directory.resolve(file);
        Path target = directory.resolve(file.replaceAll("\\..*", ""));
        try (InputStream in = NativeSource.class.getResourceAsStream(file)) {
            Files.copy(in, source);
        }
        source.toFile().deleteOnExit();
        target.toFile().deleteOnExit();
        List<String> command = new ArrayList<>(List.of(compiler));
        command.addAll(FLAGS);
        command.addAll(List.of("-o", target.toString(), source.toString()));
        Process process = OwnProcesses.start(new ProcessBuilder(command).redirectErrorStream(true));
        String said = new String(process.getInputStream().readAllBytes());
        if (process.waitFor() != 0) {
            throw new IllegalStateException(file + " does not compile: " + said);
        }
        return target;
    }

    /** Whether the machine has a command. */
    static boolean isThere(String command) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":")).filter(each -> !each.isEmpty())
                .anyMatch(each -> Files.isExecutable(Path.of(each, command)));
    }
}
