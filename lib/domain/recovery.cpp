#include "domain/recovery.hpp"

#include <string>

namespace pressings {

namespace {

constexpr int k_crashes_to_cool_down = 3;
constexpr int k_kills_of_a_suspect = 2;
constexpr int k_kills_to_cool_down = 10;

TakenBack after_crash(TakenBack job, const std::string& how, Millis now_ms) {
    const int crashes = ++job.deaths.crashes;
    job.attempt_is_spent = true;
    job.run_at_ms = now_ms;
    job.error = {"worker_died", how};
    if (crashes < k_crashes_to_cool_down) return job;
    job.error = {"crashed", how + "; worker number " + std::to_string(crashes) + " in a row"};
    if (crashes == k_crashes_to_cool_down) {
        job.run_at_ms = now_ms + k_cool_down;
    } else {
        job.state = JobState::failed;
    }
    return job;
}

TakenBack after_kill(TakenBack job, Millis now_ms) {
    const int kills = ++job.deaths.kills;
    job.error = {"worker_killed", "its worker was killed while doing it"};
    if (kills >= k_kills_of_a_suspect) job.run_at_ms = now_ms;
    if (kills >= k_kills_to_cool_down) {
        job.run_at_ms = now_ms + k_cool_down;
        job.error.message += ", " + std::to_string(kills) + " times in a row; is memory short?";
    }
    return job;
}

}  // namespace

bool WorkerDeaths::is_suspect() const {
    return crashes > 0 || kills >= k_kills_of_a_suspect;
}

TakenBack take_back(WorkerEnd end, const WorkerDeaths& before, Millis now_ms) {
    TakenBack job;
    job.deaths = before;
    switch (end) {
        case WorkerEnd::crashed:
            return after_crash(std::move(job), "its worker died of an error while doing it",
                               now_ms);
        case WorkerEnd::out_of_memory:
            return after_crash(std::move(job),
                               "its worker was killed while doing it, as memory ran out", now_ms);
        case WorkerEnd::killed:
            return after_kill(std::move(job), now_ms);
        case WorkerEnd::restarted:
            job.error = {"machine_restarted", "the machine was restarted while its worker did it"};
            return job;
        case WorkerEnd::stopped:
            job.error = {"lease_expired", "its worker was stopped for longer than its lease"};
            return job;
    }
    return job;
}

}  // namespace pressings
