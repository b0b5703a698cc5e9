#include <fmt/format.h>

#include "base/error.hpp"
#include "base/text.hpp"
#include "cli/catalogue_reference.hpp"
#include "cli/json_values.hpp"
#include "cli/output_kinds.hpp"
#include "cli/run_main.hpp"
#include "cli/table.hpp"
#include "commands.hpp"
#include "prometheus.hpp"
#include "render/job_json.hpp"
#include "source/fault_table.hpp"
#include "store/request_slots.hpp"
#include "worker/retry_policy.hpp"

namespace pressings {

namespace {

using cli::Table;
using nlohmann::ordered_json;
using source::ErrorKind;

void print(const Table& table, const WorkerOptions& options, cli::Output& output) {
    table.print(output, cli::terminal_columns(),
                cli::wants_color(cli::color_choice(options.common)));
}

Table job_table() {
    return Table{{{"JOB", Table::Align::right},
                  {"STATE"},
                  {"QUEUE"},
                  {"ALBUM", Table::Align::right},
                  {"TITLE", Table::Align::left, true},
                  {"TRIES", Table::Align::right},
                  {"RUN AT"},
                  {"ERROR", Table::Align::left, true}}};
}

void add_job(Table& table, const store::JobRecord& job) {
    const std::string mbid = job.mbid ? job.mbid->to_string() : "";
    table.add_row({std::to_string(job.id), std::string{to_string(job.state)}, job.queue,
                   job.album_id ? std::to_string(*job.album_id) : "-", job.title.value_or(mbid),
                   std::to_string(job.attempts), format_time(job.run_at_ms),
                   job.error ? job.error->code + ": " + job.error->message : ""});
}

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
void print_work(const store::QueueStatus& status, cli::Output& output) {
    const store::RecentWork& recent = status.recent;
    if (recent.span_ms > 0) {
        const double minutes = static_cast<double>(recent.span_ms) / 60'000.0;
        output.line(fmt::format(
            "of late:  {:.1f} done a minute, {:.1f} requests a minute; failed {}, retrying {}, "
            "throttled {}, in {}",
            static_cast<double>(recent.done) / minutes,
            static_cast<double>(recent.requests) / minutes, recent.failed, recent.retrying,
            recent.throttled, format_duration(recent.span_ms)));
    }
    const auto left = status.time_to_empty_ms();
    if (status.open() > 0) {
        output.line("to empty: " + (left ? "about " + format_duration(*left)
                                         : std::string{"not known, no job was done of late"}));
    }
}

void print_holds(std::span<const store::RequestSlots::Hold> holds, cli::Output& output) {
    for (const auto& hold : holds) {
        output.line(fmt::format("throttled: {} wants no request for {}", escape_controls(hold.host),
                                format_duration(hold.left_ms)));
    }
}

void print_counts(const store::QueueStatus& status, cli::Output& output) {
    std::string line;
    for (const JobState state : k_job_states) {
        line += fmt::format("{}{} {}", line.empty() ? "" : ", ", to_string(state),
                            count_of(status, state));
    }
    output.line("jobs:     " + line);
    const auto age = status.oldest_due_age_ms;
    output.line(fmt::format("due:      {}{}", status.due,
                            age ? fmt::format(", the oldest for {}", format_duration(*age)) : ""));
    if (!status.failures.empty()) output.line("failures: " + list_of(status.failures));
    print_work(status, output);
    output.line(fmt::format("requests: {}", status.requests));
    output.line(fmt::format("albums:   {}", status.albums));
    output.line(fmt::format("releases: {}", status.releases));
    if (status.oddities > 0) {
        output.line(fmt::format("oddities: {}, see release-catalog oddities", status.oddities));
    }
    if (const auto log_bytes = status.gauge("wal_bytes")) {
        output.line(fmt::format("log:      {:.1f} MB",
                                static_cast<double>(*log_bytes) / (1024.0 * 1024.0)));
    }
    if (!status.paused.empty()) {
        output.line(fmt::format(
            "paused:   {}", escape_controls(fmt::format("{}", fmt::join(status.paused, ", ")))));
    }
}

std::string age_of(const store::JobRecord& job) {
    if (!job.started_at_ms) return "";
    return format_duration(std::max<Millis>(0, system_clock().now_ms() - *job.started_at_ms));
}

void print_status(const store::QueueStatus& status, const WorkerOptions& options,
                  cli::Output& output) {
    if (!status.running.empty()) {
        Table table{{{"RUNNING", Table::Align::right},
                     {"WORKER"},
                     {"TITLE", Table::Align::left, true},
                     {"AGE", Table::Align::right}}};
        for (const auto& job : status.running) {
            table.add_row({std::to_string(job.id), job.worker.value_or(""), job.title.value_or(""),
                           age_of(job)});
        }
        output.line("");
        print(table, options, output);
    }
    if (status.failed_recent.empty()) return;
    output.line("\nfailed last:");
    Table table = job_table();
    for (const auto& job : status.failed_recent)
        add_job(table, job);
    print(table, options, output);
}

}  // namespace

int status_command(const WorkerOptions& options, cli::Output& output) {
    const std::string& file = options.jobs.output;
    if (!file.empty()) {
        cli::refuse_database(options.common, "--output", file);
        cli::refuse_other_kinds(file, cli::k_status_kind);
    }
    const auto status = cli::open_store_to_read(options.common)->jobs().status();
    const auto holds = store::request_holds(cli::database_location(options.common), system_clock());
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
        print_counts(status, output);
        print_holds(holds, output);
        print_status(status, options, output);
    }
    return cli::k_done;
}

