/* Counts calls and says which is to fail; only while main runs, for nobody can answer for less. */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "preload/preload.h"

struct preload_control* preload_shared = 0;
static int in_main = 0;

void* preload_next(const char* name) {
    return dlsym(RTLD_NEXT, name);
}

int preload_fails(enum preload_call call) {
    struct preload_control* const shared = preload_shared;
    if (!shared || !__atomic_load_n(&in_main, __ATOMIC_RELAXED)) return 0;
    const int64_t number = __atomic_add_fetch(&shared->counts[call], 1, __ATOMIC_RELAXED);
    if (shared->failing != (int32_t)call || shared->nth != number) return 0;
    shared->failed = 1;
    errno = shared->error;
    return 1;
}

void preload_note_load(void) {
    struct preload_control* const shared = preload_shared;
    if (!shared || !__atomic_load_n(&in_main, __ATOMIC_RELAXED)) return;
    shared->loaded_after = __atomic_load_n(&shared->counts[preload_memory], __ATOMIC_RELAXED);
}

static void map_control(void) {
    const char* const path = getenv(PRELOAD_CONTROL);
    if (!path) return;
    const int file = (int)syscall(SYS_openat, AT_FDCWD, path, O_RDWR | O_CLOEXEC);
    if (file < 0) return;
    const long mapped = syscall(SYS_mmap, 0, sizeof(struct preload_control),
                                3 /* PROT_READ | PROT_WRITE */, 1 /* MAP_SHARED */, file, 0L);
    syscall(SYS_close, file);
    if (mapped > 0) preload_shared = (struct preload_control*)mapped;
}

typedef int main_function(int, char**, char**);
static main_function* real_main;

static int watched_main(int argc, char** argv, char** environment) {
    map_control();
    in_main = 1;
    const int status = real_main(argc, argv, environment);
    in_main = 0;
    return status;
}

int __libc_start_main(main_function* main, int argc, char** argv, void (*init)(void),
                      void (*fini)(void), void (*rtld_fini)(void), void* stack_end);

int __libc_start_main(main_function* main, int argc, char** argv, void (*init)(void),
                      void (*fini)(void), void (*rtld_fini)(void), void* stack_end) {
    typedef int start(main_function*, int, char**, void (*)(void), void (*)(void), void (*)(void),
                      void*);
    real_main = main;
    start* const next = (start*)preload_next("__libc_start_main");
    return next(watched_main, argc, argv, init, fini, rtld_fini, stack_end);
}
