/* Two processes of which each waits for the other one, by what glibc and the kernel have.
 *
 * pingpong KIND TRIPS WAYS
 *
 * KIND is line (both spin on cache lines), semaphore, futex, condition, pipe or socket. With WAYS "both" a round is
 * TRIPS round trips which nobody times one by one, and as many again that are timed singly; with "one" only the way
 * there is timed: from before the first process sends until the second one runs. Says "ready", and for each line on
 * standard input does a round and says "lap START END TRIPS NANOS:COUNT,...", in nanoseconds of the monotonic clock.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <limits.h>
#include <linux/futex.h>
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

/* The ways. */
enum { THERE, BACK };
/* A time is counted by its highest ten bits, which is exact to a thousandth. */
enum { BITS = 10, BUCKETS = (64 - BITS + 1) << BITS };

/* What leads one way. */
struct way {
    _Atomic unsigned word __attribute__((aligned(128)));
    sem_t semaphore __attribute__((aligned(128)));
    pthread_cond_t condition __attribute__((aligned(128)));
    unsigned guarded;
};

struct shared {
    struct way ways[2];
    pthread_mutex_t mutex __attribute__((aligned(128)));
    pthread_barrier_t barrier __attribute__((aligned(128)));
    long long sent __attribute__((aligned(128)));
    long long sum;
    unsigned counts[BUCKETS];
};

/* How a number is sent one way, and how it is waited for. */
struct kind {
    const char *name;
    void (*send)(int way, unsigned number);
    void (*receive)(int way, unsigned number);
};

static struct shared *shared;
static int ends[2][2];
static unsigned number;

static void fail(const char *what)
{
    fprintf(stderr, "%s\n", what);
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

static long long now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static void relax(void)
{
#if defined(__x86_64__) || defined(__i386__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    __asm__ __volatile__("isb" ::: "memory");
#endif
}

static void line_send(int way, unsigned it)
{
    atomic_store_explicit(&shared->ways[way].word, it, memory_order_release);
}

static void line_receive(int way, unsigned it)
{
    while (atomic_load_explicit(&shared->ways[way].word, memory_order_acquire) != it)
        relax();
}

/* A semaphore carries no number: who is woken for the n-th time takes it for the n-th. */
static void semaphore_send(int way, unsigned it)
{
    (void) it;
    sem_post(&shared->ways[way].semaphore);
}

static void semaphore_receive(int way, unsigned it)
{
    (void) it;
    while (sem_wait(&shared->ways[way].semaphore) != 0 && errno == EINTR)
        ;
}

static void futex_send(int way, unsigned it)
{
    atomic_store_explicit(&shared->ways[way].word, it, memory_order_release);
    syscall(SYS_futex, &shared->ways[way].word, FUTEX_WAKE, 1, NULL, NULL, 0);
}

static void futex_receive(int way, unsigned it)
{
    unsigned seen;

    while ((seen = atomic_load_explicit(&shared->ways[way].word, memory_order_acquire)) != it)
        syscall(SYS_futex, &shared->ways[way].word, FUTEX_WAIT, seen, NULL, NULL, 0);
}

static void condition_send(int way, unsigned it)
{
    pthread_mutex_lock(&shared->mutex);
    shared->ways[way].guarded = it;
    pthread_cond_signal(&shared->ways[way].condition);
    pthread_mutex_unlock(&shared->mutex);
}

static void condition_receive(int way, unsigned it)
{
    pthread_mutex_lock(&shared->mutex);
    while (shared->ways[way].guarded != it)
        pthread_cond_wait(&shared->ways[way].condition, &shared->mutex);
    pthread_mutex_unlock(&shared->mutex);
}

static void descriptor_send(int way, unsigned it)
{
    long long message = it;

    if (write(ends[way][1], &message, sizeof message) != sizeof message)
        fail("cannot write");
}

static void descriptor_receive(int way, unsigned it)
{
    long long message;

    if (read(ends[way][0], &message, sizeof message) != sizeof message)
        fail("cannot read");
    if (message != it)
        fail("not the message that was expected");
}

static const struct kind KINDS[] = {
    {"line", line_send, line_receive},
    {"semaphore", semaphore_send, semaphore_receive},
    {"futex", futex_send, futex_receive},
    {"condition", condition_send, condition_receive},
    {"pipe", descriptor_send, descriptor_receive},
    {"socket", descriptor_send, descriptor_receive},
};

static const struct kind *find(const char *name)
{
    for (size_t i = 0; i < sizeof KINDS / sizeof *KINDS; i++) {
        if (strcmp(KINDS[i].name, name) == 0)
            return &KINDS[i];
    }
    fail("no such kind");
    return NULL;
}

static void init(const char *kind)
{
    pthread_mutexattr_t mutex;
    pthread_condattr_t condition;
    pthread_barrierattr_t barrier;
    int pair[2];

    shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (shared == MAP_FAILED)
        fail("no memory");
    pthread_mutexattr_init(&mutex);
    pthread_mutexattr_setpshared(&mutex, PTHREAD_PROCESS_SHARED);
    pthread_mutex_init(&shared->mutex, &mutex);
    pthread_condattr_init(&condition);
    pthread_condattr_setpshared(&condition, PTHREAD_PROCESS_SHARED);
    pthread_barrierattr_init(&barrier);
    pthread_barrierattr_setpshared(&barrier, PTHREAD_PROCESS_SHARED);
    pthread_barrier_init(&shared->barrier, &barrier, 2);
    for (int way = THERE; way <= BACK; way++) {
        sem_init(&shared->ways[way].semaphore, 1, 0);
        pthread_cond_init(&shared->ways[way].condition, &condition);
        if (strcmp(kind, "pipe") == 0 && pipe(ends[way]) != 0)
            fail("no pipe");
    }
    if (strcmp(kind, "socket") == 0) {
        if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair) != 0)
            fail("no sockets");
        ends[THERE][1] = ends[BACK][0] = pair[0];
        ends[THERE][0] = ends[BACK][1] = pair[1];
    }
}

