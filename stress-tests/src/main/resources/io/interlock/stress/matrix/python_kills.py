"""What the others see when a process that uses Python's multiprocessing is killed, or stopped, at the worst moment.

Each row is a few tries with real processes and SIGKILL or SIGSTOP. A try ends with what was seen: an outcome in a few
words, and the milliseconds from the kill to it, or None. What does not come within a bound counts as never. One line
for each row goes to standard output:

    row-id <TAB> tried <TAB> outcome <TAB> median milliseconds, or -

after a line that begins with # and says which Python this is.

A row of which no try came about is missing, and the reason is on standard error. Exit code 0: all rows are there. 1:
some are missing. 2: this machine cannot do it. Needs Linux, nothing but the standard library, and Python 3.8 or later.

How a try is built: a process for the try makes the primitive and starts a victim and others by fork. They tell by a
pipe of their own, which has nothing to do with the primitive, how far they have come. Who is to be killed while it
waits is killed when the kernel says that all of its threads sleep.

Fork, whatever the default is: a process costs 2 ms instead of 50, semaphores have no name any more once they are made,
so none stays behind, and no helper process is started. Every process asks the kernel to be killed when its parent is
gone, so nothing outlives this script, however it ends; and it ends with whoever has started it.
"""

import collections
import multiprocessing
import os
import platform
import queue
import select
import signal
import statistics
import sys
import threading
import time
import traceback

try:
    import ctypes
    import multiprocessing.shared_memory
    FORK = multiprocessing.get_context("fork")
    FORK.Lock()
    prctl = ctypes.CDLL(None).prctl
except (ImportError, OSError, ValueError, AttributeError) as e:
    print("this Python cannot do it: %r" % e, file=sys.stderr)
    sys.exit(2)

# What does not happen in this time never happens.
BOUND = float(os.environ.get("PYTHON_KILLS_BOUND_SECONDS", "2"))
# For what has to happen before the kill, or the try does not count.
PATIENCE = 10
TRIES = 3
# Nearly all of them sleep nearly all of the time.
TRIES_AT_ONCE = 18
PR_SET_PDEATHSIG = 1
# Less than what the kernel writes into a pipe in one piece, more than a few of it; a pipe has room for 64 KiB.
SMALL = b"x" * 1000
LARGE = b"x" * 1000000
MINE = "mine"

ROWS = collections.OrderedDict()


def row(name):
    """Registers a try under the id of its row."""

    def register(attempt):
        ROWS[name] = attempt
        return attempt

    return register


class NotTried(Exception):
    """The moment for the kill did not come."""


def die_with(parent):
    """Asks the kernel to kill this process when its parent is gone, which it may be already."""
    prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


class Child:
    """A process of a try, and what it says."""

    def __init__(self, run, *args):
        self.reader, self.writer = os.pipe()
        self.said = b""
        self.process = FORK.Process(target=self._main, args=(os.getpid(), run, args), daemon=True)
        self.process.start()
        self.pid = self.process.pid
        os.close(self.writer)

    def _main(self, parent, run, args):
        die_with(parent)
        run(self.say, *args)

    def say(self, *words):
        """In the child: a line with the time, which all processes measure from the same moment."""
        line = " ".join([repr(time.monotonic())] + [str(word) for word in words]) + "\n"
        os.write(self.writer, line.encode())

    def next(self, seconds):
        """What it says next, as time and words; None if nothing comes in time, or it has ended."""
        deadline = time.monotonic() + seconds
        while b"\n" not in self.said:
            left = deadline - time.monotonic()
            if left <= 0 or not select.select([self.reader], [], [], left)[0]:
                return None
            more = os.read(self.reader, 4096)
            if not more:
                return None
            self.said += more
        line, self.said = self.said.split(b"\n", 1)
        words = line.decode().split(" ")
        return float(words[0]), " ".join(words[1:])

    def has_said(self, what):
        """Waits until it has said this, without which there is nothing to try."""
        heard = self.next(PATIENCE)
        if heard is None or heard[1] != what:
            raise NotTried("expected %r, heard %r" % (what, heard))
        return self

    def sleeps(self):
        """Waits until all of its threads sleep, seen twice."""
        deadline = time.monotonic() + PATIENCE
        seen = 0
        while seen < 2:
            if time.monotonic() > deadline:
                raise NotTried("process %d does not sleep" % self.pid)
            seen = seen + 1 if states(self.pid) <= {"S"} else 0
            time.sleep(0.01)
        return self

    def kill(self):
        """Kills it; the moment at which that was done."""
        moment = time.monotonic()
        os.kill(self.pid, signal.SIGKILL)
        self.process.join()
        return moment

    def stop(self):
        os.kill(self.pid, signal.SIGSTOP)
        deadline = time.monotonic() + PATIENCE
        while not states(self.pid) <= {"T"}:
            if time.monotonic() > deadline:
                raise NotTried("process %d does not stop" % self.pid)
            time.sleep(0.001)

    def go_on(self):
        moment = time.monotonic()
        os.kill(self.pid, signal.SIGCONT)
        return moment


