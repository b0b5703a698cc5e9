// One job, with all that is known of it.
#include <algorithm>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/text.hpp"
#include "cli/json_values.hpp"
#include "cli/run_main.hpp"
#include "cli/table.hpp"
#include "cli/wrap.hpp"
#include "commands.hpp"
#include "render/catalogue_json.hpp"
#include "render/catalogue_text.hpp"
#include "render/job_json.hpp"

namespace pressings {

namespace {

using cli::Table;

void print(const Table& table, const WorkerOptions& options, cli::Output& output) {
    output.line("");
    table.print(output, cli::screen_of(options.common));
}

void print_facts(const store::JobRecord& job, const cli::Screen& screen, cli::Output& output) {
    constexpr std::size_t k_indent = 10;
    const auto write = [&](const std::string& text) {
        cli::write_wrapped(output, screen, escape_controls(text), k_indent);
    };
    const bool superseded = job.state == JobState::superseded;
    write(fmt::format("job {}, {}, {}{}", job.id, job.kind, to_string(job.state),
                      superseded ? ": a later job has imported its album" : ""));
    const std::string name = job.title ? fmt::format("{}{}{}", job.artist.value_or(""),
                                                     job.artist ? ": " : "", *job.title)
                                       : "";
    write(fmt::format("album:    {} {} {}", job.album_id ? std::to_string(*job.album_id) : "-",
                      job.mbid ? job.mbid->to_string() : "", name));
    std::vector<std::string> known_by;
    for (const Identifier& identifier : job.identifiers)
        known_by.push_back(described(identifier));
    if (!known_by.empty()) write(fmt::format("known by: {}", fmt::join(known_by, ", ")));
    write(fmt::format("queue:    {}, priority {}", job.queue, job.priority));
    write(fmt::format("run at:   {}", format_time(job.run_at_ms)));
    write(fmt::format("attempts: {}", job.attempts));
    if (job.error) write(fmt::format("error:    {}: {}", job.error->code, job.error->message));
}

void print_attempts(const std::vector<store::AttemptRecord>& attempts, const WorkerOptions& options,
                    cli::Output& output) {
    Table table{{{"TRY", Table::Align::right},
                 {"STARTED"},
                 {"TOOK", Table::Align::right, false, 5},
                 {"WORKER", Table::Align::left, false, 2},
                 {"OUTCOME"},
                 {"REQUESTS", Table::Align::right, false, 3},
                 {"RELEASES", Table::Align::right, false, 4},
                 {"ERROR", Table::Align::left, true}}};
    for (const auto& attempt : attempts) {
        const auto took = attempt.finished_at_ms
                              ? format_duration(std::max<Millis>(
                                    0, *attempt.finished_at_ms - attempt.started_at_ms))
                              : "";
        table.add_row({std::to_string(attempt.attempt), format_time(attempt.started_at_ms), took,
                       attempt.worker, std::string{to_string(attempt.outcome)},
                       std::to_string(attempt.requests), std::to_string(attempt.releases),
                       attempt.error ? in_one_line(*attempt.error) : ""});
    }
    print(table, options, output);
}

std::string types_of(const Candidate& candidate) {
    std::vector<std::string> types = candidate.secondary_types;
    types.insert(types.begin(), candidate.primary_type.value_or("-"));
    return fmt::format("{}", fmt::join(types, " + "));
}

/// What the album may be, and what to type once one of them was chosen.
void print_candidates(const std::vector<Candidate>& candidates, std::int64_t album_id,
                      const WorkerOptions& options, cli::Output& output) {
    Table table{{{"MBID"},
                 {"TITLE", Table::Align::left, true},
                 {"ARTIST", Table::Align::left, true},
                 {"FIRST RELEASED"},
                 {"TYPE"},
                 {"SCORE", Table::Align::right},
                 {"NOTE", Table::Align::left, true}}};
    for (const Candidate& candidate : candidates) {
        table.add_row(
            {candidate.mbid.to_string(), candidate.title, candidate.artist,
             candidate.first_release_date ? candidate.first_release_date->to_string() : "",
             types_of(candidate), candidate.score ? std::to_string(*candidate.score) : "",
             candidate.disambiguation.value_or("")});
    }
    print(table, options, output);
    output.line("\nIf one of them is the album, say which, by its MBID:");
    output.line("  " +
                escape_controls(render::settle_command(options.common.db, album_id, "MBID")));
}

void print_oddities(const std::vector<store::OddityRecord>& oddities, const cli::Screen& screen,
                    cli::Output& output) {
    output.line("\nkept back at the album's last import:");
    for (const auto& record : oddities)
        render::print_oddity(record, screen, output);
}

std::vector<store::OddityRecord> oddities_of(store::Store& store, const store::JobRecord& job) {
    std::vector<store::OddityRecord> oddities;
    if (!job.album_id) return oddities;
    store.catalogue().oddities({job.album_id, 0},
                               [&](const auto& record) { oddities.push_back(record); });
    return oddities;
}

}  // namespace

int show_command(const WorkerOptions& options, cli::Output& output) {
    const auto store = cli::open_store_to_read(options.common);
    cli::page_if_long(output, options.common);
    const std::int64_t id = options.jobs.ids.front();
    const auto job = store->jobs().job(id);
    if (!job) throw UsageError(fmt::format("there is no job {}; see release-worker jobs", id));
    const auto attempts = store->jobs().attempts(id);
    const auto candidates = store->jobs().candidates(id);
    const auto oddities = oddities_of(*store, *job);
    if (options.common.json) {
        auto json = render::job_json(*job, attempts, candidates, options.common.db);
        json["oddities"] = render::oddities_json(oddities);
        output.json_line(json);
        return cli::k_done;
    }
    const cli::Screen screen = cli::screen_of(options.common);
    print_facts(*job, screen, output);
    if (!attempts.empty()) print_attempts(attempts, options, output);
    if (!candidates.empty() && job->album_id) {
        print_candidates(candidates, *job->album_id, options, output);
    }
    if (!oddities.empty()) print_oddities(oddities, screen, output);
    return cli::k_done;
}

}  // namespace pressings
