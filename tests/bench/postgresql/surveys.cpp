// What many workers on one queue come to: see worker_crowd.cpp.
#include "bench/postgresql/surveys.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "bench/process.hpp"

namespace pressings::bench {

namespace {

using Json = nlohmann::json;

/// So many workers for some seconds: what they say of it.
Json crowd(const Databases& databases, const std::string& what, int workers, int number,
           const std::string& manner) {
    const bool quick = databases.ground().quick;
    const std::string database = databases.waiting("crowd", quick ? 20'000 : 200'000);
    Arguments program{databases.ground().tool("worker_crowd"),
                      database,
                      what,
                      std::to_string(workers),
                      std::to_string(quick ? 2 : 10),
                      std::to_string(number)};
    if (!manner.empty()) program.push_back(manner);
    return Json::parse(run(program, Stdout::keep).output);
}

double a_second(const Json& crowd, const char* what) {
    return crowd.at(what).get<double>() / crowd.at("seconds").get<double>();
}

/// The number of workers, and what they came to.
std::vector<double> row(const Databases& databases, int workers) {
    const Json alone = crowd(databases, "claims", workers, 1, "alone");
    const Json upkeep = crowd(databases, "claims", workers, 1, "upkeep");
    const Json fast = crowd(databases, "slots", workers, 1, "");
    const Json slow = crowd(databases, "slots", workers, 1'000, "");
    return {static_cast<double>(workers), alone.at("ready_s"),     a_second(alone, "done"),
            alone.at("ask_median_ms"),    alone.at("ask_p99_ms"),  a_second(upkeep, "done"),
            upkeep.at("ask_median_ms"),   upkeep.at("ask_p99_ms"), a_second(fast, "done"),
            fast.at("ask_p99_ms"),        a_second(slow, "done"),  a_second(slow, "asked")};
}

}  // namespace

Survey workers_on_one_queue(const Databases& databases) {
    Survey survey;
    survey.name = "postgresql-workers";
    survey.what =
        "PostgreSQL: workers on one queue, a process and a session each, one job a transaction, "
        "nothing to fetch; with upkeep they look for dead workers each second and renew leases; "
        "turns for requests, one a millisecond and one a second for all";
    survey.columns = {"workers",          "ready_s",          "jobs_per_s",
                      "claim_median_ms",  "claim_p99_ms",     "upkeep_jobs_per_s",
                      "upkeep_median_ms", "upkeep_p99_ms",    "turns_per_s_of_1000",
                      "turn_p99_ms",      "turns_per_s_of_1", "questions_per_s_of_1"};
    std::vector<int> sizes{1, 10, 100};
    if (!databases.ground().quick) sizes.insert(sizes.end(), {300, 1'000});
    for (const int workers : sizes)
        survey.rows.push_back(row(databases, workers));
    return survey;
}

}  // namespace pressings::bench