def states(pid):
    """The states of all threads of a process: R, S, T."""
    found = set()
    for task in os.listdir("/proc/%d/task" % pid):
        with open("/proc/%d/task/%s/stat" % (pid, task)) as stat:
            found.add(stat.read().rpartition(")")[2].split()[0])
    return found


def millis(begin, heard):
    return (heard[0] - begin) * 1000


def forever():
    while True:
        signal.pause()


# ---- What the processes do.


def hold(say, lock):
    lock.acquire()
    say("holds")
    forever()


def hold_until_told(say, lock, told):
    lock.acquire()
    say("holds")
    os.read(told, 1)
    lock.release()
    say("released")
    forever()


def want(say, lock, seconds):
    say("wants")
    say("got" if lock.acquire(True, seconds) else "timed out")
    forever()


def want_for_ever(say, lock):
    say("wants")
    lock.acquire()
    say("got")
    forever()


def ask(say, lock):
    """Asks again and again without waiting."""
    deadline = time.monotonic() + BOUND
    got = lock.acquire(False)
    while not got and time.monotonic() < deadline:
        time.sleep(0.001)
        got = lock.acquire(False)
    say("got" if got else "refused")
    forever()


def hold_in_a_thread(say, lock):
    thread = threading.Thread(target=lock.acquire)
    thread.start()
    thread.join()
    say("thread ended")
    forever()


def read_value(say, value):
    say("read", value.value)
    forever()


def await_condition(say, condition):
    with condition:
        say("waits")
        condition.wait()
        say("woken")
    forever()


def await_predicate(say, condition, flag):
    with condition:
        say("waits")
        condition.wait_for(lambda: flag.value)
        say("woken")
    forever()


def change_and_hold(say, condition, flag):
    condition.acquire()
    flag.value = 1
    say("holds")
    forever()


def notify(say, condition, everybody):
    with condition:
        say("notifies")
        condition.notify_all() if everybody else condition.notify()
    say("has notified")
    forever()


def await_event(say, event):
    say("waits")
    event.wait()
    say("woken")
    forever()


def set_event(say, event):
    event.set()
    say("has set")
    forever()


def put(say, items, q):
    for item in items:
        q.put(item)
    say("has put")
    forever()


def put_for_ever(say, q):
    say("puts")
    q.put("more")
    say("has put")
    forever()


def take(say, q):
    say("takes")
    q.get()
    say("took")
    forever()


def take_for(say, q, seconds):
    """Takes what comes until there is what another process has put, or nothing comes for so long."""
    say("takes")
    while True:
        try:
            item = q.get(timeout=seconds)
        except queue.Empty:
            say("nothing")
            break
        except Exception as e:  # whatever a broken queue raises is what this is about
            say("failed", type(e).__name__)
            break
        if item == MINE:
            say("took")
            break
    forever()


def own_end(say, mine, theirs):
    theirs.close()
    mine.send("hello")
    say("sent")
    forever()


def send(say, end, messages):
    say("sends")
    try:
        for message in messages:
            end.send(message)
        say("goes on")
    except OSError as e:
        say(type(e).__name__)
    forever()


def receive(say, end, others):
    for other in others:
        other.close()
    end.recv()
    say("received")
    try:
        end.recv()
        say("received more")
    except EOFError:
        say("end of file")
    forever()


