// Measures of a drain from a mirror into PostgreSQL.
#include <fmt/format.h>

#include "bench/postgresql/measures.hpp"
#include "bench/process.hpp"

namespace pressings::bench {

namespace {

/// Of the dump that is there for SQLite's drain as well.
std::size_t dumped(const Ground& ground) {
    return ground.quick ? 4'000 : 20'000;
}

/// A catalogue in which so many albums of the dump wait for their releases.
std::string waiting(const Databases& databases, std::size_t albums, const std::string& name) {
    const std::string original = fmt::format("groups_{}", albums);
    if (!databases.server().has(original)) {
        const std::string database = databases.empty(original);
        run({databases.ground().tool("album-import"), "-q", "--db", database, "--format", "mbid",
             "--from", dumped_groups(databases.ground(), albums, dumped(databases.ground()))});
        databases.gather_statistics(original);
    }
    return databases.copy(original, name);
}

double drain(const Databases& databases, std::size_t albums) {
    const std::string database = waiting(databases, albums, "drain");
    return run({databases.ground().tool("release-worker"), "run", "-q", "--db", database,
                "--source",
                "mirror:" + loaded_mirror(databases.ground(), dumped(databases.ground()))})
        .wall_s;
}

double limit(const Databases& databases, std::size_t albums) {
    const std::string database = waiting(databases, albums, "drain_limit");
    return std::stod(run({databases.ground().tool("limit_postgresql_drain"),
                          databases.server().uri("drain"), database},
                         Stdout::keep)
                         .output);
}

}  // namespace

std::vector<Measure> postgresql_drain_measures(const Databases& databases) {
    const bool quick = databases.ground().quick;
    const std::size_t albums = quick ? 1'000 : 20'000;
    Measure measure;
    measure.name = "postgresql-drain";
    measure.what = fmt::format("PostgreSQL: drain of {} albums from a mirror, all rows", albums);
    measure.against = "libpq, same rows and transactions, nothing fetched or counted";
    measure.unit = "s";
    measure.target = 2;
    measure.runs = quick ? 1 : 3;
    measure.ours = [=] { return drain(databases, albums); };
    measure.theirs = [=] { return limit(databases, albums); };
    return {measure};
}

}  // namespace pressings::bench
