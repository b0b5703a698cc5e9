/* What the parts of the preloaded library know of each other. */
#pragma once

#include <stddef.h>
#include <sys/types.h>

#include "preload/control.h"

/* Counts the call; whether it is the one that fails, with errno set. */
int preload_fails(enum preload_call call);

/* A library is going to be loaded. */
void preload_note_load(void);

/* Whether changes are recorded. */
int preload_records(void);

/* Around a change and its record, so that the recording has the order in which things happened. */
void preload_begin(void);
void preload_end(void);

/* To be called between the two, after the change. The paths may be relative to the folder `at`. */
void preload_note_file(enum preload_change change, int file, int64_t offset, const void* data,
                       size_t length);
void preload_note_path(enum preload_change change, int at, const char* path, int to_at,
                       const char* to);
/* Where the next write() of the file goes. */
int64_t preload_position(int file);

/* The function behind ours. */
void* preload_next(const char* name);
