// Measures of putting albums into PostgreSQL, by one importer and by several.
#include <fstream>

#include <fmt/format.h>

#include "bench/postgresql/measures.hpp"
#include "bench/process.hpp"

namespace pressings::bench {

namespace {

std::filesystem::path releases_of(const Ground& ground) {
    return ground.data / "releases";
}

/// Some of the albums as a batch, made once.
std::string batch(const Ground& ground, std::size_t first, std::size_t count) {
    const std::string file = ground.file(fmt::format("albums-{}-from-{}.ndjson", count, first));
    if (std::filesystem::exists(file)) return file;
    const Albums albums{releases_of(ground)};
    std::ofstream out{file, std::ios::binary};
    for (std::size_t n = first; n < first + count; ++n)
        out << albums.line(n);
    if (!out.flush()) throw std::runtime_error("cannot write " + file);
    return file;
}

/// Likewise of the limit.
double limit(const Databases& databases, std::size_t importers, std::size_t albums) {
    const Ground& ground = databases.ground();
    const std::string database = databases.empty("import");
    const std::size_t each = albums / importers;
    std::vector<Arguments> programs;
    for (std::size_t i = 0; i < importers; ++i) {
        programs.push_back({ground.tool("limit_postgresql_import"), database,
                            releases_of(ground).string(), std::to_string(i * each),
                            std::to_string(each)});
    }
    return static_cast<double>(each * importers) / run(programs).wall_s;
}

}  // namespace

double import_rate(const Databases& databases, std::size_t importers, std::size_t albums) {
    const Ground& ground = databases.ground();
    const std::string database = databases.empty("import");
    const std::size_t each = albums / importers;
    std::vector<Arguments> programs;
    for (std::size_t i = 0; i < importers; ++i) {
        programs.push_back({ground.tool("album-import"), "--db", database, "-q", "--from",
                            batch(ground, i * each, each)});
    }
    return static_cast<double>(each * importers) / run(programs).wall_s;
}

std::vector<Measure> postgresql_import_measures(const Databases& databases) {
    const bool quick = databases.ground().quick;
    const std::size_t albums = quick ? 8'000 : 80'000;  // 1,000 each at least, in whole artists
    std::vector<Measure> measures;
    for (const std::size_t importers : {1U, 2U, 4U, 8U}) {
        Measure measure;
        measure.name = fmt::format("postgresql-import-{}", importers);
        measure.what = fmt::format("PostgreSQL: {} NDJSON albums with jobs by {} `album-import`{}",
                                   albums, importers, importers == 1 ? "" : " at once");
        measure.against = "libpq, same rows and batches, no parsing";
        measure.unit = "albums/s";
        measure.kind = Measure::Target::at_least;
        measure.target = 0.8;
        measure.runs = quick ? 1 : 3;
        measure.ours = [=] { return import_rate(databases, importers, albums); };
        measure.theirs = [=] { return limit(databases, importers, albums); };
        measures.push_back(std::move(measure));
    }
    return measures;
}

}  // namespace pressings::bench
