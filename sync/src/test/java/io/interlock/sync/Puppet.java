package io.interlock.sync;

import io.interlock.core.Segment;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Main class of the children: one command per line, one line of answer when it is done. */
final class Puppet {

    private final Segment segment;
    private final String[] words;

    private Puppet(Segment segment, String[] words) {
        this.segment = segment;
        this.words = words;
    }

    public static void main(String[] args) throws Exception {
        Segment segment = Segment.open(Path.of(args[0]));
        System.out.println("ready");
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            System.out.println(new Puppet(segment, line.split(" ")).obey());
        }
        System.exit(0);
    }

    private String obey() throws Exception {
        return switch (words[0]) {
            case "platform" -> "native=" + io.interlock.core.platform.Platform.hasNativeCalls() + " agrona="
                    + io.interlock.core.platform.Platform.hasAgrona();
            case "lock" -> {
                lock().lock();
                yield "locked died=" + lock().previousOwnerDied();
            }
            case "trylock" -> String.valueOf(lock().tryLock(number(2), TimeUnit.MILLISECONDS));
            case "unlock" -> {
                lock().unlock();
                yield "unlocked";
            }
            case "hook" -> stayInHook();
            case "count" -> count();
            case "set" -> {
                Words.of(segment, words[1]).set(number(2));
                yield "changed";
            }
            case "acquire" -> {
                semaphore().acquire((int) number(2));
                yield "acquired";
            }
            case "release" -> {
                semaphore().release((int) number(2));
                yield "released";
            }
            case "produce" -> produce();
            case "consume" -> consume();
            case "event-await" -> "through " + IpcEvent.open(segment, words[1]).await(1, TimeUnit.DAYS);
            case "event-set" -> {
                IpcEvent.open(segment, words[1]).set();
                yield "set";
            }
            case "event-relay" -> relay();
            case "await" -> {
                lock().call(() -> lock().condition(words[2]).await(1, TimeUnit.DAYS));
                yield "returned";
            }
            case "signal" -> {
                lock().run(() -> lock().condition(words[2]).signal((int) number(3)));
                yield "signalled";
            }
            case "pingpong" -> pingpong();
            case "create" -> createMany();
            default -> throw new IllegalArgumentException(words[0]);
        };
    }

    private IpcMutex lock() {
        return words[1].startsWith("rlock") ? IpcRLock.open(segment, words[1]) : IpcLock.open(segment, words[1]);
    }

    private IpcSemaphore semaphore() {
        return IpcSemaphore.open(segment, words[1]);
    }

    private long number(int index) {
        return Long.parseLong(words[index]);
    }

    private String stayInHook() {
        IpcMutex lock = lock();
        lock.onOwnerDeath(() -> {
            System.out.println("in hook");
            IpcEvent.create(segment).awaitUninterruptibly();
        });
        lock.lock();
        return "never";
    }

    private String count() {
        IpcMutex lock = lock();
        Words counter = Words.of(segment, words[2]);
        for (long i = number(3); i > 0; i--) {
            lock.lock();
            counter.set(counter.get() + 1);
            lock.unlock();
        }
        return "counted";
    }

    /** Puts 1 to n into the only place, guarded by nothing but two semaphores. */
    private String produce() throws InterruptedException {
        IpcSemaphore empty = IpcSemaphore.open(segment, "empty");
        IpcSemaphore filled = IpcSemaphore.open(segment, "filled");
        Words place = Words.of(segment, "place");
        for (long i = 1; i <= number(1); i++) {
            empty.acquire();
            place.set(i);
            filled.release();
        }
        return "produced";
    }

    private String consume() throws InterruptedException {
        IpcSemaphore empty = IpcSemaphore.open(segment, "empty");
        IpcSemaphore filled = IpcSemaphore.open(segment, "filled");
        Words place = Words.of(segment, "place");
        long wrong = 0;
        for (long i = 1; i <= number(1); i++) {
            filled.acquire();
            wrong += place.get() == i ? 0 : 1;
            empty.release();
        }
        return "consumed wrong=" + wrong;
    }

    private String relay() throws InterruptedException {
        IpcEvent mine = IpcEvent.open(segment, words[1]);
        IpcEvent other = IpcEvent.open(segment, words[2]);
        for (long i = number(3); i > 0; i--) {
            mine.await();
            mine.clear();
            other.set();
        }
        return "relayed";
    }

    private String pingpong() throws InterruptedException {
        IpcMutex lock = lock();
        IpcCondition mine = lock.condition("turn-" + words[2]);
        Words turn = Words.of(segment, "turn");
        long me = number(2);
        long next = (me + 1) % number(3);
        IpcCondition nexts = lock.condition("turn-" + next);
        for (long i = number(4); i > 0; i--) {
            lock.lock();
            mine.waitFor(() -> turn.get() == me);
            turn.set(next);
            nexts.signal();
            lock.unlock();
        }
        return "played";
    }

    private String createMany() {
        for (int i = 0; i < number(2); i++) {
            IpcSemaphore.create(segment, words[1] + "-" + i, i);
            if (i == 0) {
                System.out.println("began");
            }
        }
        return "created";
    }
}
