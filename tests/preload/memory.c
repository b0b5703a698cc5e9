/* Allocations that fail. What frees is left alone, so that memory is the C library's own. And the
   moment at which a library is loaded, which allocates in ways of its own. */
#include <errno.h>
#include <stddef.h>

#include "preload/preload.h"

void* __libc_malloc(size_t size);
void* __libc_calloc(size_t count, size_t size);
void* __libc_realloc(void* memory, size_t size);
void* __libc_memalign(size_t alignment, size_t size);

void* malloc(size_t size);
void* calloc(size_t count, size_t size);
void* realloc(void* memory, size_t size);
void* memalign(size_t alignment, size_t size);
void* aligned_alloc(size_t alignment, size_t size);
int posix_memalign(void** memory, size_t alignment, size_t size);

void* dlopen(const char* file, int flags);

void* malloc(size_t size) {
    return preload_fails(preload_memory) ? NULL : __libc_malloc(size);
}

void* calloc(size_t count, size_t size) {
    return preload_fails(preload_memory) ? NULL : __libc_calloc(count, size);
}

void* realloc(void* memory, size_t size) {
    return preload_fails(preload_memory) ? NULL : __libc_realloc(memory, size);
}

void* memalign(size_t alignment, size_t size) {
    return preload_fails(preload_memory) ? NULL : __libc_memalign(alignment, size);
}

void* aligned_alloc(size_t alignment, size_t size) {
    return memalign(alignment, size);
}

int posix_memalign(void** memory, size_t alignment, size_t size) {
    void* const found = memalign(alignment, size);
    if (!found) return ENOMEM;
    *memory = found;
    return 0;
}

void* dlopen(const char* file, int flags) {
    typedef void* open_library(const char*, int);
    open_library* const next = (open_library*)preload_next("dlopen");
    preload_note_load();
    return next(file, flags);
}
