// What a source lacks is taken out of the catalogue up to a limit, whoever takes it out.
#include <SQLiteCpp/SQLiteCpp.h>
#include <doctest/doctest.h>

#include "unit/store/open_catalogue.hpp"

using namespace pressings;
using namespace pressings::test;

namespace {

constexpr Millis k_hour = 3'600'000;

/// Albums of two releases each, all imported. Their releases have the MBIDs 1000 + 2n and one more.
struct Imported {
    OpenCatalogue catalogue;
    std::int64_t albums;

    explicit Imported(int count) : albums(count) {
        for (int n = 1; n <= count; ++n) {
            catalogue.add(album_request(n));
            catalogue.complete(catalogue.claim().front(), both(n));
        }
    }

    static std::vector<Release> both(int n) {
        return {release(1000 + 2 * n, "One"), release(1001 + 2 * n, "Other")};
    }

    /// Claims a new import of the album.
    ClaimedJob refresh(int n) {
        AddOptions options;
        options.refresh = true;
        catalogue.add(album_request(n), options);
        return catalogue.claim().front();
    }

    store::Import gone(int n) {
        store::Import import;
        import.job = refresh(n);
        import.group_is_gone = true;
        return import;
    }

    /// Lists the first of its releases only.
    store::Import halved(int n) {
        store::Import import;
        import.job = refresh(n);
        import.releases = {both(n).front()};
        return import;
    }

    store::Import whole(int n) {
        store::Import import;
        import.job = refresh(n);
        import.releases = both(n);
        return import;
    }

    store::AttemptResult write(const store::Import& import) { return write_all({import}).front(); }

    std::vector<store::AttemptResult> write_all(const std::vector<store::Import>& imports) {
        return catalogue.store->queue().complete(imports);
    }

    void hand_back(const store::Import& import) {
        catalogue.store->queue().finish_failed(
            {import.job, store::Verdict::requeue, std::nullopt, catalogue.clock.now_ms()});
    }

    void limit(std::int64_t most_albums, std::int64_t most_releases = 100) {
        RemovalLimit limit;
        limit.albums = most_albums;
        limit.releases = most_releases;
        catalogue.store->queue().limit_removals(limit);
    }

    std::int64_t removed_albums() {
        store::AlbumFilter filter;
        std::int64_t removed = 0;
        catalogue.store->catalogue().albums(
            filter, [&](const auto& album) { removed += album.removed_at_ms ? 1 : 0; });
        return removed;
    }
    std::int64_t present() { return catalogue.store->jobs().status().releases; }
};

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

TEST_CASE("What a group removed before it was written anew, each by itself, is counted once") {
    Imported imported{4};
    RemovalLimit allowed;
    allowed.allowed = 2;
    imported.catalogue.store->queue().limit_removals(allowed);
    auto refused = imported.whole(3);
    refused.release_group.emplace();
    refused.release_group->title = "Refused";
    SQLite::Database beside{imported.catalogue.path, SQLite::OPEN_READWRITE};
    beside.exec(
        "UPDATE albums SET title = 'Refused' WHERE id = 4; "
        "CREATE UNIQUE INDEX refuse ON albums (title) WHERE title = 'Refused'");
    const auto reports = imported.write_all({imported.gone(1), imported.gone(2), refused});
    beside.exec("DROP INDEX refuse");
    CHECK(reports[0].accepted);
    CHECK(reports[1].accepted);
    CHECK(reports[2].error->code == "rejected");
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
