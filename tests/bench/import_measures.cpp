// Measures of putting albums in.
#include <fmt/format.h>

#include "bench/bench.hpp"
#include "bench/process.hpp"

namespace pressings::bench {

namespace {

std::filesystem::path releases_of(const Ground& ground) {
    return ground.data / "releases";
}

/// The batch of so many albums, made once.
std::string batch(const Ground& ground, std::size_t count) {
    const std::string file = ground.file(fmt::format("albums-{}.ndjson", count));
    if (!std::filesystem::exists(file)) Albums{releases_of(ground)}.write(file, count);
    return file;
}

Cost import(const Ground& ground, std::size_t count) {
    const std::string database = ground.empty_catalogue("import.db");
    return run(
        {ground.tool("album-import"), "--db", database, "-q", "--from", batch(ground, count)});
}

Measure whole_batch(const Ground& ground, std::size_t count) {
    Measure measure;
    measure.name = "import";
    measure.what = fmt::format("`album-import` of {} NDJSON albums with jobs, FULL", count);
    measure.against = "SQLite C API, same rows and batches, no parsing";
    measure.unit = "s";
    measure.target = 1.5;
    measure.ours = [=] { return import(ground, count).wall_s; };
    measure.theirs = [=] {
        const std::string database = ground.empty_catalogue("limit.db");
        return run({ground.tool("limit_import"), database, releases_of(ground).string(),
                    std::to_string(count)})
            .wall_s;
    };
    return measure;
}

Measure sqlite_utils(const Ground& ground, std::size_t count) {
    Measure measure;
    measure.name = "import-sqlite-utils";
    measure.what = fmt::format("`album-import` of {} NDJSON albums with jobs, FULL", count);
    measure.against = "`sqlite-utils insert` of the same without jobs";
    measure.unit = "albums/s";
    measure.kind = Measure::Target::at_least;
    measure.target = 10;
    measure.runs = 3;
    const auto albums = static_cast<double>(count);
    measure.ours = [=] { return albums / import(ground, count).wall_s; };
    measure.theirs = [=] {
        const std::string database = ground.file("utils.db");
        ground.remove(database);
        return albums /
               run({"sqlite-utils", "insert", database, "albums", batch(ground, count), "--nl"})
                   .wall_s;
    };
    return measure;
}

Measure one_process(const Ground& ground) {
    Measure measure;
    measure.name = "import-one";
    measure.what = "one `album-import MBID` process, FULL";
    measure.against = "one `sqlite3 FILE 'insert …'` process, FULL";
    measure.unit = "ms";
    measure.target = 1.5;
    measure.runs = 41;
    auto made = std::make_shared<std::size_t>(0);
    const auto fresh = [=] { return fresh_mbid(3, (*made)++); };
    const auto database = [=] {
        return *made == 0 ? ground.empty_catalogue("one.db") : ground.file("one.db");
    };
    measure.ours = [=] {
        const std::string path = database();
        return 1000 * run({ground.tool("album-import"), "-q", "--db", path, fresh()}).wall_s;
    };
    measure.theirs = [=] {
        std::string hex = fresh();
        std::erase(hex, '-');
        const std::string sql = fmt::format(
            "begin immediate; insert into albums (mbid, created_at) values (x'{}', 1780000000000); "
            "insert into jobs (kind, album_id, queue, priority, state, run_at, created_at) values "
            "('releases', last_insert_rowid(), 'default', 0, 'pending', 0, 0); commit;",
            hex);
        return 1000 * run({"sqlite3", database(), sql}).wall_s;
    };
    return measure;
}

Measure memory(const Ground& ground, std::size_t count) {
    Measure measure;
    measure.name = "import-memory";
    measure.what = fmt::format("peak memory of `album-import` of {} albums", 10 * count);
    measure.against = fmt::format("of {} albums", count);
    measure.unit = "MB";
    measure.target = 1.1;
    measure.most = 64;
    measure.runs = 1;
    measure.ours = [=] { return import(ground, 10 * count).peak_mb; };
    measure.theirs = [=] { return import(ground, count).peak_mb; };
    return measure;
}

}  // namespace

std::vector<Measure> import_measures(const Ground& ground) {
    const std::size_t count = ground.quick ? 20'000 : 100'000;
    std::vector<Measure> measures{whole_batch(ground, count), one_process(ground)};
    if (ground.peers) measures.push_back(sqlite_utils(ground, count));
    // A tenth of it must be enough to fill the caches.
    if (!ground.quick) measures.push_back(memory(ground, count));
    return measures;
}

}  // namespace pressings::bench
