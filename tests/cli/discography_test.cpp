// An artist's albums: how many requests they take, and that they are the same whichever way they
// were asked for.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include "cli/recorded_albums.hpp"
#include "support/musicbrainz_server.hpp"

using namespace pressings::test;
using Json = nlohmann::json;

namespace {

const std::string k_fleetwood_mac = "bd13909f-1c29-4c27-a874-d4aaf27c5b1a";
const std::string k_christine = "00000000-0000-4000-8000-0000000c0de1";

/// Fleetwood Mac with as many albums as wanted, of which the n-th has `releases(n)`, each with so
/// many tracks.
struct ServedArtist {
    MusicBrainzServer musicbrainz{MusicBrainzServer::KeepAlive::yes};
    std::size_t albums = 0;
    std::size_t releases = 0;
    std::size_t tracks = 0;

    template <typename Releases>
    ServedArtist(int how_many, Releases releases_of, std::size_t tracks_each = 11) {
        Json original = recorded_answer(k_rumours)["releases"][0];
        Json& medium = original["media"][0];
        REQUIRE(medium["tracks"].size() >= tracks_each);
        while (medium["tracks"].size() > tracks_each)
            medium["tracks"].erase(tracks_each);
        medium["track-count"] = tracks_each;
        for (int n = 0; n < how_many; ++n) {
            for (int r = 0; r < releases_of(n); ++r) {
                Json release = original;
                release["id"] = fmt::format("00000000-0000-4000-8000-{:06}{:06}", n, r);
                release["date"] = fmt::format("{}-{:02}", 1967 + n % 50, 1 + r % 12);
                release["barcode"] = fmt::format("{:013}", releases);
                release["release-group"]["id"] = fmt::format("00000000-0000-4000-9000-{:012}", n);
                release["release-group"]["title"] = fmt::format("Album {}", n);
                add(release);
                tracks += tracks_each;
            }
        }
        albums = static_cast<std::size_t>(how_many);
    }

    void add(const Json& release) {
        musicbrainz.change([&](auto& served) { served.add_release(release.dump()); });
        ++releases;
    }

    /// The service lets nobody list an artist's releases, so each album is asked for alone.
    void refuse_lists() {
        musicbrainz.set_script([](const LoggedRequest& request) -> std::optional<Fault> {
            if (!request.target.starts_with("/ws/2/release?artist=")) return std::nullopt;
            return own_error(400, "no such list");
        });
    }

    /// Imports all of them into a new catalogue; the requests that it took.
    std::size_t import_into(const ToolBench& bench) {
        const auto before = musicbrainz.requests().size();
        REQUIRE(bench.run("album-import", {"--discography", k_fleetwood_mac}).status == 0);
        const auto run = bench.run("release-worker", {"run", "--json", "--rate", "100000",
                                                      "--source", musicbrainz.root()});
        INFO(run.out << run.err);
        REQUIRE(run.status == 0);
        const Json summary = run.documents().back()["summary"];
        const auto asked = musicbrainz.requests().size() - before;
        CHECK(summary["done"] == 1 + albums);
        CHECK(summary["requests"] == asked);
        CHECK(bench.run("release-worker", {"check"}).status == 0);
        return asked;
    }
};

void check_same(const ToolBench& a, const ToolBench& b) {
    for (const char* what : {"albums", "releases", "tracks"}) {
        CAPTURE(what);
        CHECK(objects(a, what) == objects(b, what));
    }
}

}  // namespace

TEST_CASE("A discography takes requests by its tracks and releases, not by its albums") {
    struct Size {
        std::string artist;
        int albums;
        int releases_each;
        std::size_t tracks_each = 11;
    };
    // README has these figures.
    for (const auto& [name, albums, each, tracks] :
         {Size{"a new band", 5, 1}, Size{"a band with a following", 12, 4},
          Size{"a long career", 60, 3}, Size{"a prolific one", 150, 1},
          Size{"a bootlegged one", 300, 2}, Size{"a house of albums", 300, 1},
          Size{"a house of singles", 300, 1, 2}, Size{"an artist of classics", 10, 40}}) {
        CAPTURE(name);
        ServedArtist artist{albums, [each = each](int) { return each; }, tracks};
        const ToolBench together;
        const auto asked = artist.import_into(together);
        CHECK(asked <= artist.tracks / 500 + artist.releases / 100 + 3);
        artist.refuse_lists();
        const ToolBench alone;
        // (Among these are the lists that were refused, and the searches before them.)
        const std::size_t lists = 1 + (artist.albums + 99) / 100;
        const auto one_by_one = artist.import_into(alone) - (albums > 100 ? 2 : 1) * lists;
        check_same(together, alone);
        CHECK(asked <= one_by_one + 2);  // if a list and a page showed that it is not worth it
        MESSAGE(name << ": " << albums << " albums, " << artist.releases << " releases: " << asked
                     << " requests beside " << one_by_one);
    }
}

TEST_CASE("However its releases are credited and listed, a discography is as complete as before") {
    ServedArtist artist{12, [](int n) { return 1 + n % 5; }};
    const auto release_of = [&](int album, int n) {
        std::string json;
        artist.musicbrainz.change([&](const auto& served) {
            json = served.release(fmt::format("00000000-0000-4000-8000-{:06}{:06}", album, 0));
        });
        Json release = Json::parse(json);
        release["id"] = fmt::format("00000000-0000-4000-8000-{:06}{:06}", album, n);
        return release;
    };
    Json by_another = release_of(2, 900);
    by_another["artist-credit"][0]["artist"]["id"] = k_christine;
    artist.add(by_another);
    Json by_both = release_of(3, 901);
    by_both["artist-credit"][0]["joinphrase"] = " & ";
    by_both["artist-credit"].push_back(by_another["artist-credit"][0]);
    artist.add(by_both);
    Json odd = release_of(4, 902);
    odd["title"] = 7;
    artist.add(odd);
    Json unlisted = release_of(5, 903);
    artist.musicbrainz.change([&](auto& served) {
        served.index_says("00000000-0000-4000-9000-000000000006", "");
        served.index_says("00000000-0000-4000-9000-000000000005",
                          R"({"id": "00000000-0000-4000-9000-000000000005", "count": 1,
                              "title": "Album 5", "releases": [{"id":
                              "00000000-0000-4000-8000-000005000000"}]})");
    });
    artist.add(unlisted);

    const ToolBench together;
    artist.import_into(together);
    artist.refuse_lists();
    const ToolBench alone;
    artist.import_into(alone);
    check_same(together, alone);
}

TEST_CASE("Albums that are there already are not asked for again with a discography") {
    ServedArtist artist{150, [](int) { return 1; }};
    const ToolBench bench;
    artist.import_into(bench);
    const auto before = artist.musicbrainz.requests().size();
    REQUIRE(bench.run("album-import", {"--discography", k_fleetwood_mac}).status == 0);
    const auto run = bench.run("release-worker", {"run", "--json", "--rate", "100000", "--source",
                                                  artist.musicbrainz.root()});
    CHECK(run.status == 0);
    CHECK(run.documents().back()["summary"]["done"] == 1);
    CHECK(artist.musicbrainz.requests().size() - before == 2);
}
