#include "bench/postgresql/churn.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <optional>
#include <stdexcept>

#include <nlohmann/json.hpp>

#include "bench/process.hpp"
#include "support/postgresql_database.hpp"

namespace pressings::bench {

namespace {

std::ptrdiff_t fiftieth(const std::vector<double>& values) {
    constexpr std::size_t k_least = 3;
    return static_cast<std::ptrdiff_t>(std::max(k_least, values.size() / 50));
}

template <typename Place>
double mean(Place first, Place last) {
    return std::accumulate(first, last, 0.0) / static_cast<double>(last - first);
}

Churn run_churn(const Databases& databases, Snapshot snapshot, int seconds) {
    const std::string database = databases.waiting("churn", 20'000);
    std::optional<test::PlainSession> session;
    if (snapshot == Snapshot::held) {
        session.emplace(database);
        session->run("BEGIN ISOLATION LEVEL REPEATABLE READ");
        session->run("SELECT count(*) FROM pressings.jobs");
    }
    const auto crowd =
        nlohmann::json::parse(bench::run({databases.ground().tool("worker_crowd"), database,
                                          "claims", "4", std::to_string(seconds), "1", "refill"},
                                         Stdout::keep)
                                  .output);
    if (crowd.at("failed") != 0) throw std::runtime_error("a worker of the churn gave up");
    Churn churn{seconds, crowd.at("each_second"), {}};
    for (const auto& sample : crowd.at("samples")) {
        churn.samples.push_back({sample.at("dead_rows"), sample.at("jobs_mb"),
                                 sample.at("indexes_mb"), sample.at("due_mb")});
    }
    return churn;
}

}  // namespace

double Churn::at_start() const {
    return mean(each_second.begin(), each_second.begin() + fiftieth(each_second));
}

double Churn::at_end() const {
    return mean(each_second.end() - fiftieth(each_second), each_second.end());
}

const Churn& churn(const Databases& databases, Snapshot snapshot) {
    static std::map<Snapshot, Churn> known;
    const auto found = known.find(snapshot);
    if (found != known.end()) return found->second;
    const bool quick = databases.ground().quick;
    const int seconds = snapshot == Snapshot::held ? (quick ? 60 : 600) : (quick ? 10 : 120);
    return known[snapshot] = run_churn(databases, snapshot, seconds);
}

}  // namespace pressings::bench
