// Measures of claiming and completing jobs on PostgreSQL, and of what is left of it under a held
// snapshot.
#include <algorithm>
#include <numeric>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "bench/postgresql/measures.hpp"
#include "bench/process.hpp"
#include "support/postgresql_database.hpp"

namespace pressings::bench {

namespace {

Measure claims(const Databases& databases, int group, int workers) {
    const bool quick = databases.ground().quick;
    Measure measure;
    measure.name = fmt::format("postgresql-queue-{}x{}", group, workers);
    measure.what = fmt::format("PostgreSQL: claim and complete, {} a transaction, {} worker{}",
                               group == 1 ? "one job" : fmt::format("{} jobs", group), workers,
                               workers == 1 ? "" : "s");
    measure.against = "libpq, same rows and transactions";
    measure.unit = "jobs/s";
    measure.kind = Measure::Target::at_least;
    measure.target = 0.8;
    measure.runs = quick ? 1 : 3;
    const long jobs = (group == 1 ? 1'000 : 4'000) * (quick ? 1 : 5);
    measure.ours = [=] { return claim_rate(databases, "queue_work", group, workers, jobs); };
    measure.theirs = [=] {
        return claim_rate(databases, "limit_postgresql_queue", group, workers, jobs);
    };
    return measure;
}

/// Workers under a snapshot that a session holds all the while: jobs a second at the start and at
/// the end. Both come of one run.
struct Held {
    std::optional<double> start, end;

    void run(const Databases& databases, int seconds) {
        if (start) return;
        constexpr int k_workers = 4;
        const std::string database = databases.waiting("held", 20'000);
        test::PlainSession session{database};
        session.run("BEGIN ISOLATION LEVEL REPEATABLE READ");
        session.run("SELECT count(*) FROM pressings.jobs");
        const auto crowd = nlohmann::json::parse(
            bench::run({databases.ground().tool("worker_crowd"), database, "claims",
                        std::to_string(k_workers), std::to_string(seconds), "1", "refill"},
                       Stdout::keep)
                .output);
        const std::vector<double> each = crowd.at("each_second");
        const auto part = static_cast<std::ptrdiff_t>(std::max<std::size_t>(3, each.size() / 50));
        const auto mean = [&](auto first) {
            return std::accumulate(first, first + part, 0.0) / static_cast<double>(part);
        };
        start = mean(each.begin());
        end = mean(each.end() - part);
    }
};

Measure under_held_snapshot(const Databases& databases) {
    const int seconds = databases.ground().quick ? 60 : 600;
    const auto held = std::make_shared<Held>();
    Measure measure;
    measure.name = "postgresql-held-snapshot";
    measure.what = fmt::format(
        "PostgreSQL: claim and complete by 4 workers, one job a transaction, after {} minute{} "
        "under a held snapshot",
        seconds / 60, seconds == 60 ? "" : "s");
    measure.against = "at the start of it";
    measure.unit = "jobs/s";
    measure.kind = Measure::Target::at_least;
    measure.target = 0.5;
    measure.runs = 1;
    measure.ours = [=] {
        held->run(databases, seconds);
        return *held->end;
    };
    measure.theirs = [=] { return *held->start; };
    return measure;
}

}  // namespace

double claim_rate(const Databases& databases, const std::string& program, int group, int workers,
                  long jobs) {
    const std::string database = databases.waiting("queue", jobs);
    const Arguments one{databases.ground().tool(program), database, std::to_string(jobs),
                        std::to_string(group)};
    const Cost cost = run(std::vector<Arguments>(static_cast<std::size_t>(workers), one));
    return static_cast<double>(jobs) / cost.wall_s;
}

std::vector<Measure> postgresql_queue_measures(const Databases& databases) {
    std::vector<Measure> measures;
    for (const int group : {1, 32}) {
        for (const int workers : {1, 2, 4, 8})
            measures.push_back(claims(databases, group, workers));
    }
    measures.push_back(under_held_snapshot(databases));
    return measures;
}

}  // namespace pressings::bench
