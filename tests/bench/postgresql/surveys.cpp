// What many workers on one queue come to, and what becomes of its tables: see worker_crowd.cpp.
#include "bench/postgresql/surveys.hpp"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <stdexcept>

#include <fcntl.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <unistd.h>

#include "bench/postgresql/churn.hpp"
#include "bench/process.hpp"

namespace pressings::bench {

namespace {

using Json = nlohmann::json;

constexpr const char* k_workers = "postgresql-workers";

/// So many workers for some seconds: what they say of it.
Json crowd(const Databases& databases, const std::string& what, int workers, int number,
           const std::string& manner) {
    const bool quick = databases.ground().quick;
    const std::string database = databases.waiting("crowd", quick ? 20'000 : 200'000);
    Arguments program{databases.ground().tool("worker_crowd"),
                      database,
                      what,
                      std::to_string(workers),
                      std::to_string(quick ? 1 : 10),
                      std::to_string(number)};
    if (!manner.empty()) program.push_back(manner);
    return Json::parse(run(program, Stdout::keep).output);
}

double a_second(const Json& crowd, const char* what) {
    return crowd.at(what).get<double>() / crowd.at("seconds").get<double>();
}

/// What the disk takes now: other programs on it make it ten times slower.
double syncs_a_second(const Ground& ground) {
    using Clock = std::chrono::steady_clock;
    constexpr auto k_long = std::chrono::milliseconds{300};
    const std::string file = ground.file("syncs");
    const int descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0) throw std::runtime_error("cannot write " + file);
    const std::string page(8'192, 'x');
    double syncs = 0;
    const auto begun = Clock::now();
    for (; Clock::now() - begun < k_long; ++syncs) {
        if (::pwrite(descriptor, page.data(), page.size(), 0) < 0 || ::fdatasync(descriptor) != 0)
            throw std::runtime_error("cannot write " + file);
    }
    const std::chrono::duration<double> taken = Clock::now() - begun;
    ::close(descriptor);
    std::filesystem::remove(file);
    return syncs / taken.count();
}

/// The number of workers, and what they came to.
std::vector<double> row(const Databases& databases, int workers) {
    const double syncs = syncs_a_second(databases.ground());
    const Json alone = crowd(databases, "claims", workers, 1, "alone");
    const Json upkeep = crowd(databases, "claims", workers, 1, "upkeep");
    const Json fast = crowd(databases, "slots", workers, 1, "");
    const Json slow = crowd(databases, "slots", workers, 1'000, "");
    double gave_up = 0;
    for (const Json& one : {alone, upkeep, fast, slow})
        gave_up = std::max(gave_up, one.at("failed").get<double>());
    return {static_cast<double>(workers), syncs,
            alone.at("ready_s"),          a_second(alone, "done"),
            alone.at("ask_median_ms"),    alone.at("ask_p99_ms"),
            a_second(upkeep, "done"),     upkeep.at("ask_median_ms"),
            upkeep.at("ask_p99_ms"),      a_second(fast, "done"),
            fast.at("ask_p99_ms"),        a_second(slow, "done"),
            a_second(slow, "asked"),      gave_up};
}

Survey workers_on_one_queue(const Databases& databases) {
    Survey survey;
    survey.name = k_workers;
    survey.what =
        "PostgreSQL: workers on one queue, a process and a session each, one job a transaction, "
        "nothing to fetch; with upkeep they look for dead workers each second and renew leases; "
        "turns for requests, one a millisecond and one a second for all";
    survey.columns = {"workers",
                      "disk_syncs_per_s",
                      "ready_s",
                      "jobs_per_s",
                      "claim_median_ms",
                      "claim_p99_ms",
                      "upkeep_jobs_per_s",
                      "upkeep_median_ms",
                      "upkeep_p99_ms",
                      "turns_per_s_of_1000",
                      "turn_p99_ms",
                      "turns_per_s_of_1",
                      "questions_per_s_of_1",
                      "workers_that_gave_up"};
    std::vector<int> sizes{1, 10, 100};
    if (!databases.ground().quick) sizes.insert(sizes.end(), {300, 1'000});
    for (const int workers : sizes)
        survey.rows.push_back(row(databases, workers));
    return survey;
}

/// Rate and sizes at each tenth of the time.
Survey tables_under_churn(const Databases& databases, const std::string& name, Snapshot snapshot) {
    const Churn& churned = churn(databases, snapshot);
    Survey survey;
    survey.name = name;
    survey.what = fmt::format(
        "PostgreSQL: 4 workers for {} seconds, one job a transaction, as many jobs come in, {}",
        churned.seconds,
        snapshot == Snapshot::held ? "a snapshot held all the while" : "no snapshot held");
    survey.columns = {"at_s",    "jobs_per_s", "jobs_done", "dead_rows",
                      "jobs_mb", "indexes_mb", "due_mb"};
    const std::size_t part = churned.each_second.size() / 10;
    double done = 0;
    for (std::size_t i = 0; i < churned.samples.size(); ++i) {
        double here = 0;
        for (std::size_t second = i * part; second < (i + 1) * part; ++second)
            here += churned.each_second[second];
        done += here;
        const Churn::Sample& sample = churned.samples[i];
        survey.rows.push_back({static_cast<double>((i + 1) * part),
                               here / static_cast<double>(part), done, sample.dead_rows,
                               sample.jobs_mb, sample.indexes_mb, sample.due_mb});
    }
    return survey;
}

}  // namespace

std::vector<SurveyPlan> postgresql_surveys(const Databases& databases) {
    const auto churn_plan = [&](const std::string& name, Snapshot snapshot) {
        return SurveyPlan{name, [=] { return tables_under_churn(databases, name, snapshot); }};
    };
    return {{k_workers, [=] { return workers_on_one_queue(databases); }},
            churn_plan("postgresql-churn", Snapshot::none),
            churn_plan("postgresql-held-snapshot", Snapshot::held)};
}

}  // namespace pressings::bench
