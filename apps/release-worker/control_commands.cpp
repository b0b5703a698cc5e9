#include <algorithm>
#include <span>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/text.hpp"
#include "cli/audience.hpp"
#include "cli/json_values.hpp"
#include "cli/log.hpp"
#include "cli/run_main.hpp"
#include "cli/version.hpp"
#include "cli/wrap.hpp"
#include "clock_leap.hpp"
#include "commands.hpp"
#include "domain/new_editions.hpp"
#include "store/engine.hpp"

namespace pressings {

namespace {

using nlohmann::ordered_json;

store::JobAction steering_of(const std::string& command) {
    if (command == "cancel") return store::JobAction::cancel;
    return command == "run-now" ? store::JobAction::run_now : store::JobAction::retry;
}

/// The jobs that are meant: those named, or all that the filter takes.
std::vector<std::int64_t> jobs_meant(const WorkerOptions& options, store::JobInspector& inspector) {
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
    inspector.jobs(filter, [&](const store::JobRecord& job) { ids.push_back(job.id); });
    return ids;
}

std::string prefix(const WorkerOptions& options) {
    return options.jobs.dry_run ? "dry run: " : "";
}

void report_steered(const WorkerOptions& options, cli::Output& output, std::int64_t job_id,
                    const store::JobControl::ActionResult& applied) {
    const auto state =
        applied.state ? ordered_json(to_string(*applied.state)) : ordered_json(nullptr);
    cli::tell(output, options.common,
              {{"job_id", job_id},
               {"done", applied.done},
               {"state", state},
               {"dry_run", options.jobs.dry_run},
               {"refusal", applied.done ? ordered_json(nullptr) : ordered_json(applied.refusal)}},
              fmt::format("{}job {}: {} {}", prefix(options), job_id, options.command,
                          applied.done ? "done" : "refused"));
}

}  // namespace

int steer_command(const WorkerOptions& options, cli::Output& output) {
    constexpr std::size_t k_batch = 1000;
    const auto store = cli::open_store(options.common);
    const auto what = steering_of(options.command);
    const auto ids = jobs_meant(options, store->jobs());
    int status = cli::k_done;
    for (std::size_t at = 0; at < ids.size(); at += k_batch) {
        const auto batch = std::span{ids}.subspan(at, std::min(k_batch, ids.size() - at));
        const auto applied = store->control().apply(batch, what, options.jobs.mode());
        for (std::size_t i = 0; i < batch.size(); ++i) {
            if (!applied[i].done) {
                status = cli::k_part_failed;
                cli::log(cli::LogLevel::warning, applied[i].refusal);
            }
            report_steered(options, output, batch[i], applied[i]);
        }
    }
    return status;
}

int pause_command(const WorkerOptions& options, cli::Output& output) {
    const auto store = cli::open_store(options.common);
    const std::string queue = options.jobs.queue.value_or("*");
    const bool pausing = options.command == "pause";
    if (!options.jobs.dry_run) {
        if (pausing) {
            store->control().pause(queue);
        } else {
            store->control().resume(queue);
        }
    }
    const std::string name = queue == "*" ? "all queues" : "queue " + escape_controls(queue);
    cli::tell(output, options.common,
              {{"queue", queue}, {"paused", pausing}, {"dry_run", options.jobs.dry_run}},
              fmt::format("{}{}: {}", prefix(options), name, pausing ? "paused" : "resumed"));
    return cli::k_done;
}

int refresh_command(const WorkerOptions& options, cli::Output& output) {
    constexpr int k_batch = 1000;
    constexpr int k_watched_batch = 10'000;
    if (options.jobs.older_than.empty() && !options.jobs.all) {
        throw UsageError("refresh: say --older-than 30d, or --all");
    }
    store::RefreshFilter filter;
    if (!options.jobs.older_than.empty()) {
        filter.imported_before_ms =
            system_clock().now_ms() - cli::duration_option("--older-than", options.jobs.older_than);
    }
    if (options.jobs.new_editions) filter.kind = JobKind::new_editions;
    const int batch = options.jobs.new_editions ? k_watched_batch : k_batch;
    const auto store = cli::open_store(options.common);
    std::int64_t after_id = 0;
    std::int64_t count = 0;
    while (true) {
        const auto albums =
            store->albums().refresh_albums(filter, after_id, batch, options.jobs.mode());
        if (albums.empty()) break;
        after_id = *albums.back().album_id;
        count += static_cast<std::int64_t>(albums.size());
    }
    if (options.jobs.new_editions) {
        const std::size_t jobs = jobs_to_watch(static_cast<std::size_t>(count));
        cli::tell(output, options.common,
                  {{"watched", count}, {"jobs", jobs}, {"dry_run", options.jobs.dry_run}},
                  fmt::format("{}{} albums queued to be asked for, in {} jobs", prefix(options),
                              count, jobs));
        return cli::k_done;
    }
    cli::tell(output, options.common, {{"refreshed", count}, {"dry_run", options.jobs.dry_run}},
              fmt::format("{}{} albums queued for a new import", prefix(options), count));
    return cli::k_done;
}

int prune_command(const WorkerOptions& options, cli::Output& output) {
    constexpr int k_batch = 1000;
    const Millis age = cli::duration_option("--older-than", options.jobs.older_than);
    const auto state =
        options.jobs.state ? parse_job_state(*options.jobs.state) : std::optional<JobState>{};
    const auto store = cli::open_store(options.common);
    const Millis now = options.jobs.dry_run ? store->maintenance().believed_now_ms()
                                            : store->maintenance().follow_clock();
    warn_of_leap(now);
    const Millis before = now - age;
    std::int64_t count = 0;
    if (options.jobs.dry_run) {
        count = store->maintenance().prune(before, state, -1, store::Mode::dry_run);
    } else {
        while (const auto deleted =
                   store->maintenance().prune(before, state, k_batch, store::Mode::write)) {
            count += deleted;
        }
    }
    cli::tell(output, options.common, {{"pruned", count}, {"dry_run", options.jobs.dry_run}},
              fmt::format("{}{} jobs deleted", prefix(options), count));
    return cli::k_done;
}

int check_command(const WorkerOptions& options, cli::Output& output) {
    const auto found = cli::open_store_to_read(options.common)->maintenance().check();
    std::vector<std::string> faults;
    std::vector<std::string> remedies;
    for (const auto& fault : found.faults) {
        faults.push_back(fault.what);
        const bool known =
            std::find(remedies.begin(), remedies.end(), fault.remedy) != remedies.end();
        if (!known) remedies.push_back(fault.remedy);
    }
    std::vector<std::string> notes = found.notes;
    const auto linked_in = store::engine();
    if (linked_in.note && found.engine == linked_in.name) notes.push_back(*linked_in.note);
    if (options.common.json) {
        output.json_line({{"ok", faults.empty()},
                          {"faults", faults},
                          {"remedies", remedies},
                          {"notes", notes},
                          {"versions",
                           {{"pressings", cli::k_version},
                            {"schema", found.schema},
                            {ascii_lower(found.engine), found.engine_version}}}});
    } else if (faults.empty() && !options.common.quiet) {
        output.line(
            fmt::format("ok (schema {}, {} {})", found.schema, found.engine, found.engine_version));
        for (const std::string& note : notes)
            cli::write_wrapped(output, cli::screen_of(options.common), "note: " + note);
    }
    for (const std::string& fault : faults)
        cli::log(cli::LogLevel::error, fault);
    for (const std::string& remedy : remedies)
        cli::log(cli::LogLevel::error, "what to do: " + remedy);
    return faults.empty() ? cli::k_done : cli::k_environment;
}

}  // namespace pressings