static void record(long long nanos)
{
    unsigned long long time = nanos < 0 ? 0 : nanos;
    int shift = time >> BITS == 0 ? 0 : 64 - __builtin_clzll(time) - BITS;

    shared->counts[((size_t) shift << BITS) + (time >> shift)]++;
    shared->sum += time;
}

static void say(long long start, long long end, long trips)
{
    char separator = ' ';

    printf("lap %lld %lld %ld", start, end, trips);
    for (size_t i = 0; i < BUCKETS; i++) {
        if (shared->counts[i] != 0) {
            printf("%c%llu:%u", separator, (i & ((1ULL << BITS) - 1)) << (i >> BITS), shared->counts[i]);
            separator = ',';
        }
    }
    putchar('\n');
}

static void call(const struct kind *kind)
{
    number++;
    kind->send(THERE, number);
    kind->receive(BACK, number);
}

static void answer(const struct kind *kind)
{
    number++;
    kind->receive(THERE, number);
    kind->send(BACK, number);
}

/* The first round trip sees to it that the other process is there. */
static void call_both(const struct kind *kind, long trips)
{
    call(kind);
    long long start = now();
    for (long i = 0; i < trips; i++)
        call(kind);
    long long end = now();
    for (long i = 0; i < trips; i++) {
        long long sent = now();
        call(kind);
        record(now() - sent);
    }
    say(start, end, trips);
}

static void answer_both(const struct kind *kind, long trips)
{
    for (long i = 0; i < 1 + 2 * trips; i++)
        answer(kind);
}

/* Its lap lasts as long as all the ways together. */
static void call_one(const struct kind *kind, long trips)
{
    for (long i = 0; i < trips; i++) {
        shared->sent = now();
        call(kind);
    }
    say(0, shared->sum, trips);
}

static void answer_one(const struct kind *kind, long trips)
{
    for (long i = 0; i < trips; i++) {
        number++;
        kind->receive(THERE, number);
        record(now() - shared->sent);
        kind->send(BACK, number);
    }
}

int main(int argc, char **argv)
{
    char line[64];

    if (argc != 4)
        fail("usage: pingpong KIND TRIPS WAYS");
    const struct kind *kind = find(argv[1]);
    long trips = atol(argv[2]);
    int both = strcmp(argv[3], "both") == 0;
    init(argv[1]);
    end_with_children();
    pid_t child = fork();
    if (child < 0)
        fail("no process");
    if (child == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        for (;;) {
            pthread_barrier_wait(&shared->barrier);
            (both ? answer_both : answer_one)(kind, trips);
        }
    }
    setvbuf(stdout, NULL, _IOLBF, 0);
    puts("ready");
    while (fgets(line, sizeof line, stdin) != NULL) {
        memset(shared->counts, 0, sizeof shared->counts);
        shared->sum = 0;
        pthread_barrier_wait(&shared->barrier);
        (both ? call_both : call_one)(kind, trips);
    }
    return 0;
}
