package io.interlock.stress.load;

import io.interlock.core.Segment;
import io.interlock.core.inspect.SegmentInspector;
import io.interlock.stress.history.Death;
import io.interlock.stress.history.History;
import io.interlock.stress.history.HistoryLog;
import io.interlock.stress.history.Operation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The workers of one round: employed, stopped, killed, replaced and dismissed. */
final class Crew implements AutoCloseable {

    private static final int LOG_CAPACITY = 1 << 18;
    /** Longer than an answer usually takes, and than a stop. */
    private static final long LONG_ANSWER_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final Path directory;
    private final Segment segment;
    private final Workload workload;
    private final Spares spares;
    private final SplittableRandom random;
    private final long patienceNanos;
    private final HistoryLog log;
    private final Member[] members;
    private final List<HistoryLog> logs = new ArrayList<>();
    private final List<Death> deaths = new ArrayList<>();
    private final List<Pause> pauses = new ArrayList<>();
    /** What was found since the last look. */
    private final List<String> wrong = new ArrayList<>();

    /** Who has a seat. */
    private record Member(int process, WorkerProcess worker, HistoryLog log, long sinceNanos) {
    }

    /** From the stop of a process to its end. */
    static final class Pause {

        private final int process;
        private final long fromNanos;
        private long toNanos = Long.MAX_VALUE;

        Pause(int process, long fromNanos) {
            this.process = process;
            this.fromNanos = fromNanos;
        }

        /** Whether it goes on. */
        boolean isOpen() {
            return toNanos == Long.MAX_VALUE;
        }

        /** Whether somebody was stopped at some moment between these. */
        boolean overlaps(long from, long to) {
            return fromNanos <= to && toNanos >= from;
        }
    }

    /** Fills so many seats. */
    Crew(Path directory, Segment segment, Workload workload, Spares spares, Load.Options options, int seats,
            SplittableRandom random) throws IOException, InterruptedException {
        this.directory = directory;
        this.segment = segment;
        this.workload = workload;
        this.spares = spares;
        this.random = random;
        this.patienceNanos = TimeUnit.MILLISECONDS.toNanos(options.patienceMillis());
        this.log = newLog();
        this.members = new Member[seats];
        employAll();
    }

    private void employAll() throws IOException, InterruptedException {
        boolean areEmployed = false;
        try {
            for (int seat = 0; seat < members.length; seat++) {
                employ(seat);
            }
            areEmployed = true;
        } finally {
            if (!areEmployed) {
                close();
            }
        }
    }

    private HistoryLog newLog() throws IOException {
        HistoryLog made = HistoryLog.create(directory.resolve("log-" + logs.size()), LOG_CAPACITY);
        logs.add(made);
        return made;
    }

    private void employ(int seat) throws IOException, InterruptedException {
        int process = logs.size();
        HistoryLog itsLog = newLog();
        WorkerProcess worker = spares.take();
        members[seat] = new Member(process, worker, itsLog, System.nanoTime());
        demand(members[seat], "work " + workload.getClass().getName() + " " + segment.path() + " "
                + directory.resolve("log-" + process) + " " + process + " " + seat + " " + random.nextLong(),
                "working");
    }

    /** Tells a member to do something; that it cannot is wrong, for it is the library that does it. */
    private void demand(Member member, String order, String expected) throws IOException, InterruptedException {
        String what = order.split(" ")[0];
        if (!member.worker.tell(order)) {
            wrong.add("process " + member.process + " was gone when it was told to " + what + ": "
                    + member.worker.noise());
            return;
        }
        String said = answer(member);
        if (!expected.equals(said)) {
            wrong.add("process " + member.process + " was told to " + what + " and said " + said + ": "
                    + member.worker.wrong() + "; the segment: " + inspection());
        }
    }

    /** What it needs may be held by one who is stopped; so that one has to go on if there is no answer. */
    private String answer(Member member) throws IOException, InterruptedException {
        if (pauses.stream().anyMatch(Pause::isOpen)) {
            String said = member.worker.answer(LONG_ANSWER_NANOS);
            if (said != null) {
                return said;
            }
            contAll();
        }
        return member.worker.answer(patienceNanos);
    }

    int seats() {
        return members.length;
    }

    int kills() {
        return deaths.size();
    }

    /** When the last of the dead was gone; 0 if there are none. */
    long lastDeathNanos() {
        return deaths.isEmpty() ? 0 : deaths.get(deaths.size() - 1).goneNanos();
    }

    List<Death> deaths() {
        return deaths;
    }

    List<Pause> pauses() {
        return pauses;
    }

    private Pause pause(int seat) {
        return pauses.stream().filter(p -> p.process == members[seat].process && p.isOpen()).findFirst()
                .orElse(null);
    }

    /** Stops one: it lives, so nobody may take anything from it. */
    void stop(int seat) throws IOException {
        pauses.add(new Pause(members[seat].process, System.nanoTime()));
        members[seat].worker.stop();
    }

    /** Lets it go on, if it is stopped. */
    void cont(int seat) throws IOException {
        Pause pause = pause(seat);
        if (pause != null) {
            members[seat].worker.cont();
            pause.toNanos = System.nanoTime();
        }
    }

