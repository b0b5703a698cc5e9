// The groups of one artist asked for together: what that gives, beside asking for each.
#include <algorithm>
#include <map>
#include <set>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "service.hpp"
#include "walk.hpp"

using namespace pressings;
using namespace pressings::source;
using namespace pressings::test;

namespace {

const std::string k_fleetwood_mac = "bd13909f-1c29-4c27-a874-d4aaf27c5b1a";
const std::string k_christine = "00000000-0000-4000-8000-0000000c0de1";

std::string nth_group(int n) {
    return fmt::format("00000000-0000-4000-9000-{:012}", n);
}

std::string nth_release(int group, int n) {
    return fmt::format("00000000-0000-4000-8000-{:06}{:06}", group, n);
}

/// Fleetwood Mac with as many albums as wanted, each with so many copies of a release of Rumours.
struct ServedArtist {
    Service service;
    Json original = Json::parse(rumours());
    Companions companions{mbid(k_fleetwood_mac), {}, {}};

    ServedArtist(int albums, int releases_each) {
        for (int n = 0; n < albums; ++n)
            add_album(n, releases_each, "Album");
    }

    void add_album(int n, int releases, const std::string& type) {
        for (int r = 0; r < releases; ++r) {
            Json release = original;
            release["id"] = nth_release(n, r);
            release["barcode"] = fmt::format("{:06}{:06}", n, r);  // so that none ties
            release["release-group"]["id"] = nth_group(n);
            release["release-group"]["primary-type"] = type;
            add(release);
        }
        companions.release_groups.push_back(mbid(nth_group(n)));
    }

    void add(const Json& release) {
        service.server.change([&](auto& served) { served.add_release(release.dump()); });
    }

    /// A release of an album that bears another credit.
    void add_by_another(int album) {
        Json release = original;
        release["id"] = nth_release(album, 999);
        release["release-group"]["id"] = nth_group(album);
        release["artist-credit"][0]["artist"]["id"] = k_christine;
        add(release);
    }

    GroupsTogether together() { return service.source->releases_together(companions, {}); }

    std::string rumours() {
        const Mbid any = *mbids_of(service.releases_of(k_rumours)).begin();
        std::string found;
        service.server.change([&](const auto& served) { found = served.release(any.to_string()); });
        return found;
    }
};

std::map<Mbid, GroupReleases> by_group(GroupsTogether found) {
    std::map<Mbid, GroupReleases> groups;
    for (GroupReleases& group : found.groups)
        groups.emplace(*group.release_group->mbid, std::move(group));
    return groups;
}

void check_same(GroupReleases a, GroupReleases b) {
    const auto by_mbid = [](const Release& x, const Release& y) { return x.mbid < y.mbid; };
    std::sort(a.releases.begin(), a.releases.end(), by_mbid);
    std::sort(b.releases.begin(), b.releases.end(), by_mbid);
    CHECK(a.releases == b.releases);
    CHECK(a.release_group == b.release_group);
    CHECK(a.lists_all == b.lists_all);
}

}  // namespace

TEST_CASE("groups that are asked for together have what each has when it is asked for alone") {
    ServedArtist artist{20, 3};
    const auto found = artist.together();
    CHECK(found.requests < 20);
    CHECK(found.groups.size() == 20);
    for (const auto& [mbid, group] : by_group(found)) {
        CHECK(group.requests == 0);
        check_same(group, artist.service.source->releases_of(mbid, {}));
    }
}

TEST_CASE("a group that has a release by another artist is left to be asked for alone") {
    ServedArtist artist{6, 1};
    artist.add_by_another(2);
    const auto found = by_group(artist.together());
    CHECK(found.size() == 5);
    CHECK_FALSE(found.contains(mbid(nth_group(2))));
}

TEST_CASE("a group of which the search lists more, less or nothing is left likewise") {
    ServedArtist artist{8, 2};
    artist.service.server.change([&](auto& served) {
        const auto listed = [](int n, std::initializer_list<int> releases) {
            Json group{{"id", nth_group(n)}, {"title", "Rumours"}, {"count", releases.size()}};
            for (const int r : releases)
                group["releases"].push_back({{"id", nth_release(n, r)}});
            return group.dump();
        };
        served.index_says(nth_group(0), listed(0, {0, 1, 2}));
        served.index_says(nth_group(1), listed(1, {0}));
        served.index_says(nth_group(2), "");
    });
    const auto found = by_group(artist.together());
    CHECK(found.size() == 5);
    for (int n : {0, 1, 2})
        CHECK_FALSE(found.contains(mbid(nth_group(n))));
}

TEST_CASE("a group with an odd release is left likewise, for alone it tells of it") {
    ServedArtist artist{6, 2};
    Json odd = artist.original;
    odd["id"] = nth_release(3, 1);
    odd["release-group"]["id"] = nth_group(3);
    odd["title"] = 7;
    artist.add(odd);
    const auto found = by_group(artist.together());
    CHECK(found.size() == 5);
    CHECK_FALSE(found.contains(mbid(nth_group(3))));
}

TEST_CASE("few groups are not asked for together") {
    ServedArtist artist{4, 1};
    const auto found = artist.together();
    CHECK(found.groups.empty());
    CHECK(found.requests == 0);
}

