#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "source/fault_table.hpp"
#include "support/open_catalogue.hpp"
#include "unit/worker/scripted_source.hpp"
#include "worker/drain.hpp"

/// What tests of a drain have in common.
namespace pressings::test {

/// An album with a release of the same MBID.
inline source::GroupReleases one_release(const Mbid& group) {
    Album album;
    album.mbid = group;
    album.title = "An album";
    source::GroupReleases found;
    found.release_group = album;
    Release only = release(1, "A release");
    only.mbid = group;  // a different one for each group
    found.releases.push_back(only);
    found.requests = 1;
    return found;
}

[[noreturn]] inline void fail(const char* code,
                              source::ErrorKind kind = source::ErrorKind::transient) {
    source::SourceError error{kind, code, std::string{"it failed: "} + code};
    error.meaning = source::answer_error(code, "").meaning;  // as the fault table has it
    throw error;
}

/// The workers of the one job that is due are killed, twice.
inline void make_suspect(OpenCatalogue& catalogue) {
    catalogue.store->queue().start_worker("test");
    for (int kills = 1; kills <= 2; ++kills) {
        auto dead = catalogue.reopen();
        dead->queue().start_worker("dead");
        REQUIRE(dead->queue().claim({}, 60'000).size() == 1);
        dead.reset();
        REQUIRE(catalogue.store->queue().recover().size() == 1);
    }
}

struct Ended {
    std::int64_t job_id;
    worker::AttemptEnd end;
};

inline worker::DrainSummary drain(OpenCatalogue& catalogue, source::ReleaseSource& source,
                                  const worker::DrainOptions& options,
                                  std::vector<Ended>* ended = nullptr) {
    worker::Heartbeat heartbeat{catalogue.clock};
    worker::Drain worker{
        catalogue.store->queue(), source, catalogue.clock, heartbeat, options, nullptr, nullptr};
    return worker.run([&](const worker::AttemptReport& attempt) {
        if (ended != nullptr) ended->push_back({attempt.job.id, attempt.end});
    });
}

}  // namespace pressings::test
