#include "options.hpp"

#include <limits>
#include <utility>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/text.hpp"
#include "cli/command_line.hpp"
#include "domain/mbid.hpp"
#include "source/contact.hpp"
#include "source/release_source.hpp"

namespace pressings {

namespace {

constexpr const char* k_description =
    "Import the releases of the albums in the catalogue: drain the outbox once or in a loop, and\n"
    "look at its jobs and steer them.";

constexpr const char* k_examples =
    "Examples:\n"
    "  release-worker run --contact you@example.org\n"
    "  release-worker run --loop --concurrency 4 --source http://127.0.0.1:5000/ws/2\n"
    "  release-worker run --source file:recorded --json\n"
    "  release-worker probe --contact you@example.org\n"
    "  release-worker status\n"
    "  release-worker jobs --state failed\n"
    "  release-worker show 7\n"
    "  release-worker retry --all-failed\n"
    "  release-worker run-now --all --queue new\n"
    "  release-worker cancel 7 8\n"
    "  release-worker pause --queue new\n"
    "  release-worker resume --queue new\n"
    "  release-worker refresh --older-than 90d\n"
    "  release-worker refresh --all --new-editions\n"
    "  release-worker prune --older-than 30d --state failed\n"
    "  release-worker explain-retry\n"
    "  release-worker check\n"
    "  release-worker backup /backup/catalog.db\n"
    "  release-worker restore /backup/catalog.db\n";

constexpr std::int64_t k_many = 1'000'000'000;
constexpr double k_least_rate = 0.001;
constexpr double k_greatest_rate = 1'000'000;

CLI::Option& declare_ids(CLI::App& command, JobOptions& options, const char* what) {
    return *command.add_option("JOB", options.ids, what)
                ->check(cli::integer_between(0, std::numeric_limits<std::int64_t>::max()));
}

std::string source_fault(const std::string& source) {
    try {
        source::check_source(source);
    } catch (const UsageError& error) {
        return error.what();
    }
    return {};
}

/// How a source is asked, by whatever command.
void declare_source(CLI::App& run, RunOptions& options) {
    run.add_option("--source", options.source,
                   "Where releases come from [default: https://musicbrainz.org/ws/2]; any server "
                   "with the same web service, mirror:FILE made by musicbrainz-mirror, or "
                   "file:FOLDER of recorded responses")
        ->type_name("SOURCE")
        ->check(cli::without_fault(source_fault))
        ->envname("PRESSINGS_SOURCE");
    run.add_option("--rate", options.rate,
                   "Requests a second, of all workers on this database together [default: 50 of a "
                   "loopback or private address, else 1]")
        ->type_name("N")
        ->check(cli::number_between(k_least_rate, k_greatest_rate));
    run.add_option("--egress", options.egress,
                   "The address that requests go out from: only workers of one share its rate")
        ->type_name("NAME")
        ->check(cli::queue_name());
    run.add_option("--timeout", options.timeout, "Deadline of one request [default: 30s]")
        ->type_name("DURATION")
        ->check(cli::duration_from("1ms"));
    run.add_option("--contact", options.contact,
                   "Mail address or URL for the User-Agent; musicbrainz.org is not asked without")
        ->type_name("MAIL|URL")
        ->check(cli::without_fault(source::contact_fault))
        ->envname("PRESSINGS_CONTACT");
    run.add_flag("--genres", options.genres,
                 "Ask for genres too, which are not public domain but CC BY-NC-SA");
}

void declare_strict(CLI::App& run, RunOptions& options) {
    run.add_flag(
        "--strict", options.strict,
        "A release with a value that cannot be read fails its album's job; else it is kept "
        "back, and the others are imported");
}

std::string mbid_fault(const std::string& text) {
    if (Mbid::parse(text)) return {};
    return fmt::format("{} is no MBID; write it like 6e335887-60ba-38f0-95af-fae7774336bf",
                       quote(text));
}

void declare_dry_run(CLI::App& command, JobOptions& options) {
    command.add_flag("--dry-run", options.dry_run, "Say what would be done, write nothing")
        ->configurable(false);
}

void declare_run(CLI::App& app, RunOptions& options, JobOptions& jobs) {
    CLI::App& run = *app.add_subcommand("run", "Drain what is due, then exit");
    run.option_defaults()->configurable(true);
    declare_dry_run(run, jobs);
    declare_source(run, options);
    declare_strict(run, options);
    run.add_flag("--loop", options.loop, "Keep going until SIGTERM or SIGINT");
    run.add_option("--queue", options.queues, "Only this queue (may be repeated)")
        ->type_name("Q")
        ->check(cli::queue_name())
        ->allow_extra_args(false);
    run.add_option("--concurrency", options.concurrency, "Jobs in flight at once [default: 1]")
        ->type_name("N")
        ->check(cli::integer_between(1, 64));
    run.add_option("--max-jobs", options.max_jobs, "Stop taking jobs after this many")
        ->type_name("N")
        ->check(cli::integer_between(0, k_many));
    run.add_option("--max-time", options.max_time, "Stop taking jobs after this long")
        ->type_name("DURATION")
        ->check(cli::duration());
    run.add_option("--poll-interval", options.poll_interval,
                   "With --loop: look at least this often [default: 5s]")
        ->type_name("DURATION")
        ->check(cli::duration_from("100ms"));
    run.add_option("--max-attempts", options.max_attempts,
                   "Attempts before a job fails [default: 10]")
        ->type_name("N")
        ->check(cli::integer_between(1, 1000));
    run.add_option("--lease", options.lease,
                   "A worker that is stopped for longer loses its jobs to others [default: 60s]")
        ->type_name("DURATION")
        ->check(cli::duration_from("1s"));
    run.add_option("--retention", options.retention,
                   "Delete jobs that did not fail this long after they ended; 0: never "
                   "[default: 30d]")
        ->type_name("DURATION")
        ->check(cli::duration());
    run.add_option("--allow-removals", options.allow_removals,
                   "Albums and releases that this run may mark as removed [default: as many as is "
                   "usual in a day; a run that finds more missing stops and asks]")
        ->type_name("N")
        ->configurable(false)
        ->check(cli::integer_between(0, k_many));
    run.add_option("--grace", options.grace,
                   "How long SIGTERM waits for work under way [default: 25s]")
        ->type_name("DURATION")
        ->check(cli::duration());
}

void declare_probe(CLI::App& app, WorkerOptions& options) {
    CLI::App& probe = *app.add_subcommand(
        "probe", "Ask the source for a few albums, and list what it says that nobody knows of");
    probe.option_defaults()->configurable(true);
    declare_source(probe, options.probe.asking);
    probe
        .add_option("MBID", options.probe.albums,
                    "Release groups to ask for; else some of the catalogue, or some that are well "
                    "known")
        ->configurable(false)
        ->check(cli::without_fault(mbid_fault));
}

CLI::Option& declare_queue(CLI::App& command, JobOptions& options) {
    return *command.add_option("--queue", options.queue, "Only this queue")
                ->type_name("Q")
                ->check(cli::queue_name());
}

void declare_looking(CLI::App& app, JobOptions& options) {
    CLI::App& status = *app.add_subcommand("status", "Show what the outbox looks like");
    status.add_flag("--prometheus", options.prometheus,
                    "In the text format of Prometheus (node_exporter's textfile collector)");
    status
        .add_option("--output", options.output,
                    "Write to this file, as JSON unless --prometheus, replacing it as a "
                    "whole")
        ->type_name("FILE");
    status.add_flag("--watch", options.watch, "Show it anew each second until a key is pressed")
        ->configurable(false);
    CLI::App& jobs = *app.add_subcommand("jobs", "List jobs");
    jobs.add_option("--state", options.state, "Only jobs in this state")
        ->type_name("STATE")
        ->check(cli::one_of({"pending", "running", "done", "failed", "cancelled", "superseded"}));
    declare_queue(jobs, options);
    jobs.add_option("--album", options.album, "Only jobs of this album")->type_name("ID|MBID");
    jobs.add_option("--code", options.code, "Only jobs with this error code")->type_name("CODE");
    jobs.add_option("--limit", options.limit, "At most this many; 0: all [default: 100]")
        ->type_name("N")
        ->configurable()
        ->check(cli::integer_between(0, k_many));
    CLI::App& show = *app.add_subcommand("show", "Show one job with every attempt");
    declare_ids(show, options, "Its id").required()->expected(1);
}

void declare_steering(CLI::App& app, JobOptions& options) {
    const auto add = [&](const char* name, const char* what) -> CLI::App& {
        CLI::App& command = *app.add_subcommand(name, what);
        declare_ids(command, options, "Ids of jobs");
        declare_dry_run(command, options);
        return command;
    };
    CLI::App& retry = add("retry", "Make failed or cancelled jobs pending, with fresh attempts");
    retry.add_flag("--all-failed", options.all_failed, "All failed jobs");
    retry.add_option("--code", options.code, "With --all-failed: only with this error code")
        ->type_name("CODE");
    declare_queue(retry, options);
    CLI::App& cancel = add("cancel", "End pending or running jobs; with --all: the pending");
    cancel.add_flag("--all", options.all, "All pending jobs");
    declare_queue(cancel, options);
    CLI::App& run_now = add("run-now", "Make pending jobs due at once");
    run_now.add_flag("--all", options.all, "All pending jobs");
    declare_queue(run_now, options);
    for (const auto& [name, what] :
         {std::pair{"pause", "Let no worker take jobs"}, std::pair{"resume", "Undo pause"}}) {
        CLI::App& command = *app.add_subcommand(name, what);
        declare_queue(command, options);
        declare_dry_run(command, options);
    }
}

void declare_upkeep(CLI::App& app, JobOptions& options) {
    CLI::App& refresh =
        *app.add_subcommand("refresh", "Queue a new import of albums imported long ago");
    refresh.add_option("--older-than", options.older_than, "Last imported longer ago than this")
        ->type_name("DURATION")
        ->check(cli::duration());
    refresh.add_flag("--all", options.all, "Every album");
    refresh.add_flag("--new-editions", options.new_editions,
                     "Ask for 100 albums at once, and import those whose releases differ");
    declare_dry_run(refresh, options);
    CLI::App& prune = *app.add_subcommand("prune", "Delete finished jobs");
    prune.add_option("--older-than", options.older_than, "That ended longer ago than this")
        ->type_name("DURATION")
        ->check(cli::duration())
        ->required();
    prune.add_option("--state", options.state, "Only these [default: all but failed]")
        ->type_name("STATE")
        ->check(cli::one_of({"done", "failed", "cancelled", "superseded"}));
    declare_dry_run(prune, options);
    app.add_subcommand("explain-retry", "Show which error is met how, and when a job runs again");
    app.add_subcommand("check", "Verify the database, and say what to do");
    CLI::App& backup =
        *app.add_subcommand("backup", "Write a consistent copy while everything runs");
    backup.add_option("FILE", options.backup_file, "The copy; must not be there yet")->required();
    declare_dry_run(backup, options);
    CLI::App& restore =
        *app.add_subcommand("restore", "Put a copy in the place of the database, which is kept");
    restore.add_option("FILE", options.backup_file, "The copy, made by backup")->required();
    declare_dry_run(restore, options);
}

}  // namespace

std::optional<WorkerOptions> parse_worker_options(int argc, char** argv) {
    WorkerOptions options;
    CLI::App app{k_description, "release-worker"};
    cli::add_common_options(app, options.common);
    declare_run(app, options.run, options.jobs);
    declare_probe(app, options);
    declare_looking(app, options.jobs);
    declare_steering(app, options.jobs);
    declare_upkeep(app, options.jobs);
    app.require_subcommand(1);
    app.footer(k_examples);
    if (!cli::parse_command_line(app, options.common, argc, argv)) return std::nullopt;
    options.command = app.get_subcommands().front()->get_name();
    return options;
}

}  // namespace pressings
