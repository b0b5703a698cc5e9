// Measures beside other queues on PostgreSQL: graphile-worker and pg-boss, on the same server.
#include <iostream>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "bench/postgresql/measures.hpp"
#include "bench/process.hpp"

namespace pressings::bench {

namespace {

struct Peer {
    const char* script;
    const char* package;  ///< as npm calls it
};

constexpr Peer k_peers[] = {{"graphile_worker", "graphile-worker"}, {"pg_boss", "pg-boss"}};
constexpr int k_workers = 4;

std::filesystem::path installed(const Ground& ground) {
    return ground.folder / "peers";
}

bool is_installed(const Ground& ground, const Peer& peer) {
    if (std::filesystem::exists(installed(ground) / "node_modules" / peer.package)) return true;
    std::cerr << peer.package << ": skipped, it is not installed; scripts/install-dependencies "
              << "--peers does" << std::endl;
    return false;
}

/// Jobs that do nothing, put in and done: "added_per_s" or "done_per_s".
double theirs(const Databases& databases, const Peer& peer, long jobs, int group,
              const char* what) {
    const Ground& ground = databases.ground();
    databases.server().copy("template1", "peer");
    databases.server().settle();
    const std::string output =
        run({"node", ground.script("postgresql/peers/peer.js"), peer.script,
             installed(ground).string(), databases.server().uri("peer"), std::to_string(jobs),
             std::to_string(k_workers), std::to_string(group)},
            Stdout::keep)
            .output;
    return nlohmann::json::parse(output).at(what);
}

Measure beside(const Databases& databases, const Peer& peer) {
    Measure measure;
    measure.name = fmt::format("postgresql-{}", peer.package);
    measure.against = peer.package;
    measure.unit = "jobs/s";
    measure.kind = Measure::Target::at_least;
    measure.target = 1;
    measure.runs = databases.ground().quick ? 1 : 3;
    return measure;
}

Measure adding(const Databases& databases, const Peer& peer) {
    Measure measure = beside(databases, peer);
    const long jobs = databases.ground().quick ? 8'000 : 80'000;
    measure.name += "-add";
    measure.what =
        fmt::format("PostgreSQL: `album-import` of {} albums with jobs, 1,000 a transaction", jobs);
    measure.against += ", jobs without albums";
    measure.ours = [=] { return import_rate(databases, 1, static_cast<std::size_t>(jobs)); };
    measure.theirs = [=] { return theirs(databases, peer, jobs, 32, "added_per_s"); };
    return measure;
}

Measure working(const Databases& databases, const Peer& peer, int group) {
    Measure measure = beside(databases, peer);
    const long jobs = (group == 1 ? 1'000 : 4'000) * (databases.ground().quick ? 1 : 5);
    measure.name += fmt::format("-{}x{}", group, k_workers);
    measure.what =
        fmt::format("PostgreSQL: claim and complete, {} at a time, {} workers, attempts kept",
                    group, k_workers);
    measure.against += ", jobs that do nothing";
    measure.ours = [=] { return claim_rate(databases, "queue_work", group, k_workers, jobs); };
    measure.theirs = [=] { return theirs(databases, peer, jobs, group, "done_per_s"); };
    return measure;
}

}  // namespace

std::vector<Measure> postgresql_peer_measures(const Databases& databases) {
    std::vector<Measure> measures;
    if (!databases.ground().peers) return measures;
    for (const Peer& peer : k_peers) {
        if (!is_installed(databases.ground(), peer)) continue;
        measures.push_back(adding(databases, peer));
        for (const int group : {1, 32})
            measures.push_back(working(databases, peer, group));
    }
    return measures;
}

}  // namespace pressings::bench
