#include <fmt/format.h>

#include "base/error.hpp"
#include "base/text.hpp"
#include "cli/json_values.hpp"
#include "cli/log.hpp"
#include "cli/run_main.hpp"
#include "commands.hpp"

namespace pressings {

namespace {

using nlohmann::ordered_json;

store::Steering steering_of(const std::string& command) {
    if (command == "cancel") return store::Steering::cancel;
    return command == "run-now" ? store::Steering::run_now : store::Steering::retry;
}

/// The jobs that are meant: those named, or all that the filter takes.
std::vector<std::int64_t> jobs_meant(const WorkerOptions& options, store::JobBook& book) {
    const JobOptions& jobs = options.jobs;
    if (!jobs.all_failed && !jobs.all) {
        if (!jobs.ids.empty()) return jobs.ids;
        throw UsageError(
            fmt::format("{}: which jobs? Name their ids{}", options.command,
                        options.command == "retry" ? ", or say --all-failed" : ", or say --all"));
    }
    if (!jobs.ids.empty()) throw UsageError("name jobs or say all of them, not both");
    store::JobFilter filter;
    filter.state = jobs.all_failed ? JobState::failed : JobState::pending;
    filter.queue = jobs.queue;
    filter.error_code = jobs.code;
    filter.limit = 0;
    std::vector<std::int64_t> ids;
    book.jobs(filter, [&](const store::JobRecord& job) { ids.push_back(job.id); });
    return ids;
}

void report(const WorkerOptions& options, cli::Output& output, const ordered_json& json,
            const std::string& text) {
    if (options.common.json) {
        output.json_line(json);
    } else {
        output.line(text);
    }
}

std::string prefix(const WorkerOptions& options) {
    return options.jobs.dry_run ? "dry run: " : "";
}

}  // namespace

int steer_command(const WorkerOptions& options, cli::Output& output) {
    const auto store = cli::open_store(options.common);
    store::JobBook& book = store->jobs();
    const auto what = steering_of(options.command);
    int status = cli::k_done;
    for (const std::int64_t id : jobs_meant(options, book)) {
        const auto steered = book.steer(id, what, options.jobs.dry_run);
        const auto job = book.job(id);
        if (!steered.done) {
            status = cli::k_part_failed;
            cli::log(cli::LogLevel::warning, steered.refusal);
        }
        const std::string state{job ? to_string(job->state) : "unknown"};
        report(options, output,
               {{"job_id", id},
                {"done", steered.done},
                {"state", job ? ordered_json(state) : ordered_json(nullptr)},
                {"dry_run", options.jobs.dry_run},
                {"refusal", steered.done ? ordered_json(nullptr) : ordered_json(steered.refusal)}},
               fmt::format("{}job {}: {} {}", prefix(options), id, options.command,
                           steered.done ? "done" : "refused"));
    }
    return status;
}

int pause_command(const WorkerOptions& options, cli::Output& output) {
    const auto store = cli::open_store(options.common);
    const std::string queue = options.jobs.queue.value_or("*");
    const bool pausing = options.command == "pause";
    if (pausing) {
        store->jobs().pause(queue);
    } else {
        store->jobs().resume(queue);
    }
    const std::string name = queue == "*" ? "all queues" : "queue " + escape_controls(queue);
    report(options, output, {{"queue", queue}, {"paused", pausing}},
           fmt::format("{}: {}", name, pausing ? "paused" : "resumed"));
    return cli::k_done;
}

int refresh_command(const WorkerOptions& options, cli::Output& output) {
    constexpr int k_batch = 1000;
    if (options.jobs.older_than.empty() && !options.jobs.all) {
        throw UsageError("refresh: say --older-than 30d, or --all");
    }
    store::RefreshFilter filter;
    if (!options.jobs.older_than.empty()) {
        filter.imported_before_ms =
            system_clock().now_ms() - cli::duration_option("--older-than", options.jobs.older_than);
    }
    const auto store = cli::open_store(options.common);
    std::int64_t after_id = 0;
    std::int64_t count = 0;
    while (true) {
        const auto albums =
            store->albums().refresh_albums(filter, after_id, k_batch, options.jobs.dry_run);
        if (albums.empty()) break;
        after_id = *albums.back().album_id;
        count += static_cast<std::int64_t>(albums.size());
    }
    report(options, output, {{"refreshed", count}, {"dry_run", options.jobs.dry_run}},
           fmt::format("{}{} albums queued for a new import", prefix(options), count));
    return cli::k_done;
}

int prune_command(const WorkerOptions& options, cli::Output& output) {
    constexpr int k_batch = 1000;
    const Millis before =
        system_clock().now_ms() - cli::duration_option("--older-than", options.jobs.older_than);
    const auto state =
        options.jobs.state ? parse_job_state(*options.jobs.state) : std::optional<JobState>{};
    const auto store = cli::open_store(options.common);
    std::int64_t count = 0;
    if (options.jobs.dry_run) {
        count = store->jobs().prune(before, state, -1, true);
    } else {
        while (const auto deleted = store->jobs().prune(before, state, k_batch, false)) {
            count += deleted;
        }
    }
    report(options, output, {{"pruned", count}, {"dry_run", options.jobs.dry_run}},
           fmt::format("{}{} jobs deleted", prefix(options), count));
    return cli::k_done;
}

int check_command(const WorkerOptions& options, cli::Output& output) {
    const auto faults = cli::open_store(options.common)->jobs().check();
    if (options.common.json) {
        output.json_line({{"ok", faults.empty()}, {"faults", faults}});
    } else if (faults.empty()) {
        output.line("ok");
    }
    for (const std::string& fault : faults)
        cli::log(cli::LogLevel::error, fault);
    if (faults.empty()) return cli::k_done;
    cli::log(cli::LogLevel::error,
             "make a copy with `release-worker backup FILE`, then restore a good backup or rebuild "
             "with `sqlite3 FILE .recover`");
    return cli::k_surroundings;
}

int backup_command(const WorkerOptions& options, cli::Output& output) {
    const std::string& file = options.jobs.backup_file;
    if (store::exists(file)) {
        throw UsageError(
            fmt::format("backup: {} is there already; name another file", escape_controls(file)));
    }
    cli::open_store(options.common)->jobs().backup(file);
    report(options, output, {{"backup", file}}, "copied to " + escape_controls(file));
    return cli::k_done;
}

}  // namespace pressings
