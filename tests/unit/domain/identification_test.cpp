// What saying which release group an album is makes of its job.
#include "domain/identification.hpp"

#include <doctest/doctest.h>

using namespace pressings;
using Job = Identification::Job;

namespace {

Identification plan(std::optional<JobState> job, bool group_was_known = false) {
    return plan_identification({job, group_was_known});
}

}  // namespace

TEST_CASE("A job that has not done its work runs again for the right group") {
    for (const JobState state : {JobState::pending, JobState::failed, JobState::cancelled}) {
        CHECK(plan(state).job == Job::runs_again);
        CHECK(plan(state, true).job == Job::runs_again);
    }
}

TEST_CASE("A job under way is taken from its worker, unless that asks for the group already") {
    CHECK(plan(JobState::running).job == Job::runs_again);
    CHECK(plan(JobState::running, true).job == Job::goes_on);
}

TEST_CASE("An album whose jobs have done their work, or that has none, gets a new one") {
    CHECK(plan(JobState::done).job == Job::is_new);
    CHECK(plan(JobState::superseded).job == Job::is_new);
    CHECK(plan(std::nullopt).job == Job::is_new);
}

TEST_CASE("Whose job was open is there as before, every other is refreshed") {
    for (const JobState state : k_job_states) {
        const bool is_open = state == JobState::pending || state == JobState::running;
        CHECK(plan(state).status == (is_open ? AddStatus::exists : AddStatus::refreshed));
    }
    CHECK(plan(std::nullopt).status == AddStatus::refreshed);
}