def make_shared_memory(say):
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # its helper complains of what it is for
    memory = multiprocessing.shared_memory.SharedMemory(create=True, size=4096)
    say(memory.name)
    forever()


# ---- The rows: locks and semaphores.


def freed(begin, other, seconds=BOUND):
    """Whether a process that wants a lock gets it."""
    heard = other.next(seconds + PATIENCE)
    if heard is None:
        raise NotTried("nothing heard of who wants the lock")
    return ("one of them acquires", millis(begin, heard)) if heard[1] == "got" else ("never freed", None)


def killed_holding(lock):
    victim = Child(hold, lock).has_said("holds")
    other = Child(want, lock, BOUND).has_said("wants").sleeps()
    return freed(victim.kill(), other)


@row("lock-held")
def lock_held():
    return killed_holding(FORK.Lock())


@row("rlock-held")
def rlock_held():
    return killed_holding(FORK.RLock())


@row("lock-asked")
def lock_asked():
    lock = FORK.Lock()
    begin = Child(hold, lock).has_said("holds").kill()
    return freed(begin, Child(ask, lock))


@row("rlock-thread-ended")
def rlock_thread_ended():
    lock = FORK.RLock()
    holder = Child(hold_in_a_thread, lock)
    holder.has_said("thread ended")
    begin = time.monotonic()
    return freed(begin, Child(want, lock, BOUND).has_said("wants"))


def killed_waiting(primitive, let_go):
    """A waiter is killed before a permit comes; another one waits."""
    victim = Child(want_for_ever, primitive).has_said("wants").sleeps()
    other = Child(want, primitive, PATIENCE).has_said("wants").sleeps()
    begin = victim.kill()
    let_go()
    heard = other.next(BOUND)
    return ("goes on", millis(begin, heard)) if heard is not None and heard[1] == "got" else ("hangs", None)


def killed_waiting_for(lock):
    told, tell = os.pipe()
    Child(hold_until_told, lock, told).has_said("holds")
    return killed_waiting(lock, lambda: os.write(tell, b"x"))


@row("lock-waiting")
def lock_waiting():
    return killed_waiting_for(FORK.Lock())


@row("rlock-waiting")
def rlock_waiting():
    return killed_waiting_for(FORK.RLock())


@row("value-lock-waiting")
def value_lock_waiting():
    return killed_waiting_for(FORK.Value("i", 7).get_lock())


@row("semaphore-waiting")
def semaphore_waiting():
    semaphore = FORK.Semaphore(0)
    return killed_waiting(semaphore, semaphore.release)


@row("semaphore-permit-held")
def semaphore_permit_held():
    semaphore = FORK.Semaphore(2)
    Child(hold, semaphore).has_said("holds").kill()
    first = Child(want, semaphore, BOUND).has_said("wants").next(BOUND + PATIENCE)
    if first is None or first[1] != "got":
        return "the other permits are lost as well", None
    second = Child(want, semaphore, BOUND).has_said("wants").next(BOUND + PATIENCE)
    return ("it comes back" if second is not None and second[1] == "got" else "it stays taken"), None


@row("value-lock-held")
def value_lock_held():
    value = FORK.Value("i", 7)
    begin = Child(hold, value.get_lock()).has_said("holds").kill()
    heard = Child(read_value, value).next(BOUND)
    return ("never freed, and reading the value hangs", None) if heard is None else ("goes on", millis(begin, heard))


def stopped_holding(lock):
    told, tell = os.pipe()
    victim = Child(hold_until_told, lock, told).has_said("holds")
    victim.stop()
    os.write(tell, b"x")
    robbed = Child(want, lock, BOUND / 2).has_said("wants").next(BOUND + PATIENCE)
    if robbed is None or robbed[1] == "got":
        return "it is robbed", None
    other = Child(want, lock, PATIENCE).has_said("wants").sleeps()
    begin = victim.go_on()
    heard = other.next(BOUND)
    return ("timeouts, until it goes on" if heard is not None and heard[1] == "got" else "never freed"), (
        millis(begin, heard) if heard is not None else None)


@row("stopped-lock-held")
def stopped_lock_held():
    return stopped_holding(FORK.Lock())


@row("stopped-rlock-held")
def stopped_rlock_held():
    return stopped_holding(FORK.RLock())