int jobs_command(const WorkerOptions& options, cli::Output& output) {
    const auto store = cli::open_store_to_read(options.common);
    store::JobFilter filter;
    if (options.jobs.state) filter.state = parse_job_state(*options.jobs.state);
    filter.queue = options.jobs.queue;
    filter.error_code = options.jobs.code;
    filter.limit = options.jobs.limit;
    if (options.jobs.album) {
        filter.album_id = cli::find_album(store->catalogue(), *options.jobs.album);
    }
    Table table = job_table();
    store->jobs().jobs(filter, [&](const store::JobRecord& job) {
        if (options.common.json) {
            output.json_line(render::job_json(job));
        } else {
            add_job(table, job);
        }
    });
    if (!options.common.json) print(table, options, output);
    return cli::k_done;
}

int explain_retry_command(const WorkerOptions& options, cli::Output& output) {
    const worker::RetryPolicy policy;
    if (options.common.json) {
        ordered_json document{{"max_attempts", policy.max_attempts},
                              {"jitter", policy.jitter},
                              {"wait_ms", ordered_json::array()},
                              {"faults", ordered_json::array()}};
        for (int attempt = 1; attempt < policy.max_attempts; ++attempt) {
            document["wait_ms"].push_back(policy.wait_ms(attempt));
        }
        for (const auto& row : source::fault_table()) {
            document["faults"].push_back({{"condition", row.condition},
                                          {"kind", to_string(row.kind)},
                                          {"code", row.code},
                                          {"explanation", row.explanation},
                                          {"certain", row.kind == ErrorKind::permanent},
                                          {"asked_again", to_string(row.again)},
                                          {"reach", to_string(row.reach)}});
        }
        output.json_line(document);
        return cli::k_done;
    }
    output.line(
        "A transient error spends an attempt; the job waits, then runs again (each wait is "
        "up to a fifth shorter, by chance):");
    for (int attempt = 1; attempt < policy.max_attempts; ++attempt) {
        output.line(fmt::format("  after attempt {}: {}", attempt,
                                format_duration(policy.wait_ms(attempt))));
    }
    output.line(
        fmt::format("  after attempt {}: failed (run --max-attempts)", policy.max_attempts));
    output.line(
        "A throttled request spends none: the job waits as long as the service says, an hour at "
        "most. A permanent error is certain and fails the job at once. Whatever is not listed as "
        "permanent is transient.\n"
        "Nor is an attempt spent while the source fails whatever it is asked: then a run ends, and "
        "a loop holds still for a minute.\n"
        "A source that turns us away (401, 403, 407) is asked no more after the first time: a run "
        "ends, a loop holds still for an hour.\n"
        "Unless run --rate says otherwise, a host is asked once a second, a loopback or private "
        "address 50 times; musicbrainz.org is asked only with a --contact.\n");
    Table table{{{"WHAT HAPPENED"}, {"KIND"}, {"CODE"}, {"MEANING", Table::Align::left, true}}};
    for (const auto& row : source::fault_table()) {
        table.add_row({std::string{row.condition}, std::string{to_string(row.kind)},
                       std::string{row.code}, std::string{row.explanation}});
    }
    print(table, options, output);
    return cli::k_done;
}

}  // namespace pressings
