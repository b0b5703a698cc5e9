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

/// Every genuine release, and one group whose releases fill several pages.
struct Service {
    explicit Service(const Ground& ground) {
        server.add_folder(ground.data / "releases");
        for (const auto& file : std::filesystem::directory_iterator{ground.data / "recorded"})
            groups.push_back(file.path().stem().string());
        server.change([](test::ServedReleases& releases) {
            releases.multiply("1a8c4ac3-6f47-4570-aedb-f1928a0498ea", 200);
        });
    }
    test::MusicBrainzServer server{test::MusicBrainzServer::KeepAlive::yes};
    std::vector<std::string> groups;
};

constexpr double k_rate = 50;

Measure drain(const Ground& ground) {
    Measure measure;
    measure.name = "http";
    measure.what = "drain over loopback HTTP at `--rate 50`";
    measure.against = "requests divided by the rate";
    measure.unit = "s";
    measure.target = 1.05;
    measure.runs = 3;
    auto requests = std::make_shared<double>(0);
    measure.ours = [=] {
        static Service service{ground};
        const std::string database = ground.empty_catalogue("http.db");
        Arguments import{ground.tool("album-import"), "-q", "--db", database};
        import.insert(import.end(), service.groups.begin(), service.groups.end());
        run(import);
        const std::size_t before = service.server.requests().size();
        const Cost cost = run({ground.tool("release-worker"), "run", "-q", "--db", database,
                               "--rate", fmt::format("{}", k_rate), "--concurrency", "4",
                               "--source", service.server.root()});
        *requests = static_cast<double>(service.server.requests().size() - before);
        return cost.wall_s;
    };
    measure.theirs = [=] { return *requests / k_rate; };
    return measure;
}

}  // namespace

std::vector<Measure> service_measures(const Ground& ground) {
    return {drain(ground)};
}

}  // namespace pressings::bench