    /** Lets all go on. */
    void contAll() throws IOException {
        for (int seat = 0; seat < members.length; seat++) {
            cont(seat);
        }
    }

    /** Whether each has ended a turn that began after this moment, and got on. */
    boolean haveAllGotOnSince(long nanos) {
        return Arrays.stream(members).allMatch(member -> member.log.progressInvokedNanos() > nanos);
    }

    /** Kills these at once, and gives their seats to others. */
    void replace(List<Integer> seats) throws IOException, InterruptedException {
        List<Long> killedNanos = new ArrayList<>();
        for (int seat : seats) {
            killedNanos.add(System.nanoTime());
            members[seat].worker.killSoon();
        }
        for (int i = 0; i < seats.size(); i++) {
            bury(seats.get(i), killedNanos.get(i));
        }
        for (int seat : seats) {
            workload.afterDeath(segment, log);
            employ(seat);
        }
    }

    private void bury(int seat, long killedNanos) throws InterruptedException {
        Pause pause = pause(seat);
        members[seat].worker.awaitEnd();
        deaths.add(new Death(members[seat].process, killedNanos, System.nanoTime()));
        if (pause != null) {
            pause.toNanos = System.nanoTime();
        }
    }

    /** What is wrong just now: somebody says so, is gone, or does not get on. */
    List<String> look() throws InterruptedException {
        for (int seat = 0; seat < members.length; seat++) {
            Member member = members[seat];
            String said = member.worker.wrong();
            if (said != null) {
                wrong.add("process " + member.process + ": " + said);
            } else if (!member.worker.isAlive()) {
                wrong.add("process " + member.process + " has ended by itself: " + member.worker.noise());
            } else if (isStuck(seat)) {
                wrong.add(stuck(member));
            }
        }
        return taken();
    }

    private List<String> taken() {
        List<String> taken = List.copyOf(wrong);
        wrong.clear();
        return taken;
    }

    /** Nobody gets on while he, or somebody who may hold what he needs, is stopped; that time does not count. */
    private boolean isStuck(int seat) {
        long since = Math.max(members[seat].sinceNanos, members[seat].log.progressReturnedNanos());
        for (Pause pause : pauses) {
            since = Math.max(since, Math.min(pause.toNanos, System.nanoTime()));
        }
        return System.nanoTime() - since > patienceNanos;
    }

    private String stuck(Member member) throws InterruptedException {
        member.worker.tell("dump");
        return "process " + member.process + " did not get on for " + TimeUnit.NANOSECONDS.toMillis(patienceNanos)
                + " ms; " + member.worker.answer(patienceNanos) + "; the segment: " + inspection();
    }

    private String inspection() {
        SegmentInspector.Report report = SegmentInspector.inspect(segment.path());
        return report.objects().stream().map(o -> o.name() + " " + o.type() + " " + o.state())
                .collect(Collectors.joining("; ")) + "; participants " + report.participants();
    }

    /**
     * Ends the work: all stop where they are, the last look is taken, all leave. What waits is interrupted, so whoever
     * must be seen to get on has to be waited for before.
     *
     * @return what was wrong with it
     */
    List<String> dismiss() throws IOException, InterruptedException {
        for (Member member : members) {
            member.worker.tell("stop");
        }
        List<String> found = new ArrayList<>();
        for (Member member : members) {
            if (!"stopped".equals(member.worker.answer(patienceNanos))) {
                found.add("process " + member.process + " does not stop; the segment: " + inspection());
            }
        }
        found.addAll(look());
        if (found.isEmpty()) {
            found.addAll(finish());
        }
        if (found.isEmpty()) {
            leave();
        }
        found.addAll(taken());
        return found;
    }

    /** In a thread of its own, since it may hang as everybody may. */
    private List<String> finish() throws InterruptedException {
        List<String> found = new ArrayList<>();
        Thread thread = new Thread(() -> {
            try {
                workload.finish(segment, log);
            } catch (InterruptedException | RuntimeException e) {
                found.add("at the end: " + e);
            }
        }, "last-look");
        thread.setDaemon(true);
        thread.start();
        thread.join(TimeUnit.NANOSECONDS.toMillis(patienceNanos));
        return thread.isAlive() ? List.of("the last look hangs; the segment: " + inspection()) : found;
    }

    private void leave() throws IOException, InterruptedException {
        for (int seat = 0; seat < members.length && wrong.isEmpty(); seat++) {
            demand(members[seat], "leave", "left");
            if (wrong.isEmpty()) {
                spares.giveBack(members[seat].worker);
                members[seat] = null;
            }
        }
    }

    /** What all have done, the dead included. */
    History history() {
        List<Operation> all = new ArrayList<>();
        for (int process = 0; process < logs.size(); process++) {
            all.addAll(logs.get(process).read(process));
        }
        return History.of(all, deaths);
    }

    /** Copies segment and logs. */
    void saveTo(Path target) throws IOException {
        Files.copy(segment.path(), target.resolve("segment"));
        for (int process = 0; process < logs.size(); process++) {
            logs.get(process).saveTo(target.resolve("log-" + process));
        }
    }

    /** Ends those who did not leave. */
    @Override
    public void close() {
        for (Member member : members) {
            if (member != null) {
                member.worker.close();
            }
        }
    }
}
