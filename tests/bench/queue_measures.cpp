// Measures of claiming and completing jobs, and of a queue with a long history.
#include <fmt/format.h>

#include "bench/bench.hpp"
#include "bench/process.hpp"

namespace pressings::bench {

namespace {

/// Jobs a second of so many processes that share them.
double rate(const Ground& ground, const std::string& program, int group, int processes, long jobs) {
    const std::string database = ground.empty_catalogue("queue.db");
    run({ground.tool("fill_queue"), database, "0", std::to_string(jobs)});
    const Arguments one{ground.tool(program), database, std::to_string(jobs),
                        std::to_string(group)};
    const Cost cost = run(std::vector<Arguments>(static_cast<std::size_t>(processes), one));
    return static_cast<double>(jobs) / cost.wall_s;
}

Measure claims(const Ground& ground, int group, int processes) {
    Measure measure;
    measure.name = fmt::format("queue-{}x{}", group, processes);
    measure.what = fmt::format("claim and complete, {} a transaction, {} process{}, FULL",
                               group == 1 ? "one job" : fmt::format("{} jobs", group), processes,
                               processes == 1 ? "" : "es");
    measure.against = "SQLite C API doing the same";
    measure.unit = "jobs/s";
    measure.kind = Measure::Target::at_least;
    measure.target = 0.8;
    measure.runs = ground.quick ? 3 : 5;
    const long jobs = (group == 1 ? 1'000 : 20'000) * (ground.quick ? 1 : 2);
    measure.ours = [=] { return rate(ground, "queue_work", group, processes, jobs); };
    measure.theirs = [=] { return rate(ground, "limit_queue", group, processes, jobs); };
    return measure;
}

long history(const Ground& ground) {
    return ground.quick ? 100'000 : 1'000'000;
}

/// A catalogue with as many jobs done as due; made once, about a gigabyte for a million of each.
std::string long_queue(const Ground& ground) {
    const std::string name = fmt::format("history-{}.db", history(ground));
    if (std::filesystem::exists(ground.file(name))) return ground.file(name);
    const std::string count = std::to_string(history(ground));
    run({ground.tool("fill_queue"), ground.empty_catalogue(name), count, count});
    return ground.file(name);
}

std::string short_queue(const Ground& ground) {
    const std::string database = ground.empty_catalogue("short.db");
    run({ground.tool("fill_queue"), database, "0", "1000"});
    return database;
}

Measure claim_beside_history(const Ground& ground) {
    Measure measure;
    measure.name = "claim-history";
    measure.what = fmt::format("claim with {0} done and {0} pending jobs, FULL", history(ground));
    measure.against = "claim with 1,000 pending";
    measure.unit = "us";
    measure.target = 1.1;
    const auto claim = [=](const std::string& database) {
        return std::stod(run({ground.tool("claim_time"), database, "500"}, Stdout::keep).output);
    };
    measure.ours = [=] { return claim(long_queue(ground)); };
    measure.theirs = [=] { return claim(short_queue(ground)); };
    return measure;
}

Measure status(const Ground& ground) {
    Measure measure;
    measure.name = "status";
    measure.what = "`status --json` there, work of the process";
    measure.unit = "ms";
    measure.target = 5;
    measure.runs = 11;
    measure.ours = [=] {
        const std::string database = long_queue(ground);
        return 1000 *
               run({ground.tool("release-worker"), "status", "--json", "--db", database}).cpu_s;
    };
    return measure;
}

Measure nothing_due(const Ground& ground) {
    Measure measure;
    measure.name = "idle-run";
    measure.what =
        fmt::format("`release-worker run`, nothing due in its queue, that database of {}",
                    ground.quick ? "100 MB" : "1 GB");
    measure.against = "`sqlite3 FILE 'select 1 from jobs limit 1'`";
    measure.unit = "ms";
    measure.target = 1.5;
    measure.runs = 41;
    measure.ours = [=] {
        return 1000 *
               run({ground.tool("release-worker"), "run", "-q", "--queue", "none", "--source",
                    "file:" + (ground.data / "recorded").string(), "--db", long_queue(ground)})
                   .wall_s;
    };
    measure.theirs = [=] {
        return 1000 * run({"sqlite3", long_queue(ground), "select 1 from jobs limit 1"}).wall_s;
    };
    return measure;
}

}  // namespace

std::vector<Measure> queue_measures(const Ground& ground) {
    std::vector<Measure> measures;
    for (const int group : {1, 32}) {
        for (const int processes : {1, 2, 4})
            measures.push_back(claims(ground, group, processes));
    }
    measures.push_back(claim_beside_history(ground));
    measures.push_back(status(ground));
    measures.push_back(nothing_due(ground));
    return measures;
}

}  // namespace pressings::bench
