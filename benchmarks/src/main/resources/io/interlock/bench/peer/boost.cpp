// The recursive mutex of Boost.Interprocess, taken and given back by one process.
//
// boost OPERATIONS
//
// Says "ready", and for each line on standard input does a round and says "lap START END OPERATIONS".
#include <boost/interprocess/sync/interprocess_recursive_mutex.hpp>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <new>
#include <sys/mman.h>

static long long now()
{
    timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000000000LL + t.tv_nsec;
}

int main(int argc, char **argv)
{
    char line[64];
    if (argc != 2)
        return 1;
    long times = std::atol(argv[1]);
    void *memory = mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    auto *mutex = new (memory) boost::interprocess::interprocess_recursive_mutex;
    std::setvbuf(stdout, nullptr, _IOLBF, 0);
    std::puts("ready");
    while (std::fgets(line, sizeof line, stdin) != nullptr) {
        long long start = now();
        for (long i = 0; i < times; i++) {
            mutex->lock();
            mutex->unlock();
        }
        std::printf("lap %lld %lld %ld\n", start, now(), times);
    }
    return 0;
}
