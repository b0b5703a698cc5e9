// What a source lacks is taken out of the catalogue up to a limit, whoever takes it out.
#include <doctest/doctest.h>

#include "support/imported_albums.hpp"

using namespace pressings;
using namespace pressings::test;

namespace {

constexpr Millis k_hour = 3'600'000;

}  // namespace

TEST_CASE("An album too many is not removed, its job stays ours, and nothing of it is written") {
    Imported imported{4};
    imported.limit(2);
    CHECK(imported.write(imported.gone(1)).accepted);
    CHECK(imported.write(imported.gone(2)).accepted);
    const auto third = imported.gone(3);
    const auto report = imported.write(third);
    CHECK_FALSE(report.accepted);
    CHECK(report.too_many == Removals{3, 0});
    CHECK(imported.removed_albums() == 2);
    CHECK(imported.present() == 4);
    CHECK(imported.catalogue.job(third.job.id).state == JobState::running);
    imported.hand_back(third);
    CHECK(imported.catalogue.job(third.job.id).attempts == 0);
    CHECK(imported.catalogue.store->maintenance().check().faults.empty());
}

TEST_CASE("In a group of imports those before it are written, it and those behind it are not") {
    Imported imported{5};
    imported.limit(1);
    const auto reports = imported.write_all({imported.gone(1), imported.whole(2), imported.gone(3),
                                             imported.whole(4), imported.whole(5)});
    CHECK(reports[0].accepted);
    CHECK(reports[1].accepted);
    CHECK(reports[2].too_many == Removals{2, 0});
    for (const std::size_t behind : {3U, 4U}) {
        CHECK_FALSE(reports[behind].accepted);
        CHECK(reports[behind].not_reached);
    }
    CHECK(imported.removed_albums() == 1);
    CHECK(imported.catalogue.store->maintenance().check().faults.empty());
}

TEST_CASE("Releases that vanish from albums that stay count, by their share of what is looked at") {
    Imported imported{8};
    imported.limit(100, 3);
    for (int n = 1; n <= 3; ++n)
        CHECK(imported.write(imported.halved(n)).accepted);
    CHECK(imported.write(imported.halved(4)).too_many == Removals{0, 4});
    CHECK(imported.present() == 13);
}

TEST_CASE("A release of which is known where it is now is none that vanished") {
    Imported imported{3};
    imported.limit(0, 0);
    auto import = imported.halved(1);
    const Mbid absent = Imported::both(1).back().mbid;
    import.fates = {{ absent, absent, mbid(77) }};  // in a group that the catalogue has not
    const auto report = imported.write(import);
    CHECK(report.accepted);
    CHECK(report.releases.removed == 1);
    RemovalLimit nothing;
    nothing.allowed = 0;
    imported.catalogue.store->queue().limit_removals(nothing);
    import = imported.halved(2);
    const Mbid merged = Imported::both(2).back().mbid;
    import.fates = {{ merged, mbid(78), mbid(77) }};  // into one that the catalogue has not
    CHECK(imported.write(import).accepted);
}

TEST_CASE("What other workers removed counts, so many runs come to no more than one") {
    Imported imported{9};
    for (int n = 1; n <= 6; ++n) {
        imported.catalogue.clock.advance(k_hour / 4);
        imported.catalogue.store = imported.catalogue.reopen();
        imported.catalogue.store->queue().start_worker("another");
        imported.limit(3);
        const auto import = imported.gone(n);
        const bool accepted = imported.write(import).accepted;
        CHECK(accepted == (n <= 3));
        if (!accepted) imported.hand_back(import);
    }
    CHECK(imported.removed_albums() == 3);
    imported.catalogue.clock.advance(24 * k_hour);
    CHECK(imported.write(imported.gone(7)).accepted);
}

TEST_CASE("What came back is not counted any more") {
    Imported imported{4};
    imported.limit(1);
    CHECK(imported.write(imported.gone(1)).accepted);
    CHECK(imported.write(imported.whole(1)).accepted);
    CHECK(imported.write(imported.gone(2)).accepted);
}

