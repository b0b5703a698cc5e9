/* Writes down each change of a file, in the order in which they happen, over all processes. */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include "preload/preload.h"

extern struct preload_control* preload_shared;

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static int log_file = -1;
static int saved_error;

int preload_records(void) {
    return preload_shared && preload_shared->recording;
}

void preload_begin(void) {
    pthread_mutex_lock(&mutex);
    if (log_file < 0) {
        log_file = (int)syscall(SYS_openat, AT_FDCWD, preload_shared->log,
                                O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    }
    syscall(SYS_flock, log_file, LOCK_EX);
}

void preload_end(void) {
    saved_error = errno;
    syscall(SYS_flock, log_file, LOCK_UN);
    errno = saved_error;
    pthread_mutex_unlock(&mutex);
}

static void put(struct preload_record record, const char* path, const void* data) {
    struct iovec parts[] = {{&record, sizeof record},
                            {(void*)path, record.path_length},
                            {(void*)data, record.data_length}};
    const int error = errno;
    syscall(SYS_writev, log_file, parts, 3);
    errno = error;
}

int64_t preload_position(int file) {
    const long flags = syscall(SYS_fcntl, file, F_GETFL);
    return syscall(SYS_lseek, file, 0L, flags & O_APPEND ? SEEK_END : SEEK_CUR);
}

void preload_note_file(enum preload_change change, int file, int64_t offset, const void* data,
                       size_t length) {
    struct stat status;
    if (syscall(SYS_newfstatat, file, "", &status, AT_EMPTY_PATH) != 0) return;
    const int said = change == preload_written && file == STDOUT_FILENO;
    const struct preload_record record = {said ? preload_said : change, 0, status.st_ino, offset,
                                          length};
    if (said || S_ISREG(status.st_mode) || S_ISDIR(status.st_mode)) put(record, "", data);
}

/* The whole path, if it is under the root; the folders in front of it are taken as they are. */
static int whole(int at, const char* path, char* result) {
    char folder[PATH_MAX] = "";
    char link[64];
    if (path[0] != '/') {
        snprintf(link, sizeof link, at == AT_FDCWD ? "/proc/self/cwd" : "/proc/self/fd/%d", at);
        const long size = syscall(SYS_readlinkat, AT_FDCWD, link, folder, sizeof folder - 1);
        if (size < 0) return 0;
        folder[size] = '\0';
        strcat(folder, "/");
    }
    if (snprintf(result, PATH_MAX, "%s%s", folder, path) >= PATH_MAX) return 0;
    return strncmp(result, preload_shared->root, strlen(preload_shared->root)) == 0;
}

void preload_note_path(enum preload_change change, int at, const char* path, int to_at,
                       const char* to) {
    static char first[PATH_MAX];
    static char second[PATH_MAX] = "";
    struct stat status = {0};
    if (!whole(at, path, first)) return;
    if (to && !whole(to_at, to, second)) return;
    const int error = errno;
    syscall(SYS_newfstatat, AT_FDCWD, to ? second : first, &status, AT_SYMLINK_NOFOLLOW);
    errno = error;
    const struct preload_record record = {change, (uint32_t)strlen(first), status.st_ino, 0,
                                          to ? strlen(second) : 0};
    put(record, first, second);
}