@row("stopped-value-lock-held")
def stopped_value_lock_held():
    return stopped_holding(FORK.Value("i", 7).get_lock())


# ---- Conditions and events.


def notified(notifier):
    """Whether a notify returns."""
    notifier.has_said("notifies")
    return notifier.next(BOUND)


@row("condition-waiting")
def condition_waiting():
    condition = FORK.Condition(FORK.Lock())
    victim = Child(await_condition, condition).has_said("waits").sleeps()
    Child(await_condition, condition).has_said("waits").sleeps()
    begin = victim.kill()
    heard = notified(Child(notify, condition, True))
    return ("notify hangs", None) if heard is None else ("goes on", millis(begin, heard))


@row("condition-notified")
def condition_notified():
    """The victim is stopped, and so cannot take the signal before it is killed; another one may."""
    condition = FORK.Condition(FORK.Lock())
    victim = Child(await_condition, condition).has_said("waits").sleeps()
    other = Child(await_condition, condition).has_said("waits").sleeps()
    victim.stop()
    first = Child(notify, condition, False).has_said("notifies").sleeps()
    begin = victim.kill()
    if first.next(BOUND) is None:
        return "notify hangs", None
    if other.next(BOUND) is None:
        return "the signal is lost", None
    heard = notified(Child(notify, condition, False))
    return ("the next notify hangs", None) if heard is None else ("goes on", millis(begin, heard))


@row("condition-changing")
def condition_changing():
    condition = FORK.Condition(FORK.Lock())
    begin = Child(hold, condition).has_said("holds").kill()
    return freed(begin, Child(want, condition, BOUND).has_said("wants"))


@row("condition-changed-not-notified")
def condition_changed_not_notified():
    condition = FORK.Condition(FORK.Lock())
    flag = FORK.RawValue("i", 0)
    other = Child(await_predicate, condition, flag).has_said("waits").sleeps()
    begin = Child(change_and_hold, condition, flag).has_said("holds").kill()
    heard = other.next(BOUND)
    return ("wait for ever", None) if heard is None else ("all waiters return", millis(begin, heard))


@row("event-waiting")
def event_waiting():
    event = FORK.Event()
    victim = Child(await_event, event).has_said("waits").sleeps()
    begin = victim.kill()
    heard = Child(set_event, event).next(BOUND)
    return ("set() hangs", None) if heard is None else ("goes on", millis(begin, heard))


# ---- Queues and pipes.


def full_of_small():
    """A queue, and a process that puts more small items than its pipe has room for: it holds the lock, nothing is cut.

    A write of at most 4096 bytes goes into a pipe as a whole or waits as a whole.
    """
    q = FORK.Queue()
    return q, Child(put, [SMALL] * 100, q).has_said("has put").sleeps()


@row("queue-putting")
def queue_putting():
    q, victim = full_of_small()
    begin = victim.kill()
    Child(put, [MINE], q).has_said("has put")
    reader = Child(take_for, q, BOUND).has_said("takes")
    return arrived(begin, reader)


def arrived(begin, reader):
    """Whether what a process has put since is taken."""
    heard = reader.next(2 * BOUND + PATIENCE)
    if heard is None:
        return "every reader hangs", None
    return ("goes on", millis(begin, heard)) if heard[1] == "took" else ("the queue's lock is never freed", None)


@row("queue-put-half")
def queue_put_half():
    q = FORK.Queue()
    Child(put, [LARGE], q).has_said("has put").sleeps().kill()
    first = Child(take, q).has_said("takes")
    first.sleeps()
    Child(put, [MINE], q).has_said("has put")
    second = Child(take_for, q, BOUND).has_said("takes")
    heard = second.next(BOUND + PATIENCE)
    if first.next(0) is not None or heard is not None and heard[1] == "took":
        return "it is there, or was never put", None
    return "it may be cut in half, and every reader " + ("hangs" if heard is None else "fails"), None


@row("queue-taking")
def queue_taking():
    q = FORK.Queue()
    producer = Child(put, [LARGE, MINE], q).has_said("has put").sleeps()
    producer.stop()
    victim = Child(take, q).has_said("takes").sleeps()
    begin = victim.kill()
    producer.go_on()
    return arrived(begin, Child(take_for, q, BOUND).has_said("takes"))


