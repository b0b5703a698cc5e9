#include <span>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/text.hpp"
#include "cli/json_values.hpp"
#include "cli/live_screen.hpp"
#include "cli/output_kinds.hpp"
#include "cli/run_main.hpp"
#include "cli/wrap.hpp"
#include "commands.hpp"
#include "job_table.hpp"
#include "prometheus.hpp"
#include "render/job_json.hpp"
#include "store/request_slots.hpp"

namespace pressings {

namespace {

using cli::Table;
using Holds = std::span<const store::RequestSlots::Hold>;

/// Where the status is written.
struct Page {
    cli::Output& output;
    cli::Screen screen;

    /// "jobs:     ...", with what goes on in further lines below what goes on.
    void fact(const std::string& text) const {
        constexpr std::size_t k_indent = 10;
        cli::write_wrapped(output, screen, text, k_indent);
    }
};

std::int64_t count_of(const store::QueueStatus& status, JobState state) {
    std::int64_t jobs = 0;
    for (const auto& count : status.counts)
        jobs += count.state == state ? count.jobs : 0;
    return jobs;
}

std::string list_of(const std::vector<store::CountByName>& counts) {
    std::string list;
    for (const auto& count : counts) {
        list += fmt::format("{}{} {}", list.empty() ? "" : ", ", escape_controls(count.name),
                            count.count);
    }
    return list;
}

/// What was done of late, and how long the rest takes.
void print_work(const store::QueueStatus& status, const Page& page) {
    const store::RecentWork& recent = status.recent;
    if (recent.span_ms > 0) {
        const double minutes = static_cast<double>(recent.span_ms) / 60'000.0;
        page.fact(fmt::format(
            "of late:  {:.1f} done a minute, {:.1f} requests a minute; failed {}, retrying {}, "
            "throttled {}, in {}",
            static_cast<double>(recent.done) / minutes,
            static_cast<double>(recent.requests) / minutes, recent.failed, recent.retrying,
            recent.throttled, format_duration(recent.span_ms)));
    }
    const auto left = status.time_to_empty_ms();
    if (status.open() > 0) {
        page.fact("to empty: " + (left ? "about " + format_duration(*left)
                                       : std::string{"not known, no job was done of late"}));
    }
}

void print_holds(Holds holds, const Page& page) {
    for (const auto& hold : holds) {
        page.fact(fmt::format("throttled: {} wants no request for {}", escape_controls(hold.host),
                              format_duration(hold.left_ms)));
    }
}

void print_watches(const store::WatchCounts& watches, const Page& page) {
    if (watches.total == 0) return;
    std::string text = fmt::format("watches:  {}", watches.total);
    if (watches.due > 0) text += fmt::format(", {} due", watches.due);
    if (watches.gone > 0) {
        text += fmt::format(", {} that MusicBrainz does not know, see album-import --watches",
                            watches.gone);
    }
    page.fact(text);
}

void print_counts(const store::QueueStatus& status, const Page& page) {
    std::string line;
    for (const JobState state : k_job_states) {
        line += fmt::format("{}{} {}", line.empty() ? "" : ", ", to_string(state),
                            count_of(status, state));
    }
    page.fact("jobs:     " + line);
    const auto age = status.oldest_due_age_ms;
    page.fact(fmt::format("due:      {}{}", status.due,
                          age ? fmt::format(", the oldest for {}", format_duration(*age)) : ""));
    if (!status.failures.empty()) page.fact("failures: " + list_of(status.failures));
    print_work(status, page);
    page.fact(fmt::format("requests: {}", status.requests));
    page.fact(fmt::format("albums:   {}", status.albums));
    page.fact(fmt::format("releases: {}", status.releases));
    print_watches(status.watches, page);
    if (status.oddities > 0) {
        page.fact(fmt::format("oddities: {}, see release-catalog oddities", status.oddities));
    }
    if (const auto log_bytes = status.gauge("wal_bytes")) {
        page.fact(fmt::format("log:      {:.1f} MB",
                              static_cast<double>(*log_bytes) / (1024.0 * 1024.0)));
    }
    if (!status.paused.empty()) {
        page.fact(fmt::format("paused:   {}",
                              escape_controls(fmt::format("{}", fmt::join(status.paused, ", ")))));
    }
}

std::string age_of(const store::JobRecord& job) {
    if (!job.started_at_ms) return "";
    return format_duration(std::max<Millis>(0, system_clock().now_ms() - *job.started_at_ms));
}

void print_status(const store::QueueStatus& status, const Page& page) {
    if (!status.running.empty()) {
        Table table{{{"RUNNING", Table::Align::right},
                     {"WORKER"},
                     {"TITLE", Table::Align::left, true},
                     {"AGE", Table::Align::right}}};
        for (const auto& job : status.running) {
            table.add_row({std::to_string(job.id), job.worker.value_or(""), job.title.value_or(""),
                           age_of(job)});
        }
        page.output.line("");
        table.print(page.output, page.screen);
    }
    if (status.failed_recent.empty()) return;
    page.output.line("\nfailed last:");
    Table table = job_table();
    for (const auto& job : status.failed_recent)
        add_job(table, job);
    table.print(page.output, page.screen);
}

void print_all(const store::QueueStatus& status, Holds holds, const WorkerOptions& options,
               cli::Output& output) {
    // A frame in place of others has no colours: its lines are cut to the terminal's width.
    Page page{output, cli::screen_of(options.common)};
    page.screen.color = page.screen.color && !options.jobs.watch;
    print_counts(status, page);
    print_holds(holds, page);
    print_status(status, page);
}

/// Until a key is pressed; then the last of it stays in the terminal.
int watch(const WorkerOptions& options, cli::Output& output) {
    constexpr Millis k_interval_ms = 1000;
    if (options.common.json || options.jobs.prometheus || !options.jobs.output.empty()) {
        throw UsageError("--watch is for people: it goes with no --json, --prometheus or --output");
    }
    const auto store = cli::open_store_to_read(options.common);
    cli::Output frame = cli::Output::in_memory();
    std::string shown;
    {
        cli::LiveScreen screen{"--watch"};
        do {
            const auto holds =
                store::request_holds(cli::database_location(options.common),
                                     cli::store_options(options.common), system_clock());
            print_all(store->jobs().status(), holds, options, frame);
            shown = frame.take();
            screen.show(
                fmt::format("{}  (any key ends)\n{}", format_time(system_clock().now_ms()), shown));
        } while (screen.wait(k_interval_ms));
    }
    output.write(shown);
    return cli::k_done;
}

}  // namespace

int status_command(const WorkerOptions& options, cli::Output& output) {
    const std::string& file = options.jobs.output;
    if (!file.empty()) {
        cli::refuse_database(options.common, "--output", file);
        cli::refuse_other_kinds(file, cli::k_status_kind);
    }
    if (options.jobs.watch) return watch(options, output);
    const auto status = cli::open_store_to_read(options.common)->jobs().status();
    const auto holds = store::request_holds(cli::database_location(options.common),
                                            cli::store_options(options.common), system_clock());
    if (!file.empty()) {
        const std::string text = options.jobs.prometheus
                                     ? prometheus_text(status, holds)
                                     : cli::json_text(render::status_json(status, holds)) + "\n";
        cli::OutputFile written{file, cli::k_status_kind};
        written.output().write(text);
        written.keep();
    } else if (options.jobs.prometheus) {
        output.write(prometheus_text(status, holds));
    } else if (options.common.json) {
        output.json_line(render::status_json(status, holds));
    } else {
        print_all(status, holds, options, output);
    }
    return cli::k_done;
}

}  // namespace pressings
