/* The calls that are watched, but for those that change files (changes.c) and memory (memory.c).
   A macro stands for what all have in common: fail if it is the call's turn, else go on. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <poll.h>
#include <pthread.h>
#include <stdarg.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <time.h>
#include <unistd.h>

#include "preload/preload.h"

#define FORWARD(name, type, parameters, arguments)             \
    static type(*next) parameters;                             \
    if (!next) next = (type(*) parameters)preload_next(#name); \
    return next arguments

#define CALL(kind, failure, type, name, parameters, arguments) \
    type name parameters;                                      \
    type name parameters {                                     \
        if (preload_fails(preload_##kind)) return failure;     \
        FORWARD(name, type, parameters, arguments);            \
    }

CALL(read, -1, ssize_t, read, (int file, void* to, size_t size), (file, to, size))
CALL(read, -1, ssize_t, pread, (int file, void* to, size_t size, off_t at), (file, to, size, at))
CALL(read, -1, ssize_t, pread64, (int file, void* to, size_t size, off64_t at),
     (file, to, size, at))
CALL(read, -1, ssize_t, __read_chk, (int file, void* to, size_t size, size_t room),
     (file, to, size, room))
CALL(read, -1, ssize_t, __pread64_chk, (int file, void* to, size_t size, off64_t at, size_t room),
     (file, to, size, at, room))
CALL(status, -1, ssize_t, readlink, (const char* path, char* to, size_t size), (path, to, size))
CALL(folder, NULL, struct dirent*, readdir, (DIR * folder), (folder))

CALL(status, -1, int, stat, (const char* path, struct stat* to), (path, to))
CALL(status, -1, int, stat64, (const char* path, struct stat64* to), (path, to))
CALL(status, -1, int, lstat, (const char* path, struct stat* to), (path, to))
CALL(status, -1, int, lstat64, (const char* path, struct stat64* to), (path, to))
CALL(status, -1, int, fstat, (int file, struct stat* to), (file, to))
CALL(status, -1, int, fstat64, (int file, struct stat64* to), (file, to))
CALL(status, -1, int, fstatat, (int at, const char* path, struct stat* to, int flags),
     (at, path, to, flags))
CALL(status, -1, int, statfs, (const char* path, struct statfs* to), (path, to))
CALL(status, -1, int, access, (const char* path, int mode), (path, mode))
CALL(status, NULL, char*, getcwd, (char* to, size_t size), (to, size))

CALL(map, MAP_FAILED, void*, mmap,
     (void* where, size_t size, int access, int flags, int file, off_t at),
     (where, size, access, flags, file, at))
CALL(map, MAP_FAILED, void*, mmap64,
     (void* where, size_t size, int access, int flags, int file, off64_t at),
     (where, size, access, flags, file, at))

CALL(open, NULL, DIR*, opendir, (const char* path), (path))
CALL(open, NULL, DIR*, fdopendir, (int file), (file))
CALL(events, -1, int, eventfd, (unsigned int count, int flags), (count, flags))
CALL(events, -1, int, signalfd, (int file, const sigset_t* signals, int flags),
     (file, signals, flags))
CALL(events, -1, int, inotify_init1, (int flags), (flags))
CALL(events, -1, int, inotify_add_watch, (int file, const char* path, uint32_t mask),
     (file, path, mask))
CALL(events, -1, int, socket, (int family, int type, int protocol), (family, type, protocol))

CALL(rights, -1, int, chmod, (const char* path, mode_t mode), (path, mode))
CALL(rights, -1, int, fchmod, (int file, mode_t mode), (file, mode))
CALL(rights, -1, int, fchown, (int file, uid_t owner, gid_t group), (file, owner, group))

CALL(wait, -1, int, poll, (struct pollfd * files, nfds_t count, int timeout),
     (files, count, timeout))
CALL(wait, -1, int, ppoll,
     (struct pollfd * files, nfds_t count, const struct timespec* timeout, const sigset_t* signals),
     (files, count, timeout, signals))
CALL(wait, -1, int, nanosleep, (const struct timespec* time, struct timespec* left), (time, left))

CALL(lock, -1, int, flock, (int file, int operation), (file, operation))

CALL(thread, errno, int, pthread_create,
     (pthread_t * thread, const pthread_attr_t* attributes, void* (*start)(void*), void* argument),
     (thread, attributes, start, argument))

/* A file whose close() fails is closed nevertheless. */
int close(int file) {
    const int fails = preload_fails(preload_close);
    const int error = errno;
    static int (*next)(int);
    if (!next) next = (int (*)(int))preload_next("close");
    const int result = next(file);
    if (!fails) return result;
    errno = error;
    return -1;
}

static enum preload_call kind_of(int command) {
    switch (command) {
        case F_SETLK:
        case F_SETLKW:
        case F_GETLK:
        case F_OFD_SETLK:
        case F_OFD_SETLKW:
        case F_OFD_GETLK:
            return preload_lock;
        default:
            return preload_setting;
    }
}

#define FILE_CONTROL(name)                                             \
    int name(int file, int command, ...) {                             \
        if (preload_fails(kind_of(command))) return -1;                \
        va_list rest;                                                  \
        va_start(rest, command);                                       \
        void* const argument = va_arg(rest, void*);                    \
        va_end(rest);                                                  \
        static int (*next)(int, int, ...);                             \
        if (!next) next = (int (*)(int, int, ...))preload_next(#name); \
        return next(file, command, argument);                          \
    }

FILE_CONTROL(fcntl)
FILE_CONTROL(fcntl64)

int ioctl(int file, unsigned long request, ...) {
    if (preload_fails(preload_setting)) return -1;
    va_list rest;
    va_start(rest, request);
    void* const argument = va_arg(rest, void*);
    va_end(rest);
    if (preload_records() && request == FICLONE) {
        errno = EOPNOTSUPP; /* so that it is copied, which can be recorded */
        return -1;
    }
    static int (*next)(int, unsigned long, ...);
    if (!next) next = (int (*)(int, unsigned long, ...))preload_next("ioctl");
    return next(file, request, argument);
}
