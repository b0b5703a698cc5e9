#include "domain/job.hpp"

#include <string>

#include <doctest/doctest.h>

using namespace pressings;

TEST_CASE("Each state of a job has the name that is stored and shown") {
    CHECK(to_string(JobState::pending) == "pending");
    CHECK(to_string(JobState::running) == "running");
    CHECK(to_string(JobState::done) == "done");
    CHECK(to_string(JobState::failed) == "failed");
    CHECK(to_string(JobState::cancelled) == "cancelled");
    CHECK(to_string(JobState::superseded) == "superseded");
}

TEST_CASE("A state is read by its name and by no other") {
    for (const auto state : k_job_states)
        CHECK(parse_job_state(to_string(state)) == state);
    CHECK_FALSE(parse_job_state("Done"));
    CHECK_FALSE(parse_job_state(""));
}

TEST_CASE("A kind of job is read by its name and by no other") {
    CHECK(to_string(JobKind::releases) == "releases");
    CHECK(parse_job_kind("releases") == JobKind::releases);
    CHECK(parse_job_kind("discography") == JobKind::discography);
    CHECK(parse_job_kind("watch") == JobKind::watch);
    CHECK_FALSE(parse_job_kind("release"));
}

TEST_CASE("A queue is named by letters, digits and a few signs, up to 64 of them") {
    for (const std::string name : {"default", "Nightly", "a.b:c_d-e", "7"}) {
        CAPTURE(name);
        CHECK(is_queue_name(name));
    }
    CHECK(is_queue_name(std::string(64, 'q')));
    CHECK_FALSE(is_queue_name(std::string(65, 'q')));
    for (const std::string name : {"", "two words", "a,b", "a/b", "é", "a\n"}) {
        CAPTURE(name);
        CHECK_FALSE(is_queue_name(name));
    }
}
