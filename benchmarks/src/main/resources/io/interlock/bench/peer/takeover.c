/* How long it takes after a process was killed until somebody else has what it held.
 *
 * takeover KIND KILLS
 *
 * KIND is byte (an open-file-description lock on a byte, which another thread asks for in a loop), asleep (a robust
 * mutex, for which another thread sleeps) or asking (the same, for which it tries in a loop). Says "ready", and for
 * each line on standard input kills so many processes and says "lap 0 NANOS KILLS".
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum kind { BYTE, ASLEEP, ASKING };

static enum kind kind;
static pthread_mutex_t *mutex;
static int file;
static _Atomic int heir_number;
static long long inherited;

static long long now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static void pause_nanos(long nanos)
{
    struct timespec t = {0, nanos};
    nanosleep(&t, NULL);
}

static void fail(const char *what)
{
    fprintf(stderr, "%s\n", what);
    _exit(1);
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

static void init(void)
{
    pthread_mutexattr_t attributes;

    mutex = mmap(NULL, sizeof *mutex, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    file = memfd_create("byte", MFD_CLOEXEC);
    if (mutex == MAP_FAILED || file < 0)
        fail("no memory");
    pthread_mutexattr_init(&attributes);
    pthread_mutexattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED);
    pthread_mutexattr_setrobust(&attributes, PTHREAD_MUTEX_ROBUST);
    pthread_mutex_init(mutex, &attributes);
}

/* The lock of a description belongs to all who have inherited it, so the victim opens the file anew. */
static void lock_byte(void)
{
    char name[64];
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = 0, .l_len = 1};

    snprintf(name, sizeof name, "/proc/self/fd/%d", file);
    int own = open(name, O_RDWR | O_CLOEXEC);
    if (own < 0 || fcntl(own, F_OFD_SETLK, &lock) != 0)
        fail("the byte cannot be locked");
}

static int byte_is_locked(void)
{
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = 0, .l_len = 1};

    if (fcntl(file, F_OFD_GETLK, &lock) != 0)
        fail("cannot ask for the byte's lock");
    return lock.l_type != F_UNLCK;
}

static void victim(pid_t parent, int ready)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent)
        _exit(0);
    if (kind == BYTE)
        lock_byte();
    else if (pthread_mutex_lock(mutex) != 0)
        fail("the mutex is not free");
    if (write(ready, "r", 1) != 1)
        _exit(1);
    for (;;)
        pause();
}

static pid_t start_victim(void)
{
    int ends[2];
    char byte;
    pid_t parent = getpid();

    if (pipe(ends) != 0)
        fail("no pipe");
    end_with_children();
    pid_t child = fork();
    if (child < 0)
        fail("no process");
    if (child == 0)
        victim(parent, ends[1]);
    close(ends[1]);
    if (read(ends[0], &byte, 1) != 1)
        fail("a process that was to be killed is gone");
    close(ends[0]);
    return child;
}

static void *inherit(void *unused)
{
    int result = EOWNERDEAD;

    (void) unused;
    heir_number = gettid();
    if (kind == BYTE) {
        while (byte_is_locked())
            ;
    } else if (kind == ASLEEP) {
        result = pthread_mutex_lock(mutex);
    } else {
        while ((result = pthread_mutex_trylock(mutex)) == EBUSY)
            ;
    }
    inherited = now();
    if (result != EOWNERDEAD)
        fail("the next owner was not told of the death");
    if (kind != BYTE) {
        pthread_mutex_consistent(mutex);
        pthread_mutex_unlock(mutex);
    }
    return NULL;
}

static int heir_sleeps(void)
{
    char name[64], text[256];

    snprintf(name, sizeof name, "/proc/self/task/%d/stat", heir_number);
    FILE *stat = fopen(name, "r");
    if (stat == NULL)
        return 0;
    size_t length = fread(text, 1, sizeof text - 1, stat);
    fclose(stat);
    text[length] = 0;
    char *state = strrchr(text, ')');
    return state != NULL && state[2] == 'S';
}

static long long kill_one(void)
{
    pthread_t heir;
    pid_t child = start_victim();

    heir_number = 0;
    if (pthread_create(&heir, NULL, inherit, NULL) != 0)
        fail("no thread");
    while (heir_number == 0 || (kind == ASLEEP && !heir_sleeps()))
        pause_nanos(100000);
    pause_nanos(5000000);
    signal(SIGCHLD, SIG_DFL); /* this end is wanted */
    long long start = now();
    kill(child, SIGKILL);
    pthread_join(heir, NULL);
    waitpid(child, NULL, 0);
    if (inherited < start)
        fail("the owner had lost the lock before it was killed");
    return inherited - start;
}

int main(int argc, char **argv)
{
    char line[64];

    if (argc != 3)
        fail("usage: takeover KIND KILLS");
    kind = strcmp(argv[1], "byte") == 0 ? BYTE : strcmp(argv[1], "asleep") == 0 ? ASLEEP : ASKING;
    long kills = atol(argv[2]);
    init();
    setvbuf(stdout, NULL, _IOLBF, 0);
    puts("ready");
    while (fgets(line, sizeof line, stdin) != NULL) {
        long long sum = 0;
        for (long i = 0; i < kills; i++)
            sum += kill_one();
        printf("lap 0 %lld %ld\n", sum, kills);
    }
    return 0;
}
