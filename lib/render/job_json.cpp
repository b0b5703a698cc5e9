#include "render/job_json.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/secret.hpp"
#include "cli/json_values.hpp"

namespace pressings::render {

namespace {

using nlohmann::ordered_json;

ordered_json seconds_or_null(const std::optional<Millis>& duration_ms) {
    if (!duration_ms) return nullptr;
    return static_cast<double>(*duration_ms) / 1000.0;
}

ordered_json attempt_json(const store::AttemptRecord& attempt) {
    return {{"attempt", attempt.attempt},
            {"worker", attempt.worker},
            {"started_at", format_time(attempt.started_at_ms)},
            {"finished_at", cli::time_or_null(attempt.finished_at_ms)},
            {"outcome", to_string(attempt.outcome)},
            {"error", error_json(attempt.error)},
            {"requests", attempt.requests},
            {"releases", attempt.releases}};
}

ordered_json candidate_json(const Candidate& candidate) {
    const auto text_or_null = [](const std::string& text) {
        return text.empty() ? ordered_json(nullptr) : ordered_json(text);
    };
    return {{"mbid", candidate.mbid.to_string()},
            {"title", text_or_null(candidate.title)},
            {"artist", text_or_null(candidate.artist)},
            {"first_release_date", cli::or_null(candidate.first_release_date)},
            {"primary_type", cli::or_null(candidate.primary_type)},
            {"secondary_types", candidate.secondary_types},
            {"disambiguation", cli::or_null(candidate.disambiguation)},
            {"score", cli::or_null(candidate.score)}};
}

std::string shell_quoted(const std::string& text) {
    constexpr const char* k_plain =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./:@%+=,-";
    if (!text.empty() && text.find_first_not_of(k_plain) == std::string::npos) return text;
    std::string quoted = "'";
    for (const char c : text)
        quoted += c == '\'' ? "'\\''" : std::string(1, c);
    return quoted + "'";
}

ordered_json running_json(const store::JobRecord& job, Millis now_ms) {
    ordered_json json = job_json(job);
    json["age_s"] = seconds_or_null(
        job.started_at_ms ? std::optional{std::max<Millis>(0, now_ms - *job.started_at_ms)}
                          : std::nullopt);
    return json;
}

ordered_json counts_json(const std::vector<store::CountByName>& counts) {
    ordered_json json = ordered_json::object();
    for (const auto& count : counts)
        json[count.name] = count.count;
    return json;
}

ordered_json recent_json(const store::RecentWork& recent) {
    return {{"span_s", static_cast<double>(recent.span_ms) / 1000.0},
            {"done", recent.done},
            {"retrying", recent.retrying},
            {"failed", recent.failed},
            {"throttled", recent.throttled},
            {"requests", recent.requests},
            {"releases", recent.releases}};
}

ordered_json failed_json(const store::JobRecord& job) {
    ordered_json json = job_json(job);
    json["code"] = job.error ? ordered_json(job.error->code) : ordered_json(nullptr);
    return json;
}

}  // namespace

ordered_json error_json(const std::optional<JobError>& error) {
    if (!error) return nullptr;
    return {{"code", error->code}, {"message", error->message}};
}

namespace {

ordered_json identifiers_json(const std::vector<Identifier>& identifiers) {
    ordered_json list = ordered_json::array();
    for (const Identifier& identifier : identifiers) {
        list.push_back({{"kind", to_string(identifier.kind)},
                        {"value", identifier.value},
                        {"labels", identifier.labels}});
    }
    return list;
}

}  // namespace

ordered_json job_json(const store::JobRecord& job) {
    return {{"job_id", job.id},
            {"kind", job.kind},
            {"state", to_string(job.state)},
            {"queue", job.queue},
            {"priority", job.priority},
            {"album_id", cli::or_null(job.album_id)},
            {"mbid", cli::or_null(job.mbid)},
            {"artist", cli::or_null(job.artist)},
            {"title", cli::or_null(job.title)},
            {"identifiers", identifiers_json(job.identifiers)},
            {"attempts", job.attempts},
            {"run_at", format_time(job.run_at_ms)},
            {"worker", cli::or_null(job.worker)},
            {"lease_left_s", seconds_or_null(job.lease_left_ms)},
            {"error", error_json(job.error)},
            {"created_at", format_time(job.created_at_ms)},
            {"started_at", cli::time_or_null(job.started_at_ms)},
            {"finished_at", cli::time_or_null(job.finished_at_ms)}};
}

ordered_json job_json(const store::JobRecord& job,
                      const std::vector<store::AttemptRecord>& attempts,
                      const std::vector<Candidate>& candidates, const std::string& db) {
    ordered_json json = job_json(job);
    json["attempt_log"] = ordered_json::array();
    for (const auto& attempt : attempts)
        json["attempt_log"].push_back(attempt_json(attempt));
    json["candidates"] = ordered_json::array();
    for (const Candidate& candidate : candidates) {
        ordered_json one = candidate_json(candidate);
        one["settle"] =
            job.album_id
                ? ordered_json(settle_command(db, *job.album_id, candidate.mbid.to_string()))
                : ordered_json(nullptr);
        json["candidates"].push_back(std::move(one));
    }
    return json;
}

std::string settle_command(const std::string& db, std::int64_t album_id, const std::string& mbid) {
    const std::string where = db.empty() ? "" : " --db " + shell_quoted(without_password(db));
    return fmt::format("album-import{} --album {} --mbid {}", where, album_id, mbid);
}

ordered_json status_json(const store::QueueStatus& status,
                         std::span<const store::RequestSlots::Hold> holds) {
    ordered_json jobs;
    for (const JobState state : k_job_states)
        jobs[std::string{to_string(state)}] = 0;
    ordered_json queues = ordered_json::object();
    for (const auto& count : status.counts) {
        const std::string state{to_string(count.state)};
        jobs[state] = jobs[state].get<std::int64_t>() + count.jobs;
        queues[count.queue][state] = count.jobs;
    }
    ordered_json json{{"jobs", jobs},
                      {"queues", queues},
                      {"due", status.due},
                      {"oldest_due_age_s", seconds_or_null(status.oldest_due_age_ms)},
                      {"running", ordered_json::array()},
                      {"albums", status.albums},
                      {"releases", status.releases},
                      {"oddities", status.oddities},
                      {"failed_recent", ordered_json::array()},
                      {"paused", status.paused},
                      {"failures", counts_json(status.failures)},
                      {"attempts", counts_json(status.attempts)},
                      {"requests", status.requests},
                      {"recent", recent_json(status.recent)},
                      {"time_to_empty_s", seconds_or_null(status.time_to_empty_ms())},
                      {"throttling", ordered_json::array()},
                      {"wal_bytes", status.gauge("wal_bytes").value_or(0)},
                      {"watches",
                       {{"total", status.watches.total},
                        {"due", status.watches.due},
                        {"gone", status.watches.gone}}}};
    for (const auto& hold : holds) {
        json["throttling"].push_back(
            {{"host", hold.host}, {"left_s", seconds_or_null(hold.left_ms)}});
    }
    const Millis now = system_clock().now_ms();
    for (const auto& job : status.running)
        json["running"].push_back(running_json(job, now));
    for (const auto& job : status.failed_recent)
        json["failed_recent"].push_back(failed_json(job));
    return json;
}

}  // namespace pressings::render
