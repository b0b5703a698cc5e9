#include "run_report.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/text.hpp"
#include "cli/json_values.hpp"
#include "cli/log.hpp"
#include "cli/run_main.hpp"
#include "render/job_json.hpp"

namespace pressings {

namespace {

using cli::or_null;
using nlohmann::ordered_json;
using worker::AttemptEnd;
using worker::AttemptReport;

/// The state that the job is in now.
std::string_view state_of(AttemptEnd end) {
    switch (end) {
        case AttemptEnd::done:
            return "done";
        case AttemptEnd::retrying:
        case AttemptEnd::released:
            return "pending";
        case AttemptEnd::failed:
            return "failed";
        case AttemptEnd::lost:
            return "lost";
    }
    return "lost";
}

ordered_json releases_json(const ReleaseCounts& counts) {
    return {{"total", counts.total},     {"created", counts.created},
            {"updated", counts.updated}, {"unchanged", counts.unchanged},
            {"removed", counts.removed}, {"moved", counts.moved},
            {"merged", counts.merged}};
}

ordered_json counts_json(const std::vector<NamedCount>& counts) {
    ordered_json json = ordered_json::object();
    for (const NamedCount& counted : counts)
        json[counted.name] = counted.count;
    return json;
}

ordered_json attempt_json(const AttemptReport& attempt) {
    const ClaimedJob& job = attempt.job;
    const auto mbid = job.subject ? job.subject : job.album.mbid;
    return {{"job_id", job.id},
            {"album_id", or_null(attempt.album_id ? attempt.album_id : job.album_id)},
            {"mbid", or_null(attempt.mbid ? attempt.mbid : mbid)},
            {"state", state_of(attempt.end)},
            {"attempt", job.attempt},
            {"releases", releases_json(attempt.releases)},
            {"oddities", attempt.oddities.size()},
            {"requests", attempt.requests},
            {"duration_ms", attempt.duration_ms},
            {"error", render::error_json(attempt.error)},
            {"run_at", cli::time_or_null(attempt.run_at_ms)},
            {"kind", to_string(job.kind)},
            {"counts", counts_json(attempt.counts)}};
}

std::string shown(const ReleaseCounts& counts) {
    std::string text =
        fmt::format("{} ({} created, {} updated, {} unchanged, {} removed", counts.total,
                    counts.created, counts.updated, counts.unchanged, counts.removed);
    if (counts.moved > 0) text += fmt::format(", {} moved to another album", counts.moved);
    if (counts.merged > 0) text += fmt::format(", {} merged into others", counts.merged);
    return text + ")";
}

std::string shown(const std::vector<NamedCount>& counts) {
    std::string text;
    for (const NamedCount& counted : counts)
        text += fmt::format("{}{} {}", text.empty() ? "" : ", ", counted.name, counted.count);
    return text;
}

std::string outcome_of(const AttemptReport& attempt) {
    switch (attempt.end) {
        case AttemptEnd::done:
            if (!attempt.counts.empty()) return "done, " + shown(attempt.counts);
            return "done, releases: " + shown(attempt.releases);
        case AttemptEnd::retrying:
            return fmt::format("{}; tried again at {}", in_one_line(*attempt.error),
                               format_time(*attempt.run_at_ms));
        case AttemptEnd::released:
            return fmt::format("{}; handed back until {}", in_one_line(*attempt.error),
                               format_time(*attempt.run_at_ms));
        case AttemptEnd::failed:
            return in_one_line(*attempt.error);
        case AttemptEnd::lost:
            return "result not written: the job was taken over, cancelled or joined meanwhile";
    }
    return {};
}

std::string_view what_failed(source::Reach reach) {
    switch (reach) {
        case source::Reach::unreachable:
            return "the source cannot be reached";
        case source::Reach::turned_away:
            return "the source turns us away, and is not asked any more";
        case source::Reach::answered:
            return "the source fails whatever it is asked";
    }
    return {};
}

std::string advice(source::Reach reach) {
    switch (reach) {
        case source::Reach::unreachable:
            return "see whether the network is up and --source is right";
        case source::Reach::turned_away:
            return "see what the source wants of its clients (--contact, a proxy's log-in)";
        case source::Reach::answered:
            return "see what answers at --source: another server, a log-in page or a proxy may "
                   "stand in its place, or it is ill";
    }
    return {};
}

ordered_json outage_json(const std::optional<worker::Outage>& outage) {
    if (!outage) return nullptr;
    return {
        {"code", outage->error.code}, {"message", outage->error.message}, {"jobs", outage->jobs}};
}

ordered_json removals_json(const std::optional<Removals>& removals) {
    if (!removals) return nullptr;
    return {{"albums", removals->albums}, {"releases", removals->releases}};
}

/// A warning a release that was kept back, as many as one reads.
void warn_of_oddities(const AttemptReport& attempt) {
    constexpr std::size_t k_most_told = 5;
    const auto& oddities = attempt.oddities;
    for (std::size_t i = 0; i < std::min(oddities.size(), k_most_told); ++i) {
        cli::log(cli::LogLevel::warning,
                 fmt::format("job {}, {}: kept back: {}", attempt.job.id, described(attempt.job),
                             described(oddities[i])));
    }
    if (oddities.size() <= k_most_told) return;
    cli::log(cli::LogLevel::warning,
             fmt::format("job {}: kept back are {} more; see release-worker show {}",
                         attempt.job.id, oddities.size() - k_most_told, attempt.job.id));
}

}  // namespace

std::string outage_text(const worker::Outage& outage) {
    return fmt::format(
        "{} ({}): {}; {} job{} handed back and will be tried again, no attempt was "
        "spent; {}",
        what_failed(outage.reach), outage.error.code, outage.error.message, outage.jobs,
        outage.jobs == 1 ? " was" : "s were", advice(outage.reach));
}

/// A job that is handed back because the worker was told to stop is left to do; nothing is amiss.
void RunReport::count(const AttemptReport& attempt) {
    m_counts.done += attempt.end == AttemptEnd::done;
    m_counts.failed += attempt.end == AttemptEnd::failed;
    const bool turned_away =
        attempt.end == AttemptEnd::released && attempt.error && !attempt.told_to_stop;
    if (attempt.end == AttemptEnd::retrying || turned_away) {
        m_left.insert(attempt.job.id);
    } else {
        m_left.erase(attempt.job.id);
    }
}

void RunReport::add(const AttemptReport& attempt) {
    m_progress.step(attempt.end == AttemptEnd::failed);
    count(attempt);
    if (m_audience == cli::Audience::programs) {
        m_output.json_line(attempt_json(attempt));
        m_output.flush();
    }
    log_attempt(attempt);
    if (attempt.oddities.empty()) return;
    m_progress.hide();
    warn_of_oddities(attempt);
}

/// What went wrong in a line, the rest where more is wanted.
void RunReport::log_attempt(const AttemptReport& attempt) {
    const ClaimedJob& job = attempt.job;
    const bool well = attempt.end == AttemptEnd::done || attempt.end == AttemptEnd::released;
    if (well && m_progress.is_drawn()) return;
    m_progress.hide();
    const std::string which =
        attempt.error ? "" : fmt::format(", {}, attempt {}", described(job), job.attempt);
    const std::string took = attempt.error ? "" : "; took " + format_duration(attempt.duration_ms);
    cli::log(well ? cli::LogLevel::info : cli::LogLevel::warning,
             fmt::format("job {}{}: {}{}", job.id, which, outcome_of(attempt), took),
             attempt_json(attempt));
    if (!attempt.error) return;
    cli::log(cli::LogLevel::debug,
             fmt::format("job {}, {}, attempt {}, took {}: {}: {}", job.id, described(job),
                         job.attempt, format_duration(attempt.duration_ms), attempt.error->code,
                         attempt.error->message));
}

void RunReport::print_summary(const worker::DrainSummary& summary, bool all_well) {
    if (m_audience == cli::Audience::programs) {
        m_output.json_line({{"summary",
                             {{"done", summary.done},
                              {"retrying", summary.retrying},
                              {"failed", summary.failed},
                              {"released", summary.released},
                              {"lost", summary.lost},
                              {"remaining", summary.remaining},
                              {"requests", summary.requests},
                              {"releases", summary.releases},
                              {"oddities", summary.oddities},
                              {"duration_ms", summary.duration_ms},
                              {"outage", outage_json(summary.outage)},
                              {"too_many_removals", removals_json(summary.too_many_removals)}}}});
    } else if (m_audience == cli::Audience::people || !all_well) {
        const std::string lost = summary.lost > 0 ? fmt::format(", lost {}", summary.lost) : "";
        const std::string kept_back =
            summary.oddities > 0 ? fmt::format(", kept back {}", summary.oddities) : "";
        m_output.line(
            fmt::format("done {}, retrying {}, failed {}{}, remaining {}; releases {}{}, "
                        "requests {}; took {}",
                        summary.done, summary.retrying + summary.released, summary.failed, lost,
                        summary.remaining, summary.releases, kept_back, summary.requests,
                        format_duration(summary.duration_ms)));
    }
}

int RunReport::stop_for_removals(const Removals& removals) {
    cli::log(
        cli::LogLevel::error,
        fmt::format("stopped, and nothing more was changed: {} lacks so much that {} album{} "
                    "and {} more release{} would be marked as removed within a day. If it is "
                    "right, run again with --allow-removals N, as many as you expect; if not, "
                    "mend it or give another --source",
                    escape_controls(m_source), removals.albums, removals.albums == 1 ? "" : "s",
                    removals.releases, removals.releases == 1 ? "" : "s"));
    return cli::k_part_failed;
}

int RunReport::stop_for_outage(const worker::DrainSummary& summary, const worker::Outage& outage) {
    cli::log(cli::LogLevel::error, outage_text(outage));
    const bool did_something = summary.done + summary.failed + summary.retrying > 0;
    return did_something ? cli::k_part_failed : cli::k_environment;
}

int RunReport::finish(const worker::DrainSummary& summary) {
    m_progress.hide();
    const bool is_cut = summary.too_many_removals || summary.outage;
    const bool all_well = !is_cut && summary.failed == 0 && m_left.empty();
    print_summary(summary, all_well);
    if (summary.too_many_removals) return stop_for_removals(*summary.too_many_removals);
    if (summary.outage) return stop_for_outage(summary, *summary.outage);
    return all_well ? cli::k_done : cli::k_part_failed;
}

}  // namespace pressings
