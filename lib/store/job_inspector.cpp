#include "store/job_inspector.hpp"

namespace pressings::store {

std::string named(const JobRecord& job) {
    if (job.title) return *job.title;
    if (!job.mbid && !job.identifiers.empty()) return described(job.identifiers.front());
    return job.mbid ? job.mbid->to_string() : "";
}

std::int64_t QueueStatus::open() const {
    std::int64_t jobs = 0;
    for (const Count& count : counts) {
        if (count.state == JobState::pending || count.state == JobState::running)
            jobs += count.jobs;
    }
    return jobs;
}

std::optional<std::int64_t> QueueStatus::gauge(std::string_view name) const {
    for (const Gauge& gauge : health) {
        if (gauge.name == name) return gauge.value;
    }
    return std::nullopt;
}

std::optional<Millis> QueueStatus::time_to_empty_ms() const {
    if (open() == 0) return 0;
    const std::int64_t finished = recent.done + recent.failed;
    if (finished == 0) return std::nullopt;
    const double each_ms = static_cast<double>(recent.span_ms) / static_cast<double>(finished);
    return static_cast<Millis>(each_ms * static_cast<double>(open()));
}

}  // namespace pressings::store
