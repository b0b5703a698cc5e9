// Workers that die, stop, and come back. A closed store stands for a dead process: the kernel frees
// its locks either way.
#include <doctest/doctest.h>

#include "unit/store/open_catalogue.hpp"

using namespace pressings;
using namespace pressings::test;

namespace {

/// A worker of its own that takes one job; it lives as long as the store that it gives.
struct OtherWorker {
    std::unique_ptr<store::Store> store;
    ClaimedJob job;
};

OtherWorker take_a_job(OpenCatalogue& catalogue) {
    OtherWorker worker{catalogue.reopen(), {}};
    worker.store->queue().start_worker("other");
    worker.job = worker.store->queue().claim({}, 60'000).at(0);
    return worker;
}

}  // namespace

TEST_CASE("The job of a worker that lives is not taken from it") {
    OpenCatalogue catalogue;
    catalogue.add(album_request(1));
    const auto other = take_a_job(catalogue);
    catalogue.store->queue().start_worker("test");
    CHECK(catalogue.store->queue().recover().empty());
    CHECK(catalogue.job(other.job.id).state == JobState::running);
}

TEST_CASE("The job of a worker that died is due again at once, the attempt spent") {
    OpenCatalogue catalogue;
    catalogue.add(album_request(1));
    auto other = take_a_job(catalogue);
    other.store.reset();
    catalogue.store->queue().start_worker("test");
    REQUIRE(catalogue.store->queue().recover().size() == 1);
    const auto again = catalogue.store->queue().claim({}, 60'000);
    REQUIRE(again.size() == 1);
    CHECK(again.front().attempt == 2);
    CHECK(catalogue.store->jobs().attempts(other.job.id).front().outcome == "crashed");
    CHECK(catalogue.store->jobs().check().faults.empty());
}

TEST_CASE("A worker that was stopped past its lease finds its result refused") {
    OpenCatalogue catalogue;
    const auto added = catalogue.add(album_request(1));
    auto stopped = take_a_job(catalogue);
    catalogue.clock.advance(60'001);
    catalogue.store->queue().start_worker("test");
    REQUIRE(catalogue.store->queue().recover().size() == 1);
    const auto again = catalogue.store->queue().claim({}, 60'000);
    REQUIRE(again.size() == 1);

    const store::Import late{stopped.job, {}, {release(1, "Late")}, 1};
    CHECK_FALSE(stopped.store->queue().complete({&late, 1}).front().accepted);
    CHECK(catalogue.releases(*added.album_id).empty());
    CHECK(catalogue.complete(again.front(), {release(2, "Right")}).accepted);
    CHECK(catalogue.releases(*added.album_id).size() == 1);
}

TEST_CASE("A renewed lease does not run out, and the wall clock has no say in it") {
    OpenCatalogue catalogue;
    catalogue.add(album_request(1));
    auto other = take_a_job(catalogue);
    catalogue.store->queue().start_worker("test");
    catalogue.clock.advance(50'000);
    other.store->queue().renew(60'000);
    catalogue.clock.advance(50'000);
    CHECK(catalogue.store->queue().recover().empty());
    catalogue.clock.now += 86'400'000;
    CHECK(catalogue.store->queue().recover().empty());
    catalogue.clock.now -= 2 * 86'400'000;
    CHECK(catalogue.store->queue().recover().empty());
}

TEST_CASE("A job that kills its worker three times is failed, and only that one") {
    OpenCatalogue catalogue;
    const auto bad = catalogue.add(album_request(1));
    const auto good = catalogue.add(album_request(2));
    catalogue.store->queue().start_worker("test");
    for (int crash = 1; crash <= 3; ++crash) {
        take_a_job(catalogue).store.reset();
        const auto recovered = catalogue.store->queue().recover();
        REQUIRE(recovered.size() == 1);
        CHECK(recovered.front().failed == (crash == 3));
    }
    CHECK(catalogue.job(*bad.job_id).state == JobState::failed);
    CHECK(catalogue.job(*bad.job_id).error->code == "crashed");
    CHECK(catalogue.job(*good.job_id).state == JobState::pending);
    CHECK(catalogue.store->jobs().check().faults.empty());
}

TEST_CASE("A job that a worker died of is done alone, so that no other is blamed for it") {
    OpenCatalogue catalogue;
    for (int n = 1; n <= 3; ++n)
        catalogue.add(album_request(n));
    take_a_job(catalogue).store.reset();
    catalogue.store->queue().start_worker("test");
    catalogue.store->queue().recover();
    store::ClaimFilter filter;
    filter.limit = 10;
    filter.suspects = false;
    const auto others = catalogue.store->queue().claim(filter, 60'000);
    CHECK(others.size() == 2);
    filter.suspects = true;
    const auto alone = catalogue.store->queue().claim(filter, 60'000);
    REQUIRE(alone.size() == 1);
    CHECK(alone.front().suspect);
}
