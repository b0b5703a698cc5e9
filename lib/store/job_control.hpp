#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "domain/job.hpp"
#include "store/mode.hpp"

namespace pressings::store {

enum class JobAction { retry, cancel, run_now };

/// The side of the store for people who change what becomes of jobs. StoreError if it cannot be
/// done; then nothing was.
class JobControl {
  public:
    virtual ~JobControl() = default;

    /// Changes jobs, all in one transaction: `retry` makes failed or cancelled ones pending with
    /// fresh attempts, `cancel` ends pending or running ones, `run_now` makes pending ones due. One
    /// that is in no state for that is refused, with the reason.
    struct ActionResult {
        bool done = false;
        std::string refusal;
        std::optional<JobState> state;  ///< its state then; nothing if there is no such job
    };
    virtual std::vector<ActionResult> apply(std::span<const std::int64_t> job_ids, JobAction what,
                                            Mode mode) = 0;

    /// Pauses a queue, or all for "*": no worker claims from it until it is resumed. Resuming "*"
    /// takes back every pause.
    virtual void pause(const std::string& queue) = 0;
    virtual void resume(const std::string& queue) = 0;
};

}  // namespace pressings::store
