"""Processes add 1 to a shared number under a lock, by what Python's multiprocessing has.

counter.py KIND OPERATIONS PROCESSES

KIND is lock (a Lock and a number without one) or value (a Value and its own lock). OPERATIONS is how many additions
there are in one round, by all processes together. Says "ready", and for each line on standard input does a round and
says "lap START END OPERATIONS", in nanoseconds of the monotonic clock: from when all are ready until the last is done.
"""
import ctypes
import multiprocessing
import os
import signal
import sys
import time

SET_DEATH_SIGNAL = 1


def count_by_lock(number, lock, times):
    for _ in range(times):
        with lock:
            number.value += 1


def count_by_value(number, lock, times):
    for _ in range(times):
        with number.get_lock():
            number.value += 1


def part(count, number, lock, times, line, starts, ends, me):
    line.wait()
    starts[me] = time.monotonic_ns()
    count(number, lock, times)
    ends[me] = time.monotonic_ns()
    line.wait()


def work(*arguments):
    ctypes.CDLL(None).prctl(SET_DEATH_SIGNAL, signal.SIGKILL)
    while True:
        part(*arguments)


def end_with_workers():
    """Who waits for a worker that is gone waits for ever, so this process ends with it. A stopped one is not gone."""
    def end(_signal, _frame):
        if os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT):
            os.write(sys.stderr.fileno(), b"a process of this program has ended\n")
            os._exit(1)

    signal.signal(signal.SIGCHLD, end)


def let_workers_end():
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)


def main():
    kind, operations, processes = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    context = multiprocessing.get_context("fork")
    end_with_workers()
    by_lock = kind == "lock"
    number = context.RawValue("q", 0) if by_lock else context.Value("q", 0)
    times = operations // processes
    starts, ends = context.RawArray("q", processes), context.RawArray("q", processes)
    arguments = (count_by_lock if by_lock else count_by_value, number, context.Lock(), times,
                 context.Barrier(processes), starts, ends)
    for me in range(1, processes):
        context.Process(target=work, args=(*arguments, me), daemon=True).start()
    print("ready", flush=True)
    for _ in sys.stdin:
        number.value = 0
        part(*arguments, 0)
        if number.value != times * processes:
            sys.exit("the lock does not exclude")
        print("lap", min(starts), max(ends), times * processes, flush=True)
    let_workers_end()


main()
