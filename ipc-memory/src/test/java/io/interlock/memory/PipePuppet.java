package io.interlock.memory;

import io.interlock.core.Segment;
import io.interlock.core.error.InterlockException;
import io.interlock.core.platform.Platform;
import io.interlock.core.testing.ChildJvm;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Main class of the children that use one end of a pipe of strings as they are told, a line for a line. */
final class PipePuppet {

    private IpcPipe<String> pipe;
    private Connection<String> end;

    private PipePuppet() {
    }

    /** Reads commands until the end of input; the first opens a pipe. */
    public static void main(String[] args) throws Exception {
        Platform.hasNativeCalls(); // loaded before it is ready
        PipePuppet puppet = new PipePuppet();
        System.out.println("ready");
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            System.out.println(puppet.obey(line.split(" ")));
        }
        System.exit(0);
    }

    /** Tells a child to use the first end of this pipe, or the second. */
    static ChildJvm opened(ChildJvm child, Segment segment, IpcPipe<?> pipe, String end) {
        child.ask("open " + segment.path() + " " + pipe.name() + " " + pipe.isDuplex(), "opened");
        child.ask(end, end);
        return child;
    }

    private String obey(String[] words) {
        try {
            return perform(words);
        } catch (InterlockException | IllegalStateException | UnsupportedOperationException
                | InterruptedException e) {
            return e.getClass().getSimpleName();
        }
    }

    private String perform(String[] words) throws InterruptedException {
        return switch (words[0]) {
            case "open" -> {
                Segment segment = Segment.open(Path.of(words[1]));
                pipe = Boolean.parseBoolean(words[3]) ? IpcPipe.duplex(segment, words[2], Codec.utf8())
                        : IpcPipe.simplex(segment, words[2], Codec.utf8());
                yield "opened";
            }
            case "first" -> {
                end = pipe.first();
                yield "first";
            }
            case "second" -> {
                end = pipe.second();
                yield "second";
            }
            case "send" -> {
                end.send(words[1]);
                yield "sent";
            }
            case "receive" -> "received " + end.receive();
            case "poll" -> "polled " + end.poll(Long.parseLong(words[1]), TimeUnit.MILLISECONDS);
            case "send-parcels" -> sendParcels(Integer.parseInt(words[1]));
            case "receive-parcels" -> receiveParcels(Integer.parseInt(words[1]));
            case "echo" -> echo();
            case "close" -> {
                end.close();
                yield "closed";
            }
            default -> throw new IllegalArgumentException(words[0]);
        };
    }

    private String sendParcels(int count) throws InterruptedException {
        System.out.println("sending");
        for (int i = 1; i <= count; i++) {
            end.sendBytes(new Parcel(1, i).bytes());
        }
        return "sent";
    }

    private String receiveParcels(int count) throws InterruptedException {
        for (int i = 1; i <= count; i++) {
            Parcel parcel = Parcel.read(ByteBuffer.wrap(end.receiveBytes()));
            if (parcel.number() != i) {
                throw new AssertionError(parcel + " instead of " + i);
            }
        }
        return "received all";
    }

    /** Sends back what it receives, to the end of the stream. */
    private String echo() throws InterruptedException {
        while (true) {
            end.send(end.receive());
        }
    }
}