@row("queue-get-waiting")
def queue_get_waiting():
    q = FORK.Queue()
    begin = Child(take, q).has_said("takes").sleeps().kill()
    Child(put, [MINE], q).has_said("has put")
    return arrived(begin, Child(take_for, q, BOUND).has_said("takes"))


@row("queue-get-waiting-behind")
def queue_get_waiting_behind():
    """The first waiter reads the pipe, with the lock; this one waits for the lock."""
    q = FORK.Queue()
    first = Child(take_for, q, PATIENCE).has_said("takes").sleeps()
    victim = Child(take, q).has_said("takes").sleeps()
    begin = victim.kill()
    Child(put, [MINE], q).has_said("has put")
    heard = first.next(BOUND)
    return ("hangs", None) if heard is None else ("goes on", millis(begin, heard))


@row("queue-put-waiting")
def queue_put_waiting():
    q = FORK.Queue(1)
    Child(put, ["first"], q).has_said("has put")
    victim = Child(put_for_ever, q).has_said("puts").sleeps()
    other = Child(put_for_ever, q).has_said("puts").sleeps()
    begin = victim.kill()
    Child(take, q).has_said("takes")
    heard = other.next(BOUND)
    return ("hangs", None) if heard is None else ("goes on", millis(begin, heard))


@row("stopped-queue-putting")
def stopped_queue_putting():
    q, victim = full_of_small()
    victim.stop()
    begin = time.monotonic()
    put_at = Child(put, [MINE], q).next(BOUND)
    if put_at is None:
        return "put hangs", None
    reader = Child(take_for, q, BOUND / 2).has_said("takes")
    heard = reader.next(BOUND + PATIENCE)
    if heard is None:
        return "put returns, and every reader hangs", None
    if heard[1] == "took":
        return "goes on", millis(begin, heard)
    begin = victim.go_on()
    heard = Child(take_for, q, BOUND).has_said("takes").next(BOUND + PATIENCE)
    if heard is None or heard[1] != "took":
        return "the queue's lock is never freed", None
    return "put returns, but nothing arrives until it goes on", millis(begin, heard)


@row("stopped-queue-get-waiting")
def stopped_queue_get_waiting():
    q = FORK.Queue()
    victim = Child(take, q).has_said("takes").sleeps()
    victim.stop()
    Child(put, ["first", MINE], q).has_said("has put")
    heard = Child(take_for, q, BOUND / 2).has_said("takes").next(BOUND + PATIENCE)
    if heard is None or heard[1] == "took":
        return ("every reader hangs" if heard is None else "goes on"), None
    reader = Child(take_for, q, PATIENCE).has_said("takes").sleeps()
    begin = victim.go_on()
    heard = reader.next(BOUND)
    return ("timeouts", None) if heard is None else ("timeouts, until it goes on", millis(begin, heard))


@row("pipe-sending")
def pipe_sending():
    """As fork leaves it: everybody has a copy of both ends. Nobody receives, so the message is half in the pipe."""
    mine, theirs = FORK.Pipe()
    begin = Child(send, mine, [LARGE]).has_said("sends").sleeps().kill()
    other = Child(receive, theirs, [])
    heard = other.next(BOUND)
    return ("recv waits for ever", None) if heard is None else (heard[1], millis(begin, heard))


@row("pipe-receiving")
def pipe_receiving():
    mine, theirs = FORK.Pipe()
    begin = Child(receive, mine, []).sleeps().kill()
    other = Child(send, theirs, [SMALL, LARGE]).has_said("sends")
    heard = other.next(BOUND)
    return ("send waits for ever once the pipe is full", None) if heard is None else (heard[1], millis(begin, heard))


def killed_with_an_end(others_have_it):
    mine, theirs = FORK.Pipe()
    victim = Child(own_end, mine, theirs).has_said("sent")
    other = Child(receive, theirs, [] if others_have_it else [mine]).has_said("received")
    if not others_have_it:
        mine.close()
    begin = victim.kill()
    heard = other.next(BOUND)
    return ("recv waits for ever", None) if heard is None else ("EOFError", millis(begin, heard))


@row("pipe-end-held")
def pipe_end_held():
    """As fork leaves it: everybody has a copy of both ends."""
    return killed_with_an_end(True)