TEST_CASE("What was allowed is for one run, and not held against those after it") {
    Imported imported{9};
    RemovalLimit allowed;
    allowed.allowed = 5;
    imported.catalogue.store->queue().limit_removals(allowed);
    for (int n = 1; n <= 5; ++n)
        CHECK(imported.write(imported.gone(n)).accepted);
    const auto sixth = imported.gone(6);
    CHECK(imported.write(sixth).too_many);
    imported.hand_back(sixth);
    imported.catalogue.clock.advance(1);
    imported.catalogue.store = imported.catalogue.reopen();
    imported.catalogue.store->queue().start_worker("another");
    imported.limit(2);
    CHECK(imported.write(imported.gone(7)).accepted);
    CHECK(imported.write(imported.gone(8)).accepted);
    CHECK(imported.write(imported.gone(9)).too_many);
}

TEST_CASE("The more a run looks at, the more releases may vanish: a tenth of them") {
    Imported imported{13};
    imported.catalogue.store = imported.catalogue.reopen();  // which has looked at nothing
    imported.limit(100, 0);
    CHECK(imported.write(imported.halved(13)).too_many == Removals{0, 1});
    for (int n = 1; n <= 9; ++n)
        CHECK(imported.write(imported.whole(n)).accepted);
    CHECK(imported.write(imported.halved(10)).accepted);  // one of 20
    CHECK(imported.write(imported.halved(11)).accepted);
    CHECK(imported.write(imported.halved(12)).too_many == Removals{0, 3});
}

TEST_CASE("What was allowed by a clock that has been set back since allows nothing more") {
    Imported imported{4};
    RemovalLimit allowed;
    allowed.allowed = 1;
    imported.catalogue.store->queue().limit_removals(allowed);
    CHECK(imported.write(imported.gone(1)).accepted);
    imported.catalogue.clock.now -= 48 * k_hour;
    imported.catalogue.store = imported.catalogue.reopen();
    imported.catalogue.store->queue().recover();  // as a worker does: jobs wait no longer for it
    imported.limit(2);
    CHECK(imported.write(imported.gone(2)).accepted);
    CHECK(imported.write(imported.gone(3)).too_many);
}

TEST_CASE("What would have been too much was not removed, and takes nothing from what is allowed") {
    Imported imported{3};
    RemovalLimit allowed;
    allowed.allowed = 2;
    imported.catalogue.store->queue().limit_removals(allowed);
    CHECK(imported.write(imported.halved(1)).accepted);
    auto empty = imported.whole(2);
    empty.releases.clear();  // both of its releases would go
    CHECK(imported.write(empty).too_many);
    CHECK(imported.write(imported.halved(3)).accepted);
    CHECK(imported.present() == 4);
}

TEST_CASE("An album that was removed before is not removed again by the next import") {
    Imported imported{3};
    imported.limit(1);
    for (int again = 0; again < 4; ++again)
        CHECK(imported.write(imported.gone(1)).accepted);
    RemovalLimit allowed;
    allowed.allowed = 1;
    imported.catalogue.store = imported.catalogue.reopen();
    imported.catalogue.store->queue().limit_removals(allowed);
    for (const int n : {1, 2, 1, 2, 1})
        CHECK(imported.write(imported.gone(n)).accepted);
}

TEST_CASE("Known releases are of several albums, and none is one that was removed") {
    Imported imported{9};
    const auto known = imported.catalogue.store->queue().known_releases();
    CHECK(known == std::vector{mbid(1019), mbid(1017), mbid(1015), mbid(1002), mbid(1004)});
    imported.write(imported.gone(9));
    CHECK(imported.catalogue.store->queue().known_releases().front() == mbid(1017));
    OpenCatalogue empty;
    CHECK(empty.store->queue().known_releases().empty());
}
