#include "render/report/health.hpp"

#include <fmt/format.h>

namespace pressings::render::report {

namespace {

constexpr Millis k_hour_ms = 3'600'000;
constexpr Millis k_waits_long_ms = k_hour_ms;  // a worker by cron comes more often
constexpr Millis k_stands_still_ms = 24 * k_hour_ms;

std::string jobs_text(std::int64_t count) {
    return count == 1 ? "1 job" : fmt::format("{} jobs", count);
}

std::string run_command(const std::string& database) {
    return "release-worker run --contact you@example.org" + database;
}

/// How long due jobs have waited with no worker at them; 0 if none has.
Millis idle_ms(const store::QueueStatus& queue) {
    return queue.running.empty() && queue.due > 0 ? queue.oldest_due_age_ms.value_or(0) : 0;
}

/// What is under way, the quiet part of every sentence.
std::string waiting_text(const store::QueueStatus& queue) {
    if (queue.open() == 0) return "Nothing waits.";
    std::string text = jobs_text(queue.open()) + (queue.open() == 1 ? " is open" : " are open");
    if (!queue.running.empty()) text += fmt::format(", {} running", queue.running.size());
    if (queue.due > 0) text += fmt::format(", {} due", queue.due);
    if (queue.oldest_due_age_ms && queue.due > 0) {
        text += ", the oldest for " + format_duration(*queue.oldest_due_age_ms);
    }
    return text + ".";
}

}  // namespace

std::int64_t jobs_in(const store::QueueStatus& queue, JobState state) {
    std::int64_t jobs = 0;
    for (const auto& count : queue.counts)
        jobs += count.state == state ? count.jobs : 0;
    return jobs;
}

Health health_of(const store::QueueStatus& queue, const std::string& database) {
    Health health;
    const std::int64_t failed = jobs_in(queue, JobState::failed);
    const Millis idle = idle_ms(queue);
    health.word = queue.open() == 0 ? "All done" : queue.running.empty() ? "Waiting" : "At work";
    health.sentence = waiting_text(queue);
    if (failed > 0) {
        health.grade = Grade::look;
        health.word = "Needs a look";
        health.sentence = jobs_text(failed) + " failed. " + health.sentence;
        health.commands.push_back("release-worker jobs --state failed" + database);
    }
    if (!queue.paused.empty()) {
        health.grade = Grade::look;
        health.word = "Paused";
        health.commands.insert(health.commands.begin(), "release-worker resume" + database);
    }
    if (idle > k_waits_long_ms) {
        health.grade = idle > k_stands_still_ms ? Grade::bad : Grade::look;
        health.word = idle > k_stands_still_ms ? "Standing still" : "No worker";
        health.sentence += " No worker is at them.";
    }
    if (queue.due > 0 && queue.running.empty() && queue.paused.empty()) {
        health.commands.insert(health.commands.begin(), run_command(database));
    }
    return health;
}

}  // namespace pressings::render::report
