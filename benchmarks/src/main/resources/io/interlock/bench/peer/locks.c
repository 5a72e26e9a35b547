/* Locks and semaphores of glibc, taken and given back by one process or by several.
 *
 * locks KIND OPERATIONS PROCESSES
 *
 * KIND is plain, robust, recursive (and robust) or semaphore. One process only takes and gives back; several add 1 to a
 * number in between. OPERATIONS is how many there are in one round, by all of them together. Says "ready", and for each
 * line on standard input does a round and says "lap START END OPERATIONS", in nanoseconds of the monotonic clock.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <time.h>
#include <unistd.h>

enum { MOST = 256 };

struct shared {
    pthread_mutex_t mutex __attribute__((aligned(128)));
    sem_t semaphore __attribute__((aligned(128)));
    volatile long number __attribute__((aligned(128)));
    pthread_barrier_t barrier __attribute__((aligned(128)));
    long long start[MOST] __attribute__((aligned(128)));
    long long end[MOST];
};

static struct shared *shared;

static long long now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000000000LL + t.tv_nsec;
}

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

static void init(const char *kind, int processes)
{
    pthread_mutexattr_t mutex;
    pthread_barrierattr_t barrier;

    shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (shared == MAP_FAILED)
        fail("no memory");
    pthread_mutexattr_init(&mutex);
    pthread_mutexattr_setpshared(&mutex, PTHREAD_PROCESS_SHARED);
    if (strcmp(kind, "plain") != 0)
        pthread_mutexattr_setrobust(&mutex, PTHREAD_MUTEX_ROBUST);
    if (strcmp(kind, "recursive") == 0)
        pthread_mutexattr_settype(&mutex, PTHREAD_MUTEX_RECURSIVE);
    pthread_mutex_init(&shared->mutex, &mutex);
    sem_init(&shared->semaphore, 1, 1);
    pthread_barrierattr_init(&barrier);
    pthread_barrierattr_setpshared(&barrier, PTHREAD_PROCESS_SHARED);
    pthread_barrier_init(&shared->barrier, &barrier, processes);
}

static void mutex_alone(long times)
{
    for (long i = 0; i < times; i++) {
        pthread_mutex_lock(&shared->mutex);
        pthread_mutex_unlock(&shared->mutex);
    }
}

static void semaphore_alone(long times)
{
    for (long i = 0; i < times; i++) {
        sem_wait(&shared->semaphore);
        sem_post(&shared->semaphore);
    }
}

static void mutex_count(long times)
{
    for (long i = 0; i < times; i++) {
        pthread_mutex_lock(&shared->mutex);
        shared->number++;
        pthread_mutex_unlock(&shared->mutex);
    }
}

static void semaphore_count(long times)
{
    for (long i = 0; i < times; i++) {
        while (sem_wait(&shared->semaphore) != 0 && errno == EINTR)
            ;
        shared->number++;
        sem_post(&shared->semaphore);
    }
}

static void part(int number, void (*work)(long), long times)
{
    pthread_barrier_wait(&shared->barrier);
    shared->start[number] = now();
    work(times);
    shared->end[number] = now();
    pthread_barrier_wait(&shared->barrier);
}

int main(int argc, char **argv)
{
    char line[64];

    if (argc != 4)
        fail("usage: locks KIND OPERATIONS PROCESSES");
    int semaphore = strcmp(argv[1], "semaphore") == 0;
    int processes = atoi(argv[3]);
    if (processes < 1 || processes > MOST)
        fail("too many processes");
    long times = atol(argv[2]) / processes;
    void (*work)(long) = processes == 1 ? (semaphore ? semaphore_alone : mutex_alone)
                                        : (semaphore ? semaphore_count : mutex_count);
    init(argv[1], processes);
    end_with_children();
    for (int number = 1; number < processes; number++) {
        pid_t child = fork();
        if (child < 0)
            fail("no process");
        if (child == 0) {
            prctl(PR_SET_PDEATHSIG, SIGKILL);
            for (;;)
                part(number, work, times);
        }
    }
    setvbuf(stdout, NULL, _IOLBF, 0);
    puts("ready");
    while (fgets(line, sizeof line, stdin) != NULL) {
        shared->number = 0;
        part(0, work, times);
        long long start = shared->start[0], end = shared->end[0];
        for (int i = 1; i < processes; i++) {
            start = shared->start[i] < start ? shared->start[i] : start;
            end = shared->end[i] > end ? shared->end[i] : end;
        }
        if (processes > 1 && shared->number != times * processes)
            fail("the lock does not exclude");
        printf("lap %lld %lld %ld\n", start, end, times * processes);
    }
    return 0;
}
