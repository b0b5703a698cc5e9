#include "prometheus.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <map>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/text.hpp"
#include "source/fault_table.hpp"

namespace pressings {

namespace {

/// A value of a label: safe for a terminal, then escaped as the format wants it.
std::string label_value(std::string_view text) {
    std::string escaped;
    for (const char c : escape_controls(text)) {
        if (c == '\\' || c == '"') escaped += '\\';
        escaped += c;
    }
    return escaped;
}

/// As the format spells it: fmt writes "nan".
std::string number(double value) {
    return std::isnan(value) ? "NaN" : fmt::format("{}", value);
}

/// The head of one metric; its samples follow.
void add_head(std::string& text, std::string_view name, std::string_view type,
              std::string_view help) {
    text += fmt::format("# HELP pressings_{0} {1}\n# TYPE pressings_{0} {2}\n", name, help, type);
}

void add_gauge(std::string& text, std::string_view name, std::string_view help, double value) {
    add_head(text, name, "gauge", help);
    text += fmt::format("pressings_{} {}\n", name, number(value));
}

double seconds(Millis duration_ms) {
    return static_cast<double>(duration_ms) / 1000.0;
}

/// The names with how many there are of each, `usual` ones even where that is 0.
std::map<std::string, std::int64_t> with_zeros(const std::vector<store::CountByName>& counts,
                                               const std::set<std::string>& usual) {
    std::map<std::string, std::int64_t> all;
    for (const std::string& name : usual)
        all[name] = 0;
    for (const auto& count : counts)
        all[count.name] = count.count;
    return all;
}

/// With which codes a job may have failed: those of the table that are one code each, and our own.
std::set<std::string> failure_codes() {
    std::set<std::string> codes{"crashed", "rejected", "out_of_memory", "internal"};
    for (const auto& row : source::fault_table()) {
        const bool is_failure =
            row.kind == source::ErrorKind::permanent || row.kind == source::ErrorKind::transient;
        if (is_failure && !row.names_status()) codes.emplace(row.code);
    }
    return codes;
}

using JobCounts = std::map<std::pair<std::string, JobState>, std::int64_t>;

/// Each queue in each state. Where nobody has put anything in yet there is the queue "default".
JobCounts job_counts(const store::QueueStatus& status) {
    std::set<std::string> queues{"default"};
    for (const auto& count : status.counts)
        queues.insert(count.queue);
    JobCounts counts;
    for (const std::string& queue : queues) {
        for (const JobState state : k_job_states)
            counts[{queue, state}] = 0;
    }
    for (const auto& count : status.counts)
        counts[{count.queue, count.state}] = count.jobs;
    return counts;
}

void add_jobs(std::string& text, const store::QueueStatus& status) {
    add_head(text, "jobs", "gauge", "Jobs in the outbox.");
    for (const auto& [of, jobs] : job_counts(status)) {
        text += fmt::format("pressings_jobs{{state=\"{}\",queue=\"{}\"}} {}\n",
                            to_string(of.second), label_value(of.first), jobs);
    }
    add_gauge(text, "jobs_due", "Jobs that could run now.", static_cast<double>(status.due));
    add_gauge(text, "oldest_due_age_seconds", "How long the oldest due job has been due.",
              seconds(status.oldest_due_age_ms.value_or(0)));
    add_head(text, "failed_jobs", "gauge", "Failed jobs by error code.");
    for (const auto& [code, jobs] : with_zeros(status.failures, failure_codes()))
        text += fmt::format("pressings_failed_jobs{{code=\"{}\"}} {}\n", label_value(code), jobs);
}

void add_running(std::string& text, const store::QueueStatus& status, Millis now_ms) {
    Millis oldest_ms = 0;
    for (const auto& job : status.running) {
        oldest_ms = std::max(oldest_ms, now_ms - job.started_at_ms.value_or(now_ms));
    }
    add_gauge(text, "oldest_running_age_seconds", "How long the oldest attempt has been under way.",
              seconds(oldest_ms));
}

void add_work(std::string& text, const store::QueueStatus& status) {
    add_head(text, "attempts_total", "counter", "Attempts that ended, by outcome.");
    std::set<std::string> outcomes;
    for (const Outcome outcome : k_outcomes)
        outcomes.emplace(to_string(outcome));
    for (const auto& [outcome, attempts] : with_zeros(status.attempts, outcomes)) {
        text += fmt::format("pressings_attempts_total{{outcome=\"{}\"}} {}\n", label_value(outcome),
                            attempts);
    }
    add_head(text, "requests_total", "counter", "Requests made of sources.");
    text += fmt::format("pressings_requests_total {}\n", status.requests);
    const auto to_empty = status.time_to_empty_ms();
    add_gauge(text, "time_to_empty_seconds",
              "How long the open jobs take at the rate of late; NaN if that is not known.",
              to_empty ? seconds(*to_empty) : std::numeric_limits<double>::quiet_NaN());
}

void add_throttling(std::string& text, std::span<const store::RequestSlots::Hold> holds) {
    add_gauge(text, "services_throttled", "Services that want no requests for now.",
              static_cast<double>(holds.size()));
    add_head(text, "throttled_seconds", "gauge", "How long a service wants no requests yet.");
    for (const auto& hold : holds) {
        text += fmt::format("pressings_throttled_seconds{{host=\"{}\"}} {}\n",
                            label_value(hold.host), seconds(hold.left_ms));
    }
}

}  // namespace

std::string prometheus_text(const store::QueueStatus& status,
                            std::span<const store::RequestSlots::Hold> holds) {
    const Millis now = system_clock().now_ms();
    std::string text;
    add_jobs(text, status);
    add_running(text, status, now);
    add_work(text, status);
    add_throttling(text, holds);
    add_gauge(text, "albums", "Albums in the catalogue.", static_cast<double>(status.albums));
    add_gauge(text, "releases", "Releases in the catalogue.", static_cast<double>(status.releases));
    add_gauge(text, "oddities", "Releases kept back at an import, for they could not be read.",
              static_cast<double>(status.oddities));
    add_gauge(text, "watches", "Artists, labels and series that are watched.",
              static_cast<double>(status.watches.total));
    add_gauge(text, "watches_due", "Watches that are due and not looked at yet.",
              static_cast<double>(status.watches.due));
    add_gauge(text, "watches_gone", "Watches of what MusicBrainz does not know.",
              static_cast<double>(status.watches.gone));
    add_gauge(text, "queues_paused", "Queues that are paused.",
              static_cast<double>(status.paused.size()));
    for (const store::Gauge& gauge : status.health)
        add_gauge(text, gauge.name, gauge.help, static_cast<double>(gauge.value));
    add_gauge(text, "reported_timestamp_seconds", "When this was written.", seconds(now));
    return text;
}

}  // namespace pressings
