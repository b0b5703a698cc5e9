#include <fmt/format.h>

#include "base/error.hpp"
#include "base/text.hpp"
#include "cli/catalogue_reference.hpp"
#include "cli/json_values.hpp"
#include "cli/run_main.hpp"
#include "cli/table.hpp"
#include "cli/wrap.hpp"
#include "commands.hpp"
#include "job_table.hpp"
#include "render/job_json.hpp"
#include "source/fault_table.hpp"
#include "worker/retry_policy.hpp"

namespace pressings {

namespace {

using cli::Table;
using nlohmann::ordered_json;
using source::ErrorKind;

void print(const Table& table, const WorkerOptions& options, cli::Output& output) {
    table.print(output, cli::screen_of(options.common));
}

ordered_json retry_json(const worker::RetryPolicy& policy) {
    ordered_json document{{"max_attempts", policy.max_attempts},
                          {"jitter", policy.jitter},
                          {"wait_ms", ordered_json::array()},
                          {"faults", ordered_json::array()}};
    for (int attempt = 1; attempt < policy.max_attempts; ++attempt)
        document["wait_ms"].push_back(policy.wait_ms(attempt));
    for (const auto& row : source::fault_table()) {
        document["faults"].push_back({{"condition", row.condition},
                                      {"kind", to_string(row.kind)},
                                      {"code", row.code},
                                      {"explanation", row.explanation},
                                      {"certain", row.kind == ErrorKind::permanent},
                                      {"asked_again", to_string(row.again)},
                                      {"reach", to_string(row.reach)}});
    }
    return document;
}

constexpr const char* k_what_spends_none[] = {
    "A throttled request spends none: the job waits as long as the service says, an hour at most. "
    "A permanent error is certain and fails the job at once. Whatever is not listed as permanent "
    "is transient.",
    "Nor is an attempt spent while the source fails whatever it is asked: then a run ends, and a "
    "loop holds still for a minute.",
    "A source that turns us away (401, 403, 407) is asked no more after the first time: a run "
    "ends, a loop holds still for an hour.",
    "Unless run --rate says otherwise, a host is asked once a second, a loopback or private "
    "address 50 times; musicbrainz.org is asked only with a --contact."};

void print_schedule(const worker::RetryPolicy& policy, const cli::Screen& screen,
                    cli::Output& output) {
    cli::write_wrapped(output, screen,
                       "A transient error spends an attempt; the job waits, then runs again (each "
                       "wait is up to a fifth shorter, by chance):");
    for (int attempt = 1; attempt < policy.max_attempts; ++attempt) {
        output.line(fmt::format("  after attempt {}: {}", attempt,
                                format_duration(policy.wait_ms(attempt))));
    }
    output.line(
        fmt::format("  after attempt {}: failed (run --max-attempts)", policy.max_attempts));
    for (const char* sentence : k_what_spends_none)
        cli::write_wrapped(output, screen, sentence);
    output.line("");
}

}  // namespace

int jobs_command(const WorkerOptions& options, cli::Output& output) {
    const auto store = cli::open_store_to_read(options.common);
    cli::page_if_long(output, options.common);
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
        output.json_line(retry_json(policy));
        return cli::k_done;
    }
    cli::page_if_long(output, options.common);
    print_schedule(policy, cli::screen_of(options.common), output);
    Table table{{{"WHAT HAPPENED"}, {"KIND"}, {"CODE"}, {"MEANING", Table::Align::left, true}}};
    for (const auto& row : source::fault_table()) {
        table.add_row({std::string{row.condition}, std::string{to_string(row.kind)},
                       std::string{row.code}, std::string{row.explanation}});
    }
    print(table, options, output);
    return cli::k_done;
}

}  // namespace pressings
