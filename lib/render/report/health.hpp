#pragma once

#include <string>
#include <vector>

#include "store/job_inspector.hpp"

namespace pressings::render::report {

enum class Grade { good, look, bad };

/// How the queue is, in a word and a sentence, and what to do about it.
struct Health {
    Grade grade = Grade::good;
    std::string word;                   ///< "Idle", "Needs a look"
    std::string sentence;               ///< "3 jobs failed."
    std::vector<std::string> commands;  ///< to be typed, what helps most first; often none
};

/// `database` is " --db PATH" where it has to be typed, else empty.
Health health_of(const store::QueueStatus& queue, const std::string& database);

/// How many jobs are in that state.
std::int64_t jobs_in(const store::QueueStatus& queue, JobState state);

}  // namespace pressings::render::report
