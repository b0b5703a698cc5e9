#pragma once

#include <optional>

#include "base/time.hpp"
#include "domain/job.hpp"

namespace pressings {

/// How a worker that left a running job behind came to its end.
enum class WorkerEnd {
    stopped,        ///< it lives, but stood still for longer than its lease
    killed,         ///< it is gone and left no note: kill -9, a closed terminal
    restarted,      ///< the machine was started anew since, or lost its power
    crashed,        ///< it died of itself: abort, segmentation fault, and the like
    out_of_memory,  ///< it left no note, and the kernel has killed for memory since it began
};

/// Workers that died while they had a job, since one lived through it.
struct WorkerDeaths {
    int crashes = 0;  ///< of themselves
    int kills = 0;    ///< without a note

    /// Whether the job may be why: it is then done alone, so that no other is blamed for it.
    bool is_suspect() const;

    friend bool operator==(const WorkerDeaths&, const WorkerDeaths&) = default;
};

/// What becomes of a job whose worker is gone.
struct TakenBack {
    JobState state = JobState::pending;  ///< or failed
    WorkerDeaths deaths;
    std::optional<Millis> run_at_ms;  ///< when it is due; nothing: it keeps its place
    bool attempt_is_spent = false;
    JobError error;
};

/// A job is to blame only for workers that died of themselves or for want of memory: after the
/// third it waits for `k_cool_down`, and if a worker dies of it once more it has failed
/// ("crashed"). Other kills cost it nothing at first; from the second on other jobs go first, and
/// from the tenth on it waits for `k_cool_down` each time, for not every kernel tells that memory
/// ran out, but it never fails of them.
/// `before` counts the deaths before this one.
TakenBack take_back(WorkerEnd end, const WorkerDeaths& before, Millis now_ms);

inline constexpr Millis k_cool_down = Millis{6} * 3'600'000;

}  // namespace pressings