TEST_CASE("what an artist has beside the groups ends it as soon as it would take longer") {
    ServedArtist artist{6, 1};
    artist.companions.release_groups.clear();
    for (int n = 100; n < 110; ++n)
        artist.add_album(n, 40, "Album");  // 400 releases of 11 tracks, which nobody asks for
    artist.companions.release_groups.clear();
    for (int n = 0; n < 6; ++n)
        artist.companions.release_groups.push_back(mbid(nth_group(n)));
    CHECK(artist.together().requests == 2);
}

TEST_CASE("groups of known types are asked for among those of their types alone") {
    ServedArtist artist{10, 1};
    for (int n = 100; n < 110; ++n)
        artist.add_album(n, 40, "Single");
    artist.companions.release_groups.resize(10);
    artist.companions.primary_types = {"Album", "EP"};
    const auto found = artist.together();
    CHECK(found.groups.size() == 10);
    CHECK(found.requests == 2);
    CHECK(artist.service.targets().back().find("&type=album%7Cep&") != std::string::npos);
}

TEST_CASE("a page that fails fails the whole") {
    ServedArtist artist{20, 10};
    artist.service.server.set_script([](const LoggedRequest& request) -> std::optional<Fault> {
        if (request.target.find("offset=0") != std::string::npos) return std::nullopt;
        if (request.target.find("artist=") == std::string::npos) return std::nullopt;
        return status_fault(500);
    });
    CHECK_THROWS_AS(artist.together(), SourceError);
}

namespace {

/// Fleetwood Mac's discography of more albums than one list has.
struct LongDiscography : ServedArtist {
    LongDiscography() : ServedArtist(130, 1) {}

    source::ArtistGroups read() {
        return service.source->discography_of(mbid(k_fleetwood_mac), {}, {});
    }
    std::set<Mbid> listed() {
        std::set<Mbid> groups;
        for (const Album& album :
             service.source->release_groups_of(mbid(k_fleetwood_mac), {}, {}).albums) {
            groups.insert(*album.mbid);
        }
        return groups;
    }
    /// What is read is what the service lists; how many requests for lists of groups it took.
    std::size_t check_complete() {
        const auto before = service.targets().size();
        const auto found = read();
        const auto targets = service.targets();
        std::set<Mbid> groups;
        for (const Album& album : found.albums)
            CHECK(groups.insert(*album.mbid).second);
        CHECK(groups == listed());
        return static_cast<std::size_t>(
            std::count_if(targets.begin() + static_cast<std::ptrdiff_t>(before), targets.end(),
                          [](const std::string& target) {
                              return target.starts_with("/ws/2/release-group?artist=");
                          }));
    }
};

std::string stale_group(const ServedArtist& artist) {
    Json group = artist.original["release-group"];
    group["id"] = nth_group(9999);
    group["artist-credit"] = artist.original["artist-credit"];
    group["count"] = 1;
    group["releases"] = {{{"id", nth_release(9999, 0)}}};
    return group.dump();
}

}  // namespace

TEST_CASE("a long discography comes with its releases, for a page of groups and the search") {
    LongDiscography artist;
    const auto found = artist.read();
    CHECK(found.albums.size() == 131);  // Rumours itself is served, too
    CHECK(found.whole.size() >= 130);
    CHECK(found.requests == 1 + 2 + 3);
    for (const GroupReleases& group : found.whole)
        check_same(group, artist.service.source->releases_of(*group.release_group->mbid, {}));
    CHECK(artist.check_complete() == 1);
}

TEST_CASE("what the index lacks, or has from before, has the groups listed page by page") {
    LongDiscography artist;
    artist.service.server.change([&](auto& served) { served.index_says(nth_group(7), ""); });
    CHECK(artist.check_complete() == 2);
    // One too few and one too many: the count is right, and the list is not.
    const std::string stale = stale_group(artist);
    artist.service.server.change([&](auto& served) { served.index_says(nth_group(9999), stale); });
    CHECK(artist.check_complete() == 2);
}

TEST_CASE("a group that the index lacks is known by its releases, and a stale one is none") {
    LongDiscography artist;
    const std::string stale = stale_group(artist);
    artist.service.server.change([&](auto& served) {
        served.index_says(nth_group(125), "");  // on the second page
        served.index_says(nth_group(9999), stale);
    });
    CHECK(artist.check_complete() == 1);
}

TEST_CASE("a group that none of the artist's releases names has the groups listed page by page") {
    LongDiscography artist;
    Json group = artist.original["release-group"];
    group["id"] = nth_group(777);
    group["artist-credit"] = artist.original["artist-credit"];
    artist.service.server.change([&](auto& served) { served.add_group(group.dump()); });
    CHECK(artist.check_complete() == 2);
}

TEST_CASE("a search that fails has the groups listed page by page") {
    LongDiscography artist;
    artist.service.server.set_script([](const LoggedRequest& request) -> std::optional<Fault> {
        if (request.target.find("query=") == std::string::npos) return std::nullopt;
        return status_fault(500);
    });
    CHECK(artist.check_complete() == 2);
}
