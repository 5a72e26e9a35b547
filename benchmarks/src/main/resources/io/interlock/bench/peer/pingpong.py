"""Two processes of which each waits for a message of the other one, by a Pipe of Python's multiprocessing.

pingpong.py TRIPS

A round is TRIPS round trips which nobody times one by one, and as many again that are timed singly. Says "ready", and
for each line on standard input does a round and says "lap START END TRIPS NANOS:COUNT,...", in nanoseconds of the
monotonic clock.
"""
import collections
import ctypes
import multiprocessing
import os
import signal
import sys
import time

SET_DEATH_SIGNAL = 1


def answer(connection):
    ctypes.CDLL(None).prctl(SET_DEATH_SIGNAL, signal.SIGKILL)
    while True:
        connection.send(connection.recv())


def call(connection, number):
    connection.send(number)
    if connection.recv() != number:
        sys.exit("not the message that was expected")


def timed(connection, trips):
    counts = collections.Counter()
    for number in range(trips):
        sent = time.monotonic_ns()
        call(connection, number)
        counts[time.monotonic_ns() - sent] += 1
    return counts


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
    trips = int(sys.argv[1])
    context = multiprocessing.get_context("fork")
    end_with_workers()
    here, there = context.Pipe()
    context.Process(target=answer, args=(there,), daemon=True).start()
    print("ready", flush=True)
    for _ in sys.stdin:
        call(here, 0)
        start = time.monotonic_ns()
        for number in range(trips):
            call(here, number)
        end = time.monotonic_ns()
        counts = timed(here, trips)
        print("lap", start, end, trips, ",".join(f"{nanos}:{count}" for nanos, count in counts.items()), flush=True)
    let_workers_end()


main()
