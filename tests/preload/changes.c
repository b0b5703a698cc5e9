/* The calls that change files: they can fail, and they are recorded. */
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include "preload/preload.h"

#define NEXT(name, type, parameters) \
    static type(*next) parameters;   \
    if (!next) next = (type(*) parameters)preload_next(#name)

/* A call that returns -1 if it failed; `note` is what is recorded if it did not. */
#define CHANGE(kind, type, name, parameters, arguments, note) \
    type name parameters;                                     \
    type name parameters {                                    \
        if (preload_fails(preload_##kind)) return -1;         \
        NEXT(name, type, parameters);                         \
        if (!preload_records()) return next arguments;        \
        preload_begin();                                      \
        const type result = next arguments;                   \
        if (result != -1) note;                               \
        preload_end();                                        \
        return result;                                        \
    }

#define NOTE_FILE(change, at, data, size) preload_note_file(preload_##change, file, at, data, size)
#define NOTE_PATH(change, at, path) preload_note_path(preload_##change, at, path, 0, NULL)
#define NOTE_PATHS(change, at, from, to_at, to) \
    preload_note_path(preload_##change, at, from, to_at, to)

CHANGE(write, ssize_t, pwrite, (int file, const void* data, size_t size, off_t at),
       (file, data, size, at), NOTE_FILE(written, at, data, (size_t)result))
CHANGE(write, ssize_t, pwrite64, (int file, const void* data, size_t size, off64_t at),
       (file, data, size, at), NOTE_FILE(written, at, data, (size_t)result))
CHANGE(sync, int, fsync, (int file), (file), NOTE_FILE(synced, 0, NULL, 0))
CHANGE(sync, int, fdatasync, (int file), (file), NOTE_FILE(synced, 0, NULL, 0))
CHANGE(sync, int, syncfs, (int file), (file), NOTE_FILE(all_synced, 0, NULL, 0))
CHANGE(truncate, int, ftruncate, (int file, off_t size), (file, size),
       NOTE_FILE(truncated, size, NULL, 0))
CHANGE(truncate, int, ftruncate64, (int file, off64_t size), (file, size),
       NOTE_FILE(truncated, size, NULL, 0))
CHANGE(unlink, int, unlink, (const char* path), (path), NOTE_PATH(removed, AT_FDCWD, path))
CHANGE(unlink, int, unlinkat, (int at, const char* path, int flags), (at, path, flags),
       NOTE_PATH(removed, at, path))
CHANGE(unlink, int, remove, (const char* path), (path), NOTE_PATH(removed, AT_FDCWD, path))
CHANGE(unlink, int, rmdir, (const char* path), (path), NOTE_PATH(removed, AT_FDCWD, path))
CHANGE(folder, int, mkdir, (const char* path, mode_t mode), (path, mode),
       NOTE_PATH(folder_made, AT_FDCWD, path))
CHANGE(folder, int, mkdirat, (int at, const char* path, mode_t mode), (at, path, mode),
       NOTE_PATH(folder_made, at, path))
CHANGE(rename, int, rename, (const char* from, const char* to), (from, to),
       NOTE_PATHS(renamed, AT_FDCWD, from, AT_FDCWD, to))
CHANGE(rename, int, renameat, (int at, const char* from, int to_at, const char* to),
       (at, from, to_at, to), NOTE_PATHS(renamed, at, from, to_at, to))
CHANGE(rename, int, link, (const char* from, const char* to), (from, to),
       NOTE_PATHS(linked, AT_FDCWD, from, AT_FDCWD, to))
CHANGE(rename, int, linkat, (int at, const char* from, int to_at, const char* to, int flags),
       (at, from, to_at, to, flags), NOTE_PATHS(linked, at, from, to_at, to))
CHANGE(rename, int, renameat2,
       (int at, const char* from, int to_at, const char* to, unsigned int flags),
       (at, from, to_at, to, flags),
       preload_note_path(flags& RENAME_EXCHANGE ? preload_exchanged : preload_renamed, at, from,
                         to_at, to))

ssize_t write(int file, const void* data, size_t size) {
    if (preload_fails(preload_write)) return -1;
    NEXT(write, ssize_t, (int, const void*, size_t));
    if (!preload_records()) return next(file, data, size);
    preload_begin();
    const int64_t at = preload_position(file);
    const ssize_t result = next(file, data, size);
    if (result > 0) NOTE_FILE(written, at, data, (size_t)result);
    preload_end();
    return result;
}

static void note_parts(int file, int64_t at, const struct iovec* parts, int count,
                       ssize_t written) {
    for (int i = 0; i < count && written > 0; ++i) {
        const size_t left = (size_t)written;
        const size_t size = parts[i].iov_len < left ? parts[i].iov_len : left;
        NOTE_FILE(written, at, parts[i].iov_base, size);
        at += (int64_t)size;
        written -= (ssize_t)size;
    }
}

ssize_t writev(int file, const struct iovec* parts, int count) {
    if (preload_fails(preload_write)) return -1;
    NEXT(writev, ssize_t, (int, const struct iovec*, int));
    if (!preload_records()) return next(file, parts, count);
    preload_begin();
    const int64_t at = preload_position(file);
    const ssize_t result = next(file, parts, count);
    note_parts(file, at, parts, count, result);
    preload_end();
    return result;
}

/* What was copied is read once more, from where it came. */
static ssize_t copy(int from, int to, size_t size) {
    static char piece[1 << 16];
    preload_begin();
    const int64_t at = preload_position(to);
    ssize_t result = syscall(SYS_read, from, piece, size < sizeof piece ? size : sizeof piece);
    if (result > 0) result = syscall(SYS_write, to, piece, (size_t)result);
    if (result > 0) preload_note_file(preload_written, to, at, piece, (size_t)result);
    preload_end();
    return result;
}

ssize_t copy_file_range(int from, off64_t* from_at, int to, off64_t* to_at, size_t size,
                        unsigned int flags) {
    if (preload_fails(preload_copy)) return -1;
    if (preload_records() && !from_at && !to_at) return copy(from, to, size);
    NEXT(copy_file_range, ssize_t, (int, off64_t*, int, off64_t*, size_t, unsigned int));
    return next(from, from_at, to, to_at, size, flags);
}

ssize_t sendfile(int to, int from, off_t* from_at, size_t size) {
    if (preload_fails(preload_copy)) return -1;
    if (preload_records() && !from_at) return copy(from, to, size);
    NEXT(sendfile, ssize_t, (int, int, off_t*, size_t));
    return next(to, from, from_at, size);
}

static int open_at(int at, const char* path, int flags, mode_t mode) {
    return (int)syscall(SYS_openat, at, path, flags, mode);
}

static int opened(int at, const char* path, int flags, mode_t mode) {
    if (preload_fails(preload_open)) return -1;
    const int changes = flags & (O_CREAT | O_TRUNC);
    if (!preload_records() || !changes) return open_at(at, path, flags, mode);
    preload_begin();
    const int error = errno;
    const int is_new = syscall(SYS_faccessat, at, path, F_OK) != 0;
    errno = error;
    const int file = open_at(at, path, flags, mode);
    if (file >= 0 && is_new) NOTE_PATH(created, at, path);
    if (file >= 0 && !is_new && (flags & O_TRUNC)) NOTE_FILE(truncated, 0, NULL, 0);
    preload_end();
    return file;
}

/* The mode is there only for a file that may be new. */
#define OPENED(at)                                                                  \
    va_list rest;                                                                   \
    va_start(rest, flags);                                                          \
    const mode_t mode = flags & (O_CREAT | __O_TMPFILE) ? va_arg(rest, mode_t) : 0; \
    va_end(rest);                                                                   \
    return opened(at, path, flags, mode)

int open(const char* path, int flags, ...) {
    OPENED(AT_FDCWD);
}

int open64(const char* path, int flags, ...) {
    OPENED(AT_FDCWD);
}

int openat(int at, const char* path, int flags, ...) {
    OPENED(at);
}

int openat64(int at, const char* path, int flags, ...) {
    OPENED(at);
}

int __open_2(const char* path, int flags);
int __open64_2(const char* path, int flags);
int __openat_2(int at, const char* path, int flags);

int __open_2(const char* path, int flags) {
    return opened(AT_FDCWD, path, flags, 0);
}

int __open64_2(const char* path, int flags) {
    return opened(AT_FDCWD, path, flags, 0);
}

int __openat_2(int at, const char* path, int flags) {
    return opened(at, path, flags, 0);
}

/* A stream writes past us, so one that is to be written gets our own way of writing. */
static ssize_t write_stream(void* cookie, const char* data, size_t size) {
    return write((int)(intptr_t)cookie, data, size) < (ssize_t)size ? 0 : (ssize_t)size;
}

static int close_stream(void* cookie) {
    return close((int)(intptr_t)cookie);
}

FILE* fopen(const char* path, const char* mode) {
    NEXT(fopen, FILE*, (const char*, const char*));
    if (mode[0] != 'w') return preload_fails(preload_open) ? NULL : next(path, mode);
    const int exclusive = strchr(mode, 'x') ? O_EXCL : 0;
    const int file =
        opened(AT_FDCWD, path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | exclusive, 0666);
    const cookie_io_functions_t functions = {NULL, write_stream, NULL, close_stream};
    return file < 0 ? NULL : fopencookie((void*)(intptr_t)file, "w", functions);
}
