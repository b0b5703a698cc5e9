#pragma once

#include <optional>

#include "domain/job.hpp"
#include "domain/resubmission.hpp"

namespace pressings {

/// An album of which a user says which release group it is.
struct IdentifiedAlbum {
    std::optional<JobState> job;   ///< the state of its job, if it has one
    bool group_was_known = false;  ///< and so a worker that has the job asks for it already
};

/// What becomes of its job.
struct Identification {
    enum class Job {
        goes_on,     ///< as it is
        runs_again,  ///< at once with fresh attempts, taken from its worker if need be
        is_new,      ///< there is none but finished ones
    };
    AddStatus status = AddStatus::refreshed;
    Job job = Job::is_new;
};

Identification plan_identification(const IdentifiedAlbum& album);

}  // namespace pressings
