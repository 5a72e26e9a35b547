"""Numbers from process to process, through Python's multiprocessing.Queue.

messages.py MESSAGES CAPACITY

Says "ready", and for each line on standard input sends and receives so many numbers and says
"lap START END OPERATIONS", in nanoseconds of the monotonic clock; from the first message to the last.
"""
import ctypes
import multiprocessing
import os
import signal
import sys
import time

PR_SET_PDEATHSIG = 1


def send(orders, queue, messages):
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    while orders.recv():
        for number in range(messages):
            queue.put(number)


def receive(queue, messages):
    if queue.get() != 0:
        raise RuntimeError("the first message is not the first")
    start = time.monotonic_ns()
    for expected in range(1, messages):
        number = queue.get()
        if number != expected:
            raise RuntimeError(f"expected message {expected}, got {number}")
    print("lap", start, time.monotonic_ns(), max(1, messages - 1), flush=True)


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
    messages, capacity = map(int, sys.argv[1:])
    context = multiprocessing.get_context("fork")
    end_with_workers()
    queue = context.Queue(capacity)
    ours, theirs = context.Pipe()
    context.Process(target=send, args=(theirs, queue, messages), daemon=True).start()
    print("ready", flush=True)
    for _ in sys.stdin:
        ours.send(True)
        receive(queue, messages)
    let_workers_end()


if __name__ == "__main__":
    main()
