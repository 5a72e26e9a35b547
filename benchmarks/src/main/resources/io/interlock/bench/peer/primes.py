"""Processes get numbers from a Queue of Python's multiprocessing, and put the primes among them into another one.

primes.py LAST PROCESSES

Says "ready", and for each line on standard input finds the primes from 1 to LAST and says "lap START END 1", in
nanoseconds of the monotonic clock: from when all processes are ready until the end of the last one has come back.
"""
import ctypes
import math
import multiprocessing
import os
import signal
import sys
import time

SET_DEATH_SIGNAL = 1


def is_prime(number):
    if number <= 1:
        return False
    for divisor in range(2, math.isqrt(number) + 1):
        if number % divisor == 0:
            return False
    return True


def find(tasks, results, line):
    ctypes.CDLL(None).prctl(SET_DEATH_SIGNAL, signal.SIGKILL)
    line.wait()
    while (number := tasks.get()) is not None:
        if is_prime(number):
            results.put(number)
    results.put(None)
    line.wait()


def primes_by_sieve(last):
    is_candidate = [False, False] + [True] * (last - 1)
    for prime in range(2, math.isqrt(last) + 1):
        if is_candidate[prime]:
            for multiple in range(prime * prime, last + 1, prime):
                is_candidate[multiple] = False
    return [number for number in range(last + 1) if is_candidate[number]]


def collect(results, processes):
    found = []
    while processes > 0:
        prime = results.get()
        if prime is None:
            processes -= 1
        else:
            found.append(prime)
    return found


def end_with_workers():
    """Who waits for a worker that is gone waits for ever, so this process ends with it. A stopped one is not gone."""
    def end(_signal, _frame):
        if os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT):
            os.write(sys.stderr.fileno(), b"a process of this program has ended\n")
            os._exit(1)

    signal.signal(signal.SIGCHLD, end)


def let_workers_end():
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)


def attempt(context, last, processes):
    tasks, results, line = context.Queue(), context.Queue(), context.Barrier(processes + 1)
    workers = [context.Process(target=find, args=(tasks, results, line), daemon=True) for _ in range(processes)]
    end_with_workers()
    for worker in workers:
        worker.start()
    line.wait()
    start = time.monotonic_ns()
    for number in range(1, last + 1):
        tasks.put(number)
    for _ in range(processes):
        tasks.put(None)
    found = collect(results, processes)
    end = time.monotonic_ns()
    let_workers_end()
    line.wait()
    for worker in workers:
        worker.join()
    return start, end, found


def main():
    last, processes = int(sys.argv[1]), int(sys.argv[2])
    context = multiprocessing.get_context("fork")
    expected = primes_by_sieve(last)
    print("ready", flush=True)
    for _ in sys.stdin:
        start, end, found = attempt(context, last, processes)
        if sorted(found) != expected:
            sys.exit("not the primes")
        print("lap", start, end, 1, flush=True)


main()
