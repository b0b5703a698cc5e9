// Measures of claiming and completing jobs on PostgreSQL, and of what is left of it under a held
// snapshot.
#include <fmt/format.h>

#include "bench/postgresql/churn.hpp"
#include "bench/postgresql/measures.hpp"
#include "bench/process.hpp"

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

Measure under_held_snapshot(const Databases& databases) {
    Measure measure;
    measure.name = "postgresql-held-snapshot";
    measure.what = fmt::format(
        "PostgreSQL: claim and complete by 4 workers, one job a transaction, after {} under a held "
        "snapshot",
        databases.ground().quick ? "a minute" : "10 minutes");
    measure.against = "at the start of it";
    measure.unit = "jobs/s";
    measure.kind = Measure::Target::at_least;
    measure.target = 0.5;
    measure.runs = 1;
    measure.ours = [=] { return churn(databases, Snapshot::held).at_end(); };
    measure.theirs = [=] { return churn(databases, Snapshot::held).at_start(); };
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
