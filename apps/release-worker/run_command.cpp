#include <array>
#include <functional>
#include <memory>

#include <fmt/format.h>
#include <unistd.h>

#include "base/error.hpp"
#include "base/service_manager.hpp"
#include "base/wake.hpp"
#include "cli/json_values.hpp"
#include "cli/log.hpp"
#include "cli/run_main.hpp"
#include "clock_leap.hpp"
#include "commands.hpp"
#include "run_context.hpp"
#include "run_report.hpp"
#include "source/host.hpp"
#include "source/json/odd_value.hpp"

namespace pressings {

namespace {

constexpr int k_local_group = 256;

/// The name under which this worker's jobs are listed: "host:pid".
std::string worker_name() {
    std::array<char, 256> host{};
    if (::gethostname(host.data(), host.size() - 1) != 0) host[0] = '?';
    return fmt::format("{}:{}", host.data(), ::getpid());
}

worker::DrainOptions drain_options(const RunOptions& options) {
    const bool is_local = !source::host_of(options.source);
    worker::DrainOptions drain;
    drain.queues = options.queues;
    drain.concurrency = options.concurrency;
    // What is at hand at once is worth a group; what has to be waited for is not held up.
    drain.group = is_local ? k_local_group : 1;
    drain.max_jobs = options.max_jobs;
    if (!options.max_time.empty()) {
        drain.max_time_ms = cli::duration_option("--max-time", options.max_time);
    }
    drain.loop = options.loop;
    drain.poll_interval_ms = cli::duration_option("--poll-interval", options.poll_interval);
    drain.grace_ms = cli::duration_option("--grace", options.grace);
    drain.lease_ms = cli::duration_option("--lease", options.lease);
    drain.retry.max_attempts = options.max_attempts;
    // Every request has a deadline: what is silent for much longer than that hangs.
    drain.longest_silence_ms = cli::duration_option("--timeout", options.timeout) + 60'000;
    drain.worker_name = worker_name();
    return drain;
}

/// The catalogue and the source, with what a run has besides.
void open_for_run(const WorkerOptions& options, RunContext& place) {
    open_context(options.common, options.run, source_options(options.run), place);
    RemovalLimit removals;
    removals.allowed = options.run.allow_removals;
    place.store->queue().limit_removals(removals);
    if (options.run.loop) {
        place.changes = store::watch_changes(cli::database_location(options.common));
    }
}

/// Without a contact musicbrainz.org is not asked, so no job may be taken: not one either that gets
/// due in the meantime.
void keep_from_asking(const RunOptions& options, store::Store& store, worker::DrainOptions& drain) {
    if (!lacks_contact(options) || options.max_jobs == 0) return;
    if (store.queue().backlog({options.queues}).due + store.watches().due() > 0) {
        require_contact(options);
    }
    drain.max_jobs = 0;
}

/// Albums with releases that an older reader could not read are asked for again.
void refresh_odd_albums(store::AlbumStore& albums) {
    constexpr int k_most_albums = 1000;
    const int queued = albums.refresh_odd_albums(source::k_reader_version, k_most_albums);
    if (queued == 0) return;
    cli::log(
        cli::LogLevel::info,
        fmt::format("imports queued again, of albums with releases that an older version could "
                    "not read: {}",
                    queued));
}

/// What is watched and due is looked at.
void queue_due_watches(store::WatchList& watches) {
    constexpr int k_most_watches = 1000;
    const int queued = watches.queue_due(k_most_watches);
    if (queued == 0) return;
    cli::log(cli::LogLevel::info,
             fmt::format("watches that are due, and are looked at: {}", queued));
}

/// Bounded chores: old jobs go, what keeps the store from being well is told of.
std::function<void()> upkeep(const WorkerOptions& options, store::Store& store) {
    constexpr int k_most_pruned = 1000;
    constexpr int k_most_indexed = 500;  // a tenth of a second
    const Millis retention = cli::duration_option("--retention", options.run.retention);
    return [&store, &maintenance = store.maintenance(), &albums = store.albums(), retention,
            is_told = false]() mutable {
        refresh_odd_albums(albums);
        queue_due_watches(store.watches());
        const Millis now = maintenance.follow_clock();
        is_told = is_told || warn_of_leap(now);
        maintenance.forget_old_work();
        if (retention > 0)
            maintenance.prune(now - retention, std::nullopt, k_most_pruned, store::Mode::write);
        if (store.catalogue().has_search_index()) maintenance.index_albums(k_most_indexed);
        if (const auto advice = maintenance.advice()) cli::log(cli::LogLevel::warning, *advice);
    };
}

int dry_run(const WorkerOptions& options, cli::Output& output) {
    const auto store = cli::open_store(options.common);
    const auto backlog = store->queue().backlog({options.run.queues});
    const auto watches = store->watches().due();
    cli::tell(
        output, options.common,
        {{"dry_run", true}, {"due", backlog.due}, {"open", backlog.open}, {"watches_due", watches}},
        fmt::format("dry run: jobs that would be taken: {}; open in all: {}{}", backlog.due,
                    backlog.open,
                    watches > 0 ? fmt::format("; watches that are due: {}", watches) : ""));
    return cli::k_done;
}

void tell_of(const store::Recovered& job) {
    const TakenBack& outcome = job.outcome;
    const std::string then = outcome.state == JobState::failed ? "it has failed"
                             : outcome.run_at_ms && *outcome.run_at_ms > system_clock().now_ms()
                                 ? "it waits until " + format_time(*outcome.run_at_ms)
                                 : "it is taken over";
    cli::log(cli::LogLevel::warning,
             fmt::format("job {}: {}; {}", job.job_id, outcome.error.message, then));
}

/// A loop goes on by itself when the source is well again, but somebody may have to see to that.
void tell_of_outage(const worker::Outage& outage) {
    const Millis until_ms = system_clock().now_ms() + outage.hold_ms;
    cli::log(cli::LogLevel::warning,
             fmt::format("holding still until {}: {}", format_time(until_ms), outage_text(outage)));
}

/// Tells the service manager of each second in which the worker gets on.
std::function<void()> show_life(ServiceManager& manager, const DrainCounts& counts) {
    if (!manager.is_there()) return {};
    return [&manager, &counts] {
        manager.alive();
        manager.status(fmt::format("done {}, failed {}", counts.done, counts.failed));
    };
}

}  // namespace

int run_command(const WorkerOptions& options, cli::Output& output) {
    if (options.jobs.dry_run) return dry_run(options, output);
    if (options.run.loop) require_contact(options.run);
    SignalEvents signals;
    ServiceManager manager;
    auto drain = drain_options(options.run);
    RunContext place;
    open_for_run(options, place);
    keep_from_asking(options.run, *place.store, drain);
    drain.upkeep = upkeep(options, *place.store);
    drain.recovered = tell_of;
    drain.held = tell_of_outage;
    refresh_odd_albums(place.store->albums());
    queue_due_watches(place.store->watches());
    if (place.gate && drain.max_time_ms) {
        place.gate->give_up_at(system_clock().steady_ms() + *drain.max_time_ms);
    }
    const bool bar =
        !options.run.loop && !options.common.quiet && options.common.log_format == "text";
    const auto due = bar ? place.store->queue().backlog({options.run.queues}).due : 0;
    cli::Progress progress{bar, due, system_clock()};
    RunReport report{output, cli::audience_of(options.common), progress, options.run.source};
    drain.on_alive = show_life(manager, report.counts());
    worker::Drain worker{place.store->queue(), *place.source, system_clock(),
                         place.heartbeat,      drain,         &signals,
                         place.changes.get()};
    manager.ready();
    const auto summary =
        worker.run([&](const worker::AttemptReport& attempt) { report.add(attempt); });
    manager.stopping();
    return report.finish(summary);
}

}  // namespace pressings
