// Whatever the order, the paging, the interruptions and the repetitions: the catalogue is the same.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <random>

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "render/catalogue_json.hpp"
#include "source/release_source.hpp"
#include "support/open_catalogue.hpp"

using namespace pressings;
using namespace pressings::test;
using Json = nlohmann::ordered_json;

namespace {

const std::filesystem::path k_releases =
    std::filesystem::path{PRESSINGS_TEST_DATA} / "musicbrainz" / "releases";

using Groups = std::map<std::string, std::vector<Json>>;

/// The genuine releases by their group, one of each MBID.
Groups genuine_groups() {
    std::map<std::string, Json> releases;
    for (const auto& file : std::filesystem::directory_iterator{k_releases}) {
        Json release = Json::parse(std::ifstream{file.path()});
        if (!release.contains("release-group") || !release.contains("media")) continue;
        releases.try_emplace(release["id"].get<std::string>(), std::move(release));
    }
    Groups groups;
    for (auto& [mbid, release] : releases) {
        groups[release["release-group"]["id"].get<std::string>()].push_back(std::move(release));
    }
    return groups;
}

/// One way in which things may happen, drawn by lot.
class World {
  public:
    World(const Groups& groups, unsigned seed) : m_groups(groups), m_random(seed) { record(); }

    /// Imports every group, some of them again; some attempts do not come to their end.
    void run() {
        std::vector<std::string> order;
        for (const auto& [group, releases] : m_groups) {
            for (std::size_t times = 1 + draw(3); times > 0; --times)
                order.push_back(group);
        }
        std::shuffle(order.begin(), order.end(), m_random);
        AddOptions options;
        options.refresh = true;
        for (const std::string& group : order) {
            AlbumRequest request;
            request.album.mbid = Mbid::parse(group);
            m_catalogue.add(request, options);
            if (draw(3) != 0) work();
        }
        while (work()) {
        }
    }

    /// All albums with all releases as JSON, but for ids and times of this catalogue.
    Json contents() {
        Json albums = Json::object();
        m_catalogue.store->catalogue().albums({}, [&](const store::AlbumRecord& album) {
            Json json = render::album_json(album);
            for (const char* key : {"album_id", "created_at", "imported_at"})
                json.erase(key);
            albums[album.album.mbid->to_string()] = std::move(json);
        });
        store::ReleaseFilter filter;
        filter.with_tracks = true;
        filter.with_removed = true;
        Json releases = Json::object();
        m_catalogue.store->catalogue().releases(filter, [&](const store::ReleaseRecord& release) {
            Json json = render::release_json(release);
            for (const char* key : {"album_id", "release_id"})
                json.erase(key);
            releases[release.release.mbid.to_string()] = std::move(json);
        });
        // Sorted by MBID.
        return {nlohmann::json(albums).dump(), nlohmann::json(releases).dump()};
    }

    std::size_t changes() {
        std::size_t changes = 0;
        m_catalogue.store->catalogue().changes({}, [&](const auto&) { ++changes; });
        return changes;
    }

    std::size_t faults() { return m_catalogue.store->maintenance().check().faults.size(); }

  private:
    std::size_t draw(std::size_t below) {
        return std::uniform_int_distribution<std::size_t>{0, below - 1}(m_random);
    }

    /// Writes each group as recorded pages: in any order, cut anywhere, with repeats.
    void record() {
        for (const auto& [group, genuine] : m_groups) {
            std::vector<Json> releases = genuine;
            std::shuffle(releases.begin(), releases.end(), m_random);
            if (draw(2) == 0) releases.insert(releases.begin(), releases[draw(releases.size())]);
            for (std::size_t at = 0; at < releases.size();) {
                const std::size_t size = 1 + draw(releases.size() - at);
                Json page{{"release-count", genuine.size()}, {"release-offset", at}};
                page["releases"] = Json::array();
                for (std::size_t i = at; i < at + size; ++i)
                    page["releases"].push_back(releases[i]);
                const std::string offset = at == 0 ? "" : fmt::format(".{}", at);
                m_records.write(group + offset + ".json", page.dump());
                at += size;
            }
        }
        m_source = source::make_source("file:" + m_records.path().string(), {});
    }

    /// Takes some jobs and ends each in one way or another; whether there were any.
    bool work() {
        auto jobs = m_catalogue.claim(1 + static_cast<int>(draw(4)));
        if (jobs.empty()) return false;
        std::shuffle(jobs.begin(), jobs.end(), m_random);
        std::vector<store::Import> imports;
        for (const ClaimedJob& job : jobs) {
            switch (draw(4)) {
                case 0:
                    give_back(job);
                    break;
                default:
                    imports.push_back(fetch(job));
            }
        }
        for (const auto& report : m_catalogue.store->queue().complete(imports))
            CHECK(report.accepted);
        return true;
    }

    store::Import fetch(const ClaimedJob& job) {
        auto found = m_source->releases_of(*job.album.mbid, {});
        store::Import import;
        import.job = job;
        import.release_group = std::move(found.release_group);
        import.releases = std::move(found.releases);
        return import;
    }

    void give_back(const ClaimedJob& job) {
        store::FailedAttempt attempt;
        attempt.job = job;
        attempt.verdict = store::Verdict::requeue;
        attempt.run_at_ms = m_catalogue.clock.now_ms();
        m_catalogue.store->queue().finish_failed(attempt);
    }

    const Groups& m_groups;
    std::mt19937 m_random;
    TemporaryFolder m_records;
    std::unique_ptr<source::ReleaseSource> m_source;
    OpenCatalogue m_catalogue;
};

}  // namespace

TEST_CASE("In any order, by any pages, interrupted and repeated: the same catalogue comes out") {
    const Groups groups = genuine_groups();
    REQUIRE(groups.size() > 30);
    Json expected;
    for (unsigned seed = 1; seed <= 8; ++seed) {
        CAPTURE(seed);
        World world{groups, seed};
        world.run();
        const Json contents = world.contents();
        if (expected.is_null()) expected = contents;
        CHECK((contents == expected));
        CHECK(world.changes() == 0);
        CHECK(world.faults() == 0);
    }
}
