// Measures of a drain over HTTP.
#include <chrono>
#include <csignal>
#include <fstream>
#include <thread>

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <sys/wait.h>
#include <unistd.h>

#include "bench/bench.hpp"
#include "bench/process.hpp"
#include "support/musicbrainz_server.hpp"

namespace pressings::bench {

namespace {

constexpr std::size_t k_groups_of_each = 3;
constexpr std::size_t k_groups_with_editions = 5;
constexpr std::size_t k_editions = 40;

/// Groups made of the genuine releases, most with one; some with so many editions that they come in
/// several pages. No two editions are alike: what ties may be left out between two pages, and has
/// to be asked for again.
struct Service {
    explicit Service(const Ground& ground) {
        for (const auto& file : std::filesystem::directory_iterator{ground.data / "releases"}) {
            auto release = nlohmann::json::parse(std::ifstream{file.path()});
            if (!release.contains("media") || !release.contains("release-group")) continue;
            for (std::size_t n = 0; n < k_groups_of_each; ++n)
                add_group(release, groups.size() < k_groups_with_editions ? k_editions : 1);
        }
    }

    void add_group(nlohmann::json& release, std::size_t editions) {
        groups.push_back(fresh_mbid(5, groups.size()));
        release["release-group"]["id"] = groups.back();
        server.change([&](test::ServedReleases& releases) {
            for (std::size_t n = 0; n < editions; ++n, ++m_releases) {
                release["id"] = fresh_mbid(4, m_releases);
                release["barcode"] = std::to_string(m_releases);
                releases.add_release(release.dump());
            }
        });
    }

    /// Pages that the groups' releases come in, each asked for once.
    std::size_t pages() {
        std::size_t count = 0;
        server.change([&](const test::ServedReleases& releases) {
            for (const std::string& group : groups)
                count += pages_of(releases, group);
        });
        return count;
    }

    static std::size_t pages_of(const test::ServedReleases& releases, const std::string& group) {
        std::size_t pages = 0;
        std::size_t received = 0;
        while (true) {
            const auto answer = releases.browse({{"release-group", group},
                                                 {"inc", "recordings"},
                                                 {"limit", "100"},
                                                 {"offset", std::to_string(received)}},
                                                0);
            const auto page = nlohmann::json::parse(answer.body);
            ++pages;
            received += page["releases"].size();
            if (received >= page["release-count"].get<std::size_t>()) return pages;
        }
    }

    test::MusicBrainzServer server{test::MusicBrainzServer::KeepAlive::yes};
    std::vector<std::string> groups;

  private:
    std::size_t m_releases = 0;
};

constexpr double k_rate = 50;

struct Drained {
    double wall_s = 0;
    double requests = 0;
};

Drained drain(const Ground& ground, Service& service) {
    const std::string database = ground.empty_catalogue("http.db");
    Arguments import{ground.tool("album-import"), "-q", "--db", database};
    import.insert(import.end(), service.groups.begin(), service.groups.end());
    run(import);
    const std::size_t before = service.server.requests().size();
    const Cost cost =
        run({ground.tool("release-worker"), "run", "-q", "--db", database, "--rate",
             fmt::format("{}", k_rate), "--concurrency", "4", "--source", service.server.root()});
    return {cost.wall_s, static_cast<double>(service.server.requests().size() - before)};
}

/// They share the service, which is made when the first of them is run.
struct Shared {
    std::unique_ptr<Service> service;
    Drained last;

    Drained& run(const Ground& ground) {
        if (!service) service = std::make_unique<Service>(ground);
        return last = drain(ground, *service);
    }
};

Measure time_over_http(const Ground& ground, const std::shared_ptr<Shared>& shared) {
    Measure measure;
    measure.name = "http";
    measure.what = "drain over loopback HTTP at `--rate 50`";
    measure.against = "requests divided by the rate";
    measure.unit = "s";
    measure.target = 1.05;
    measure.runs = 3;
    measure.ours = [=] { return shared->run(ground).wall_s; };
    measure.theirs = [=] { return shared->last.requests / k_rate; };
    return measure;
}

Measure requests_over_http(const Ground& ground, const std::shared_ptr<Shared>& shared) {
    Measure measure;
    measure.name = "http-requests";
    measure.what = "requests of that drain";
    measure.against = "pages that the service cuts the releases into";
    measure.unit = "requests";
    measure.target = 1;
    measure.runs = 1;
    measure.ours = [=] { return shared->run(ground).requests; };
    measure.theirs = [=] { return static_cast<double>(shared->service->pages()); };
    return measure;
}

}  // namespace

std::vector<Measure> service_measures(const Ground& ground) {
    const auto shared = std::make_shared<Shared>();
    return {time_over_http(ground, shared), requests_over_http(ground, shared)};
}

}  // namespace pressings::bench
