// Albums of one artist that a source gives together: what a drain does with them.
#include <doctest/doctest.h>

#include "drained.hpp"

using namespace pressings;
using namespace pressings::test;
using source::GroupsTogether;
using source::SourceError;

namespace {

/// Gives together what the test says, and each group alone.
class TogetherSource final : public source::ReleaseSource {
  public:
    using Answer = std::function<GroupsTogether(const Companions&)>;

    explicit TogetherSource(Answer answer) : m_answer(std::move(answer)) {}

    bool reads_together() const override { return true; }
    GroupsTogether releases_together(const Companions& companions, std::stop_token) override {
        together.push_back(companions);
        return m_answer(companions);
    }
    source::GroupReleases releases_of(const Mbid& group, std::stop_token) override {
        alone.push_back(group);
        return one_release(group);
    }
    source::GroupReleases releases_of_group_with(const Mbid& release,
                                                 std::stop_token stop) override {
        return releases_of(release, std::move(stop));
    }

    /// Eight albums, of which all but the second and the last come with their releases.
    source::ArtistGroups discography_of(const Mbid& artist, const TypeFilter& types,
                                        std::stop_token stop) override {
        source::ArtistGroups found = release_groups_of(artist, types, std::move(stop));
        for (const Album& album : found.albums) {
            if (album.mbid == mbid(2) || album.mbid == mbid(8)) continue;
            found.whole.push_back(one_release(*album.mbid));
            found.whole.back().requests = 0;
        }
        found.requests = 5;
        return found;
    }
    source::ArtistGroups release_groups_of(const Mbid&, const TypeFilter&,
                                           std::stop_token) override {
        source::ArtistGroups found{{}, 2};
        for (int n = 1; n <= 8; ++n) {
            Album album;
            album.mbid = mbid(n);
            album.title = "Album " + std::to_string(n);
            album.artist_credit = credit(1000, "Can");
            found.albums.push_back(std::move(album));
        }
        return found;
    }

    std::vector<Companions> together;
    std::vector<Mbid> alone;

  private:
    Answer m_answer;
};

GroupsTogether all_of(const Companions& companions) {
    GroupsTogether found;
    for (const Mbid& group : companions.release_groups) {
        found.groups.push_back(one_release(group));
        found.groups.back().requests = 0;
    }
    found.requests = 3;
    return found;
}

struct Discography {
    OpenCatalogue catalogue;

    explicit Discography(int albums) {
        for (int n = 1; n <= albums; ++n) {
            AlbumRequest request = album_request(n);
            request.album.title = "Album " + std::to_string(n);
            request.album.artist_credit = credit(1000, "Can");
            catalogue.add(request);
        }
    }
};

}  // namespace

TEST_CASE("What is read together with a job's album is taken and written at once") {
    Discography can{120};
    TogetherSource source{all_of};
    std::vector<Ended> ended;
    const auto summary = drain(can.catalogue, source, {}, &ended);
    CHECK(summary.done == 120);
    CHECK(summary.requests == 3);
    CHECK(ended.size() == 120);
    CHECK(source.together.size() == 1);
    CHECK(source.alone.empty());
    CHECK(can.catalogue.store->maintenance().check().faults.empty());
}

TEST_CASE("What was not whole is asked for alone, in its turn, and not together once more") {
    Discography can{10};
    TogetherSource source{[](const Companions& companions) {
        GroupsTogether found = all_of(companions);
        std::erase_if(found.groups, [](const auto& group) {
            return *group.release_group->mbid == mbid(1) || *group.release_group->mbid == mbid(7);
        });
        return found;
    }};
    const auto summary = drain(can.catalogue, source, {});
    CHECK(summary.done == 10);
    CHECK(summary.requests == 3 + 2);
    CHECK(source.together.size() == 1);
    CHECK(source.alone == std::vector{mbid(1), mbid(7)});
}