@row("pipe-end-held-alone")
def pipe_end_held_alone():
    """Everybody has closed his copy of the victim's end."""
    return killed_with_an_end(False)


@row("shared-memory-last-user")
def shared_memory_last_user():
    victim = Child(make_shared_memory)
    heard = victim.next(PATIENCE)
    if heard is None:
        raise NotTried("no shared memory")
    path = "/dev/shm/" + heard[1]
    if not os.path.exists(path):
        raise NotTried("no file " + path)
    begin = victim.kill()
    while os.path.exists(path):
        if time.monotonic() - begin > BOUND:
            os.unlink(path)
            return "stays for ever", None
        time.sleep(0.001)
    return "removed by a helper process", (time.monotonic() - begin) * 1000


# ---- Running them.


class Attempt:
    """One try of a row, in a process of its own that ends all others of it."""

    def __init__(self, name):
        self.name = name
        self.begin = time.monotonic()
        self.reader, self.writer = os.pipe()
        self.process = FORK.Process(target=self._main, args=(os.getpid(),))
        self.process.start()
        os.close(self.writer)

    def _main(self, parent):
        die_with(parent)
        try:
            outcome, seen_after = ROWS[self.name]()
            line = "%s\t%s" % (outcome, "-" if seen_after is None else repr(seen_after))
        except NotTried as e:
            line = "\t%s" % e
        except Exception:
            line = "\t" + traceback.format_exc().strip().replace("\n", " / ")
        os.write(self.writer, line.encode())
        for child in multiprocessing.active_children():
            child.kill()
        for child in multiprocessing.active_children():
            child.join()
        os._exit(0)  # not by way of what still wants to flush queues

    def end(self):
        """What came out, after the process has ended or is ended; outcome "" if it was not tried."""
        said = os.read(self.reader, 65536).decode() if select.select([self.reader], [], [], 0)[0] else "\ttoo slow"
        os.close(self.reader)
        self.process.join(PATIENCE)
        if self.process.is_alive():
            self.process.kill()
            self.process.join()
        return (said or "\tended by itself").split("\t")


def run_all(names):
    """Runs all tries, some at once, and returns the results by row."""
    waiting = [name for _ in range(TRIES) for name in names]
    running = []
    results = {name: [] for name in names}
    parent = os.getppid()
    while waiting or running:
        if os.getppid() != parent:
            os._exit(1)
        while waiting and len(running) < TRIES_AT_ONCE:
            running.append(Attempt(waiting.pop(0)))
        ready = select.select([attempt.reader for attempt in running], [], [], 0.1)[0]
        limit = time.monotonic() - 4 * (BOUND + PATIENCE)
        for attempt in [a for a in running if a.reader in ready or a.begin < limit]:
            running.remove(attempt)
            results[attempt.name].append(attempt.end())
    return results


def line_of(name, results):
    """The row's line, or None if nothing was tried."""
    good = [result for result in results if result[0]]
    for result in results:
        if not result[0]:
            print("%s: not tried: %s" % (name, result[1]), file=sys.stderr)
    if not good:
        return None
    outcomes = collections.Counter(result[0] for result in good).most_common()
    shares = ["%s (%d of %d)" % (outcome, count, len(good)) for outcome, count in outcomes]
    outcome = outcomes[0][0] if len(outcomes) == 1 else "; ".join(shares)
    times = [float(result[1]) for result in good if result[1] != "-"]
    return "%s\t%d\t%s\t%s" % (name, len(good), outcome, "%.1f" % statistics.median(times) if times else "-")


def main():
    if not sys.platform.startswith("linux"):
        print("needs Linux, this is " + sys.platform, file=sys.stderr)
        return 2
    names = sys.argv[1:] or list(ROWS)
    unknown = [name for name in names if name not in ROWS]
    if unknown:
        print("no such row: %s; rows are %s" % (", ".join(unknown), ", ".join(ROWS)), file=sys.stderr)
        return 2
    print("# %s %s" % (platform.python_implementation(), platform.python_version()))
    lines = [line_of(name, results) for name, results in run_all(names).items()]
    print("\n".join(line for line in lines if line))
    return 0 if all(lines) else 1


if __name__ == "__main__":
    sys.exit(main())
