#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "cli/common_options.hpp"
#include "store/mode.hpp"

namespace pressings {

/// What `run` can be told.
struct RunOptions {
    std::string source = "https://musicbrainz.org/ws/2";
    std::vector<std::string> queues;
    int concurrency = 1;
    std::optional<std::int64_t> max_jobs;
    std::string max_time;
    bool loop = false;
    std::string poll_interval = "5s";
    std::optional<double> rate;
    std::string egress;
    int max_attempts = 10;
    std::string timeout = "30s";
    std::string grace = "25s";
    std::string contact;
    bool genres = false;
    bool strict = false;
    std::string retention = "30d";
    std::string lease = "60s";
    std::optional<std::int64_t> allow_removals;
};

/// What the commands that look at jobs and steer them can be told.
struct JobOptions {
    std::vector<std::int64_t> ids;
    bool all_failed = false;
    std::optional<std::string> state;
    std::optional<std::string> queue;
    std::optional<std::string> album;
    std::optional<std::string> code;
    std::int64_t limit = 100;
    std::string older_than;
    bool all = false;
    bool new_editions = false;
    bool dry_run = false;
    bool prometheus = false;
    bool watch = false;
    std::string output;
    std::string backup_file;

    store::Mode mode() const { return dry_run ? store::Mode::dry_run : store::Mode::write; }
};

/// What `probe` can be told.
struct ProbeOptions {
    RunOptions asking;  ///< of it, how the source is asked
    std::vector<std::string> albums;
};

struct WorkerOptions {
    cli::CommonOptions common;
    std::string command;
    RunOptions run;
    JobOptions jobs;
    ProbeOptions probe;
};

/// Nothing if help or version was asked for, and printed. UsageError if it is wrong.
std::optional<WorkerOptions> parse_worker_options(int argc, char** argv);

}  // namespace pressings
