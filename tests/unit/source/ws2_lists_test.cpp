// The release groups of an artist, a label or a series, part by part.
#include <algorithm>
#include <set>

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "source/json/list_json.hpp"
#include "source/release_source.hpp"
#include "support/musicbrainz_server.hpp"

using namespace pressings;
using namespace pressings::source;
using namespace pressings::test;
using Json = nlohmann::json;

namespace {

const std::string k_artist = "a74b1b7f-71a5-4011-9441-d0b5e4122711";
const std::string k_other = "0383dadf-2a4e-4d10-a46a-e9e041da8eb3";

std::string nth(char kind, int n) {
    return fmt::format("0000000{}-0000-4000-8000-{:012}", kind, n);
}

Json group(int n) {
    return {{"id", nth('a', n)},
            {"title", fmt::format("No. {}", n)},
            {"primary-type", n % 2 == 0 ? "Album" : "Single"}};
}

int number(const std::string& target, const std::string& name) {
    const auto at = target.find(name + "=");
    return at == std::string::npos ? 0 : std::stoi(target.substr(at + name.size() + 1));
}

/// A service with an artist or label of so many groups, each of one release.
struct Service {
    MusicBrainzServer server{MusicBrainzServer::KeepAlive::yes};
    int groups = 0;
    std::string now = k_artist;
    std::unique_ptr<ReleaseSource> source;

    explicit Service(int count) : groups(count) {
        SourceOptions options;
        options.user_agent = "test";
        options.retry_waits_ms = {1};
        source = make_source(server.root(), options);
        server.set_script([this](const LoggedRequest& request) { return answer(request.target); });
    }

    std::optional<Fault> answer(const std::string& target) const {
        if (target.starts_with("/ws/2/release-group?artist=" + now)) return page(target, "artist");
        if (target.starts_with("/ws/2/release?label=" + now)) return page(target, "label");
        const bool is_known = target.starts_with("/ws/2/" + entity + "/");
        if (!is_known) return own_error(404);
        return status_fault(200, Json{{"id", now}, {"name", "Somebody"}}.dump());
    }

    Fault page(const std::string& target, const std::string& by) const {
        const int offset = number(target, "offset");
        const int end = std::min(groups, offset + number(target, "limit"));
        Json listed = Json::array();
        for (int n = offset; n < end; ++n) {
            listed.push_back(
                by == "artist" ? group(n) : Json{{"id", nth('b', n)}, {"release-group", group(n)}});
        }
        const std::string what = by == "artist" ? "release-group" : "release";
        return status_fault(200, Json{{what + "-count", groups}, {what + "s", listed}}.dump());
    }

    GroupList list(std::optional<EntityType> of, const TypeFilter& types = {},
                   std::int64_t from = 0) const {
        return source->list_groups({of, *Mbid::parse(k_artist), types, from}, {});
    }

    std::string entity = "artist";
};

}  // namespace

TEST_CASE("A short list comes whole, with the name of whom it is") {
    const Service service{130};
    const GroupList list = service.list(EntityType::artist);
    CHECK(list.albums.size() == 130);
    CHECK(list.name == "Somebody");
    CHECK_FALSE(list.rest);
    CHECK(list.requests == 3);
    CHECK(service.list(EntityType::artist, {{}, {"single"}}).albums.size() == 65);
}

TEST_CASE("A list of more than 20,000 groups comes in parts, and lacks none where they meet") {
    const Service service{20'130};
    std::size_t albums = 0;
    std::set<Mbid> all;
    std::optional<std::int64_t> from = 0;
    int parts = 0;
    for (; from; ++parts) {
        const GroupList list = service.list(EntityType::artist, {}, *from);
        CHECK(list.albums.size() <= 2'000);
        for (const Album& album : list.albums)
            all.insert(*album.mbid);
        albums += list.albums.size();
        from = list.rest;
    }
    CHECK(parts == 11);
    CHECK(all.size() == 20'130);
    CHECK(albums == 20'130 + 10 * 50);  // parts overlap
}

TEST_CASE("A label's groups are those of its releases") {
    Service service{250};
    service.entity = "label";
    const GroupList list = service.list(EntityType::label, {{"album"}, {}});
    CHECK(list.entity == EntityType::label);
    CHECK(list.albums.size() == 125);
}

TEST_CASE("A bare MBID is found out: an artist's, a label's or a series'") {
    Service service{2};
    service.entity = "label";
    const GroupList list = service.list(std::nullopt);
    CHECK(list.entity == EntityType::label);
    CHECK(list.requests == 3);  // no artist, the label, its releases
    service.entity = "nothing";
    try {
        service.list(std::nullopt);
        FAIL("there is one");
    } catch (const SourceError& error) {
        CHECK(error.meaning == Meaning::not_found);
        CHECK(error.requests == 3);
    }
}

TEST_CASE("One that was merged is listed by its new MBID") {
    Service service{3};
    service.now = k_other;
    const GroupList list = service.list(EntityType::artist);
    CHECK(list.mbid == *Mbid::parse(k_other));
    CHECK(list.albums.size() == 3);
}

TEST_CASE("A list that is short of its count is not taken for whole") {
    const Service service{2};
    MusicBrainzServer& server = const_cast<MusicBrainzServer&>(service.server);
    server.set_script([&](const LoggedRequest& request) -> std::optional<Fault> {
        if (request.target.starts_with("/ws/2/artist/")) return service.answer(request.target);
        return status_fault(
            200, Json{{"release-group-count", 2}, {"release-groups", {group(1)}}}.dump());
    });
    try {
        service.list(EntityType::artist);
        FAIL("it was taken");
    } catch (const SourceError& error) {
        CHECK(error.code == "incomplete");
        CHECK(error.kind == ErrorKind::transient);
    }
}

TEST_CASE("A series has release groups, and releases whose groups are looked up if types count") {
    const auto part = [](const char* what, Json of) {
        return Json{{"type", "part of"}, {"target-type", what}, {what, std::move(of)}};
    };
    const Json series{{"id", k_artist},
                      {"name", "A series"},
                      {"relations",
                       {part("release_group", group(2)),
                        part("release_group", group(3)),
                        part("release", {{"id", nth('b', 4)}, {"title", "Four"}}),
                        part("release", {{"id", nth('b', 4)}, {"title", "Four"}}),
                        {{"type", "subseries"}, {"series", {{"id", k_other}}}}}}};
    Service service{0};
    service.server.set_script([&](const LoggedRequest& request) -> std::optional<Fault> {
        if (request.target.starts_with("/ws/2/series/")) return status_fault(200, series.dump());
        return status_fault(
            200, Json{{"id", nth('b', 4)}, {"title", "Four"}, {"release-group", group(4)}}.dump());
    });
    const GroupList all = service.list(EntityType::series);
    CHECK(all.name == "A series");
    CHECK(all.albums.size() == 2);
    CHECK(all.releases == std::vector{*Mbid::parse(nth('b', 4))});
    const GroupList albums = service.list(EntityType::series, {{"album"}, {}});
    CHECK(albums.albums.size() == 2);  // 2 and 4
    CHECK(albums.releases.empty());
}
