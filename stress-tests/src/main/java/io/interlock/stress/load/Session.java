package io.interlock.stress.load;

import io.interlock.core.Segment;
import io.interlock.stress.history.Action;
import io.interlock.stress.history.HistoryLog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The time that a worker spends on one seat, in a thread of its own. */
final class Session {

    private static final int FRAMES = 12;

    private final Seat seat;
    private final Workload workload;
    private final Consumer<String> say;
    private final Thread thread;
    private volatile boolean stopping;

    private Session(Seat seat, Workload workload, Consumer<String> say) {
        this.seat = seat;
        this.workload = workload;
        this.say = say;
        this.thread = new Thread(this::run, "worker");
        this.thread.setDaemon(true);
    }

    /** Begins as the words of {@code work} say. */
    static Session begin(String[] words, Consumer<String> say) throws IOException {
        Segment segment = Segment.open(Path.of(words[2]));
        Seat seat = new Seat(segment, Integer.parseInt(words[5]), Integer.parseInt(words[4]),
                HistoryLog.open(Path.of(words[3])), new SplittableRandom(Long.parseLong(words[6])));
        Session session = new Session(seat, Workloads.named(words[1]), say);
        session.thread.start();
        return session;
    }

    /** Ends the present turn; what waits is interrupted. */
    void stop() throws InterruptedException {
        stopping = true;
        thread.interrupt();
        thread.join();
    }

    /** Gives everything back. */
    void leave() {
        seat.segment().close();
    }

    /** Where it is. */
    String stack() {
        return inOneLine(thread.getStackTrace());
    }

    private void run() {
        Work work = null;
        try {
            work = workload.open(seat);
            while (!stopping) {
                turn(work);
                seat.pause();
            }
        } catch (InterruptedException e) {
            if (!stopping) {
                wrong(e);
            }
        } catch (Throwable e) {
            wrong(e);
        } finally {
            end(work);
        }
    }

    private void turn(Work work) throws InterruptedException {
        int operation = seat.log().begin(Action.TURN, 0);
        if (work.turn()) {
            seat.log().end(operation, 0);
            seat.log().progress(operation);
        } else {
            seat.log().endWithoutEffect(operation);
        }
    }

    private void end(Work work) {
        Thread.interrupted();
        try {
            if (work != null) {
                work.end();
            }
        } catch (Throwable e) {
            wrong(e);
        }
    }

    private void wrong(Throwable e) {
        say.accept(describe(e));
    }

    /** What a worker says about it. */
    static String describe(Throwable e) {
        return "wrong " + String.valueOf(e).replaceAll("\\R", " ") + ", at " + inOneLine(e.getStackTrace());
    }

    private static String inOneLine(StackTraceElement[] frames) {
        return Arrays.stream(frames).limit(FRAMES).map(StackTraceElement::toString).collect(Collectors.joining(" < "));
    }
}
