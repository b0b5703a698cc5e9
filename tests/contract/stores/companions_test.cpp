// What waits beside a job: albums of one artist whose imports can be asked for together.
#include <doctest/doctest.h>

#include "support/open_catalogue.hpp"

using namespace pressings;
using namespace pressings::test;

namespace {

AlbumRequest request_of(int n, const ArtistCredit& by, const std::string& type = "Album") {
    AlbumRequest request = album_request(n);
    request.album.title = "Album " + std::to_string(n);
    request.album.artist_credit = by;
    request.album.primary_type = type;
    return request;
}

/// Albums 1 to `albums` of one artist.
struct Discography {
    OpenCatalogue catalogue;

    explicit Discography(int albums) {
        for (int n = 1; n <= albums; ++n)
            catalogue.add(request_of(n, credit(100, "Can")));
    }

    store::JobQueue& queue() { return catalogue.store->queue(); }
};

std::vector<Mbid> groups_of(const std::optional<Companions>& companions) {
    return companions ? companions->release_groups : std::vector<Mbid>{};
}

}  // namespace

TEST_CASE("Beside an album wait the others with its credit, the longest waiting first") {
    Discography can{3};
    can.catalogue.add(request_of(4, credit(101, "Neu!")));
    const auto job = can.catalogue.claim().front();
    const auto companions = can.queue().companions_of(job, 10);
    REQUIRE(companions);
    CHECK(companions->artist == mbid(100));
    CHECK(companions->release_groups == std::vector{mbid(1), mbid(2), mbid(3)});
    CHECK(companions->primary_types == std::vector<std::string>{"Album"});
    CHECK(groups_of(can.queue().companions_of(job, 2)) == std::vector{mbid(1), mbid(2)});
}

TEST_CASE("Types are told of what waits where all are known, each once") {
    Discography can{2};
    can.catalogue.add(request_of(3, credit(100, "Can"), "EP"));
    const auto job = can.catalogue.claim().front();
    CHECK(can.queue().companions_of(job, 10)->primary_types ==
          std::vector<std::string>{"Album", "EP"});
    AlbumRequest untyped = request_of(4, credit(100, "Can"));
    untyped.album.primary_type.reset();
    can.catalogue.add(untyped);
    CHECK(can.queue().companions_of(job, 10)->primary_types.empty());
}

TEST_CASE("Nothing waits beside an album of several artists, of none known, or by name alone") {
    OpenCatalogue catalogue;
    auto both = credit(100, "Can");
    both.push_back(credit(101, "Neu!").front());
    for (int n : {1, 2})
        catalogue.add(request_of(n, both));
    for (int n : {3, 4})
        catalogue.add(album_request(n));
    catalogue.add(named_request("Can", "Tago Mago"));
    catalogue.add(named_request("Can", "Future Days"));
    for (const ClaimedJob& job : catalogue.claim(6))
        CHECK_FALSE(catalogue.store->queue().companions_of(job, 10));
}

TEST_CASE("What is under way, not due, of another queue or priority does not wait beside it") {
    Discography can{2};
    AlbumRequest elsewhere = request_of(3, credit(100, "Can"));
    elsewhere.queue = "other";
    can.catalogue.add(elsewhere);
    AlbumRequest later = request_of(4, credit(100, "Can"));
    later.priority = -1;
    can.catalogue.add(later);
    const auto jobs = can.catalogue.claim(2);
    CHECK(groups_of(can.queue().companions_of(jobs[0], 10)) == std::vector{mbid(1)});

    store::FailedAttempt failed;
    failed.job = jobs[1];
    failed.error = JobError{"http_500", "it failed"};
    failed.run_at_ms = can.catalogue.clock.now_ms() + 1'000;
    can.queue().finish_failed(failed);
    CHECK(groups_of(can.queue().companions_of(jobs[0], 10)) == std::vector{mbid(1)});
    can.catalogue.clock.advance(1'000);
    CHECK(groups_of(can.queue().companions_of(jobs[0], 10)) == std::vector{mbid(1), mbid(2)});
}

TEST_CASE("Of two workers the one with the earlier job reads what waits beside it") {
    Discography can{4};
    const auto jobs = can.catalogue.claim(2);
    CHECK(groups_of(can.queue().companions_of(jobs[0], 10)) ==
          std::vector{mbid(1), mbid(3), mbid(4)});
    CHECK_FALSE(can.queue().companions_of(jobs[1], 10));
    can.catalogue.complete(jobs[0], {});
    CHECK(groups_of(can.queue().companions_of(jobs[1], 10)) ==
          std::vector{mbid(2), mbid(3), mbid(4)});
}

TEST_CASE("Imports are taken by their groups, as any job is, if they still wait") {
    Discography can{4};
    const auto first = can.catalogue.claim().front();
    const std::vector wanted{mbid(1), mbid(2), mbid(3), mbid(77)};
    const auto taken = can.queue().claim_imports(wanted, "default", 60'000);
    REQUIRE(taken.size() == 2);
    CHECK(taken[0].album.mbid == mbid(2));
    CHECK(taken[0].attempt == 1);
    CHECK(can.catalogue.job(taken[1].id).state == JobState::running);
    CHECK(can.catalogue.complete(taken[0], {release(1, "A release")}).accepted);
    CHECK(can.catalogue.store->maintenance().check().faults.empty());

    can.catalogue.store->control().pause("default");
    CHECK(can.queue().claim_imports(std::vector{mbid(4)}, "default", 60'000).empty());
    can.catalogue.store->control().resume("default");
    CHECK(can.queue().claim_imports(std::vector{mbid(4)}, "other", 60'000).empty());
    CHECK(can.queue().claim_imports(std::vector{mbid(4)}, "default", 60'000).size() == 1);
}

TEST_CASE("A discography tells whether albums of the artist were imported before") {
    Discography can{2};
    const auto claimed_discography = [&] {
        can.catalogue.store->albums().add_discography(mbid(100), {}, "q", 9, store::Mode::write);
        const auto job = can.catalogue.claim().front();
        REQUIRE(job.kind == JobKind::discography);
        CHECK(can.queue().complete(store::Finding{job, store::Discography{}, 1}).accepted);
        return job.imported;
    };
    CHECK_FALSE(claimed_discography());
    const auto job = can.catalogue.claim().front();
    Album group = request_of(1, credit(100, "Can")).album;
    can.catalogue.complete_as(job, group, {release(1, "A release")});
    CHECK(claimed_discography());
}
