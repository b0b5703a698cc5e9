// Whoever has lost a job can change nothing about it any more, whatever it reports.
#include <functional>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "support/open_catalogue.hpp"

using namespace pressings;
using namespace pressings::test;

namespace {

/// All that the outbox says of the job and in sum.
std::string contents(OpenCatalogue& catalogue, std::int64_t id) {
    const auto job = catalogue.job(id);
    std::string text =
        fmt::format("{} {} {} {} {}\n", to_string(job.state), job.attempts, job.run_at_ms,
                    job.worker.value_or("-"), job.error ? job.error->code : "-");
    for (const auto& attempt : catalogue.store->jobs().attempts(id)) {
        text += fmt::format("{} {} {} {}\n", attempt.attempt, to_string(attempt.outcome),
                            attempt.requests, attempt.error ? attempt.error->code : "-");
    }
    const auto status = catalogue.store->jobs().status();
    for (const auto& count : status.counts)
        text += fmt::format("{} {}\n", to_string(count.state), count.jobs);
    for (const auto* counts : {&status.failures, &status.attempts}) {
        for (const auto& count : *counts)
            text += fmt::format("{} {}\n", count.name, count.count);
    }
    return text + fmt::format("{} requests, {} releases, {} candidates", status.requests,
                              status.releases, catalogue.store->jobs().candidates(id).size());
}

/// How a worker loses a job that it has.
struct Loss {
    const char* name;
    std::function<void(OpenCatalogue&, const ClaimedJob&)> happens;
};

void take_over(OpenCatalogue& catalogue) {
    const auto other =
        catalogue.reopen();  // before time passes: a server's clock goes on by itself
    catalogue.clock.advance(62'000);
    other->queue().start_worker("other");
    REQUIRE(other->queue().recover().size() == 1);
}

const Loss k_losses[] = {
    {"taken back", [](OpenCatalogue& catalogue, const auto&) { take_over(catalogue); }},
    {"taken over",
     [](OpenCatalogue& catalogue, const auto&) {
         take_over(catalogue);
         REQUIRE(catalogue.claim().size() == 1);  // by the same worker, with a claim of its own
     }},
    {"cancelled",
     [](OpenCatalogue& catalogue, const ClaimedJob& job) {
         REQUIRE(catalogue.apply(job.id, store::JobAction::cancel).done);
     }},
    {"identified",
     [](OpenCatalogue& catalogue, const ClaimedJob& job) {
         catalogue.store->albums().identify_album(*job.album_id, mbid(9), {});
     }},
    {"done",
     [](OpenCatalogue& catalogue, const ClaimedJob& job) {
         Album group;
         group.mbid = mbid(9);
         REQUIRE(catalogue.complete_as(job, group, {release(1, "First")}).accepted);
     }},
    {"failed",
     [](OpenCatalogue& catalogue, const ClaimedJob& job) {
         const store::FailedAttempt failed{job, store::Verdict::fail, JobError{"gone", "gone"}, 0,
                                           1};
         REQUIRE(catalogue.store->queue().finish_failed(failed).accepted);
     }},
};

}  // namespace

TEST_CASE("A stale claim can neither retry, fail nor hand back its job, however it was lost") {
    for (const Loss& loss : k_losses) {
        for (const auto verdict :
             {store::Verdict::retry, store::Verdict::fail, store::Verdict::requeue}) {
            CAPTURE(loss.name);
            CAPTURE(static_cast<int>(verdict));
            OpenCatalogue catalogue;
            catalogue.add(named_request("CAN", "Tago Mago"));
            const auto stale = catalogue.claim().front();
            loss.happens(catalogue, stale);
            const auto before = contents(catalogue, stale.id);
            Candidate candidate;
            candidate.mbid = mbid(5);
            candidate.title = "Late";
            const store::FailedAttempt late{stale, verdict,
                                            JobError{"late", "too late", {candidate}},
                                            catalogue.clock.now + 3'600'000, 7};
            CHECK_FALSE(catalogue.store->queue().finish_failed(late).accepted);
            CHECK(contents(catalogue, stale.id) == before);
            CHECK(catalogue.store->maintenance().check().faults.empty());
        }
    }
}

TEST_CASE("A stale claim can complete nothing, however it was lost") {
    for (const Loss& loss : k_losses) {
        CAPTURE(loss.name);
        OpenCatalogue catalogue;
        catalogue.add(named_request("CAN", "Tago Mago"));
        const auto stale = catalogue.claim().front();
        loss.happens(catalogue, stale);
        const auto before = contents(catalogue, stale.id);
        Album group;
        group.mbid = mbid(8);
        CHECK_FALSE(catalogue.complete_as(stale, group, {release(2, "Late")}).accepted);
        CHECK(contents(catalogue, stale.id) == before);
        CHECK_FALSE(catalogue.store->catalogue().album_id(mbid(8)));
    }
}
