/* Messages from one process to another, and copies of as many bytes.
 *
 * messages KIND MESSAGES BYTES RING BATCH
 *
 * KIND is
 *   pipe, socket  each message is one write; the receiver reads up to BATCH messages at once;
 *   ring          the least that a ring in shared memory can do: a copy in, a copy out, and a count for each side;
 *   memcpy        one process copies from one mapping to another, message by message.
 * A message has BYTES bytes, and its number in front and at the end. RING is the length of rings, mappings, and of the
 * kernel's buffers as far as it allows that. Says "ready", and for each line on standard input sends MESSAGES messages
 * and says "lap START END OPERATIONS", in nanoseconds of the monotonic clock, from the first message to the last.
 * Operations are messages if they have 8 bytes, bytes otherwise.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

struct counts {
    _Atomic long sent __attribute__((aligned(128)));
    _Atomic long taken __attribute__((aligned(128)));
};

static long messages, bytes, ring_bytes, batch;
static struct counts *counts;
static char *ring;
static int in, out;
static long start, first, received;

static long now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000000000L + t.tv_nsec;
}

static void fail(const char *what)
{
    perror(what);
    exit(1);
}

static void child_ended(int signal)
{
    static const char text[] = "a process of this program has ended\n";

    (void) signal;
    _exit(write(STDERR_FILENO, text, sizeof text - 1) < 0 ? 2 : 1);
}

/* Who waits for a child that is gone waits for ever, so this process ends with it. One that is stopped is not gone. */
static void end_with_children(void)
{
    struct sigaction action = {.sa_handler = child_ended, .sa_flags = SA_NOCLDSTOP};

    sigaction(SIGCHLD, &action, NULL);
}

static void *map(long length)
{
    void *mapped = mmap(NULL, length, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
    if (mapped == MAP_FAILED)
        fail("mmap");
    return mapped;
}

static void number(char *message, long value)
{
    memcpy(message, &value, sizeof value);
    memcpy(message + bytes - sizeof value, &value, sizeof value);
}

static void accept_message(const char *message)
{
    long begin, end;
    memcpy(&begin, message, sizeof begin);
    memcpy(&end, message + bytes - sizeof end, sizeof end);
    if (begin != received || end != received) {
        fprintf(stderr, "expected message %ld, got %ld to %ld\n", received, begin, end);
        exit(1);
    }
    received++;
}

static void relax(void)
{
#if defined(__x86_64__) || defined(__i386__)
    __builtin_ia32_pause();
#endif
}

/* The kernel's buffers. */

static void send_written(char *message)
{
    for (long i = 0; i < messages; i++) {
        number(message, i);
        for (long done = 0, n; done < bytes; done += n) {
            n = write(out, message + done, bytes - done);
            if (n <= 0)
                fail("write");
        }
    }
}

static void receive_read(char *buffer)
{
    long have = 0, capacity = batch * bytes;
    while (received < messages) {
        long n = read(in, buffer + have, capacity - have);
        if (n <= 0)
            fail("read");
        have += n;
        long at = 0;
        for (; have - at >= bytes; at += bytes)
            accept_message(buffer + at);
        have -= at;
        memmove(buffer, buffer + at, have);
        if (first == 0 && received > 0) {
            first = received;
            start = now();
        }
    }
}

/* A ring. */

static void send_copied(char *message)
{
    long slots = ring_bytes / bytes, taken = 0;
    for (long i = 0; i < messages; i++) {
        number(message, i);
        while (i - taken == slots) {
            taken = atomic_load_explicit(&counts->taken, memory_order_acquire);
            relax();
        }
        memcpy(ring + i % slots * bytes, message, bytes);
        atomic_store_explicit(&counts->sent, i + 1, memory_order_release);
    }
}

static void receive_copied(char *buffer)
{
    long slots = ring_bytes / bytes, sent = 0;
    while (received < messages) {
        while (received == sent) {
            sent = atomic_load_explicit(&counts->sent, memory_order_acquire);
            relax();
        }
        memcpy(buffer, ring + received % slots * bytes, bytes);
        accept_message(buffer);
        atomic_store_explicit(&counts->taken, received, memory_order_release);
        if (first == 0) {
            first = received;
            start = now();
        }
    }
}

/* Copies alone. */

static void copy(char *from)
{
    long slots = ring_bytes / bytes;
    start = now();
    for (long i = 0; i < messages; i++) {
        long at = i % slots * bytes;
        number(from + at, i);
        memcpy(ring + at, from + at, bytes);
        accept_message(ring + at);
    }
}

static void open_kind(const char *kind)
{
    int ends[2];
    if (strcmp(kind, "pipe") == 0) {
        if (pipe(ends) != 0)
            fail("pipe");
        in = ends[0];
        out = ends[1];
        for (long size = ring_bytes; size > 65536 && fcntl(out, F_SETPIPE_SZ, (int) size) < 0; size /= 2)
            ;
    } else if (strcmp(kind, "socket") == 0) {
        if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends) != 0)
            fail("socketpair");
        in = ends[0];
        out = ends[1];
        int size = (int) ring_bytes;
        setsockopt(out, SOL_SOCKET, SO_SNDBUF, &size, sizeof size);
        setsockopt(in, SOL_SOCKET, SO_RCVBUF, &size, sizeof size);
    }
}

static void sender(void (*send)(char *), int orders)
{
    char order;
    char *message = map(bytes);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    while (read(orders, &order, 1) == 1)
        send(message);
    exit(0);
}

static void start_sender(void (*send)(char *), const int orders[2])
{
    end_with_children();
    pid_t child = fork();
    if (child < 0)
        fail("fork");
    if (child == 0) {
        close(orders[1]);
        sender(send, orders[0]);
    }
}

int main(int argc, char **argv)
{
    char line[64];
    int orders[2];

    if (argc != 6) {
        fputs("usage: messages KIND MESSAGES BYTES RING BATCH\n", stderr);
        return 1;
    }
    messages = atol(argv[2]);
    bytes = atol(argv[3]);
    ring_bytes = atol(argv[4]);
    batch = atol(argv[5]);
    int alone = strcmp(argv[1], "memcpy") == 0;
    int kernel = strcmp(argv[1], "ring") != 0;
    counts = map(sizeof *counts);
    ring = map(ring_bytes);
    char *buffer = map(alone ? ring_bytes : batch * bytes);
    open_kind(argv[1]);
    if (pipe(orders) != 0)
        fail("pipe");
    if (!alone)
        start_sender(kernel ? send_written : send_copied, orders);
    void (*receive)(char *) = alone ? copy : kernel ? receive_read : receive_copied;
    setvbuf(stdout, NULL, _IOLBF, 0);
    puts("ready");
    while (fgets(line, sizeof line, stdin) != NULL) {
        received = first = 0;
        counts->sent = counts->taken = 0;
        if (!alone && write(orders[1], "g", 1) != 1)
            fail("write");
        receive(buffer);
        long end = now(), counted = received > first ? received - first : 1;
        printf("lap %ld %ld %ld\n", start, end, bytes == sizeof(long) ? counted : counted * bytes);
    }
    return 0;
}