TEST_CASE("If asking together fails, each is asked for alone, and no job pays for it") {
    Discography can{6};
    TogetherSource source{[](const Companions&) -> GroupsTogether {
        SourceError error{source::ErrorKind::transient, "http_500", "it failed"};
        error.requests = 2;
        throw error;
    }};
    const auto summary = drain(can.catalogue, source, {});
    CHECK(summary.done == 6);
    CHECK(summary.retrying == 0);
    CHECK(summary.requests == 2 + 6);
    CHECK(source.together.size() == 1);
}

TEST_CASE("An album that would lose a release is asked for alone before that is believed") {
    Discography can{6};
    {
        TogetherSource source{all_of};
        drain(can.catalogue, source, {});
    }
    AddOptions again;
    again.refresh = true;
    for (int n = 1; n <= 6; ++n)
        can.catalogue.add(album_request(n), again);
    TogetherSource source{[](const Companions& companions) {
        GroupsTogether found = all_of(companions);
        for (auto& group : found.groups) {
            if (*group.release_group->mbid == mbid(4)) group.releases[0].mbid = mbid(44);
        }
        return found;
    }};
    const auto summary = drain(can.catalogue, source, {});
    CHECK(summary.done == 6);
    CHECK(source.alone == std::vector{mbid(4)});
}

TEST_CASE("The bound on jobs holds for what is read together too") {
    Discography can{10};
    TogetherSource source{all_of};
    worker::DrainOptions options;
    options.max_jobs = 4;
    CHECK(drain(can.catalogue, source, options).done == 4);
    CHECK(source.together.front().release_groups.size() == 4);
}

TEST_CASE("A job that is taken while its album is being read waits for that") {
    Discography can{30};
    TogetherSource source{all_of};
    worker::DrainOptions options;
    options.concurrency = 4;
    const auto summary = drain(can.catalogue, source, options);
    CHECK(summary.done == 30);
    CHECK(source.together.size() == 1);
    CHECK(source.alone.size() <= 3);
}

TEST_CASE("What another worker took meanwhile is its own") {
    Discography can{6};
    auto other = can.catalogue.reopen();
    other->queue().start_worker("other");
    TogetherSource source{[&](const Companions& companions) {
        other->queue().claim({{}, 2}, 60'000);
        return all_of(companions);
    }};
    worker::DrainOptions options;
    options.max_jobs = 6;
    CHECK(drain(can.catalogue, source, options).done == 4);
}

namespace {

/// What a drain makes of a discography of eight albums.
worker::DrainSummary drain_discography(OpenCatalogue& catalogue, TogetherSource& source,
                                       const worker::DrainOptions& options) {
    catalogue.store->albums().add_discography(mbid(1000), {}, "default", 0, store::Mode::write);
    const auto summary = drain(catalogue, source, options);
    CHECK(catalogue.store->maintenance().check().faults.empty());
    return summary;
}

}  // namespace

TEST_CASE("What came along with a discography is written with it, and the rest asked for alone") {
    OpenCatalogue catalogue;
    TogetherSource source{all_of};
    const auto summary = drain_discography(catalogue, source, {});
    CHECK(summary.done == 9);
    CHECK(summary.requests == 5 + 2);
    CHECK(source.together.empty());
    CHECK(source.alone == std::vector{mbid(2), mbid(8)});
}

TEST_CASE("A discography brings nothing along where albums of the artist are imported already") {
    Discography can{1};
    TogetherSource source{all_of};
    drain(can.catalogue, source, {});
    source.together.clear();
    const auto summary = drain_discography(can.catalogue, source, {});
    CHECK(summary.done == 8);
    CHECK(summary.requests == 2 + 3);
    CHECK(source.together.size() == 1);
}

TEST_CASE("A discography brings nothing along for a run of some jobs alone") {
    OpenCatalogue catalogue;
    TogetherSource source{all_of};
    worker::DrainOptions options;
    options.max_jobs = 1;
    CHECK(drain_discography(catalogue, source, options).requests == 2);
}
