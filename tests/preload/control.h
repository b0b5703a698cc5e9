/* What a test and the library preloaded into a tool have in common: a file that both map. The test
   says which call is to fail, or that what is written is to be recorded; the tool counts its calls.
   C, for the library must not need anything that it watches. */
#pragma once

#include <stdint.h>

/* The variable that names the file. Without it the library does nothing. */
#define PRELOAD_CONTROL "PRESSINGS_TEST_PRELOAD"

/* Calls that can fail, by what they are for the tool; `memory` is every allocation. */
/* clang-format off */
#define PRELOAD_CALLS(X) \
    X(open) X(events) X(close) X(read) X(write) X(sync) X(truncate) X(map) X(lock) X(setting) \
    X(status) X(unlink) X(rename) X(folder) X(rights) X(copy) X(wait) X(thread) X(memory)
/* clang-format on */

#define PRELOAD_CALL_ENUM(name) preload_##name,
enum preload_call { PRELOAD_CALLS(PRELOAD_CALL_ENUM) preload_calls };
#undef PRELOAD_CALL_ENUM

struct preload_control {
    int32_t failing;               /* which call is to fail, once; -1: none */
    int32_t error;                 /* with this errno */
    int64_t nth;                   /* counted from 1, over all threads */
    int64_t counts[preload_calls]; /* calls so far */
    int64_t loaded_after;          /* allocations before the last library was loaded */
    int32_t failed;                /* whether it came to that */
    int32_t recording;             /* whether changes under `root` go to `log` */
    char root[512];
    char log[512];
};

/* The recording: a header, then its paths and data. Files are known by their inode. */
enum preload_change {
    preload_created = 1, /* path */
    preload_written,     /* offset, data */
    preload_truncated,   /* offset: its size */
    preload_synced,      /* the file, or the folder */
    preload_all_synced,  /* the file system */
    preload_renamed,     /* path, data: its new path */
    preload_exchanged,   /* path, data: the other path */
    preload_linked,      /* path, data: its new path */
    preload_removed,     /* path; a folder as well */
    preload_folder_made, /* path */
    preload_said         /* data: what was written to standard output */
};

struct preload_record {
    uint32_t change;
    uint32_t path_length;
    uint64_t inode;
    int64_t offset;
    uint64_t data_length;
};
