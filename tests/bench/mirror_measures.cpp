// Measures of loading a mirror, and of a drain from it.
#include <fstream>

#include <fmt/format.h>

#include "bench/bench.hpp"
#include "bench/process.hpp"

namespace pressings::bench {

namespace {

/// Releases for so many groups, and some to spare: a group has 1.63 of them.
std::size_t releases_for(std::size_t albums) {
    return albums * 17 / 10;
}

/// A dump in MusicBrainz's form with this many release groups or a few more; made once.
std::string dump(const Ground& ground, std::size_t albums) {
    const std::size_t releases = releases_for(albums);
    const std::string folder = ground.file(fmt::format("dump-{}", releases));
    if (!std::filesystem::exists(folder + "/SHA256SUMS")) {
        run({ground.tool("make-dump"), folder, std::to_string(releases)});
    }
    return folder;
}

Cost load(const Ground& ground, std::size_t albums, const std::string& mirror) {
    ground.remove(mirror);
    return run({ground.tool("musicbrainz-mirror"), "load", "--mirror", mirror,
                dump(ground, albums) + "/release.tar.xz"});
}

/// A catalogue in which so many albums of a dump for `all_albums` wait for their releases.
std::string waiting(const Ground& ground, std::size_t albums, std::size_t all_albums,
                    const std::string& name) {
    const std::string database = ground.empty_catalogue(name);
    run({ground.tool("album-import"), "-q", "--db", database, "--format", "mbid", "--from",
         dumped_groups(ground, albums, all_albums)});
    return database;
}

Cost drain(const Ground& ground, std::size_t albums, std::size_t all_albums) {
    const std::string database = waiting(ground, albums, all_albums, "drain.db");
    return run({ground.tool("release-worker"), "run", "-q", "--db", database, "--source",
                "mirror:" + loaded_mirror(ground, all_albums)});
}

Measure loading(const Ground& ground, std::size_t albums) {
    Measure measure;
    measure.name = "mirror-load";
    measure.what = fmt::format("`mirror load` of {} releases, sums checked", releases_for(albums));
    measure.against = "`xz -dc` of the same file to nowhere";
    measure.unit = "s";
    measure.target = 1.3;
    measure.runs = 3;
    measure.ours = [=] { return load(ground, albums, ground.file("load.mirror")).wall_s; };
    measure.theirs = [=] {
        return run({"xz", "-dc", dump(ground, albums) + "/release.tar.xz"}).wall_s;
    };
    return measure;
}

Measure loading_memory(const Ground& ground, std::size_t albums) {
    Measure measure;
    measure.name = "mirror-load-memory";
    measure.what = fmt::format("peak memory of `mirror load` of {} releases", releases_for(albums));
    measure.against = fmt::format("of {} releases", releases_for(albums / 10));
    measure.unit = "MB";
    measure.target = 1.1;
    measure.most = 256;
    measure.runs = 1;
    const std::string file = ground.file("load.mirror");
    measure.ours = [=] { return load(ground, albums, file).peak_mb; };
    measure.theirs = [=] { return load(ground, albums / 10, file).peak_mb; };
    return measure;
}

Measure draining(const Ground& ground, std::size_t albums) {
    Measure measure;
    measure.name = "drain";
    measure.what = fmt::format("drain of {} albums from a mirror, all rows, FULL", albums);
    measure.against = "SQLite C API, same rows and groups, nothing fetched or parsed";
    measure.unit = "s";
    measure.target = 2;
    measure.runs = 3;
    measure.ours = [=] { return drain(ground, albums, albums).wall_s; };
    measure.theirs = [=] {
        const std::string database = waiting(ground, albums, albums, "limit.db");
        return std::stod(
            run({ground.tool("limit_drain"), ground.file("drain.db"), database}, Stdout::keep)
                .output);
    };
    return measure;
}

Measure draining_memory(const Ground& ground, std::size_t albums) {
    Measure measure;
    measure.name = "drain-memory";
    measure.what = fmt::format("peak memory of a drain of {} albums from a mirror", albums);
    measure.against = fmt::format("of {} albums", albums / 10);
    measure.unit = "MB";
    measure.target = 1.1;
    measure.most = 64;
    measure.runs = 1;
    measure.ours = [=] { return drain(ground, albums, albums).peak_mb; };
    measure.theirs = [=] { return drain(ground, albums / 10, albums).peak_mb; };
    return measure;
}

Measure sidekiq(const Ground& ground, std::size_t albums) {
    Measure measure;
    measure.name = "drain-sidekiq";
    measure.what = fmt::format("drain of {} albums from a mirror, all rows, FULL", albums);
    measure.against = "Sidekiq with ruby-sqlite3, from the same mirror";
    measure.unit = "albums/s";
    measure.kind = Measure::Target::at_least;
    measure.target = 20;
    measure.runs = 3;
    measure.ours = [=] {
        return static_cast<double>(albums) / drain(ground, albums, albums).wall_s;
    };
    measure.theirs = [=] {
        const std::string database = waiting(ground, albums, albums, "sidekiq.db");
        return std::stod(
            run({"ruby", ground.script("sidekiq_import.rb"), ground.tool("musicbrainz-mirror"),
                 loaded_mirror(ground, albums), database, std::to_string(albums / 10)},
                Stdout::keep)
                .output);
    };
    return measure;
}

}  // namespace

std::string loaded_mirror(const Ground& ground, std::size_t albums) {
    const std::string file = ground.file(fmt::format("mirror-{}", releases_for(albums)));
    if (std::filesystem::exists(file)) return file;
    load(ground, albums, file);
    run({ground.tool("musicbrainz-mirror"), "load", "--mirror", file,
         dump(ground, albums) + "/release-group.tar.xz"});
    return file;
}

std::string dumped_groups(const Ground& ground, std::size_t albums, std::size_t all_albums) {
    const std::string batch = ground.file(fmt::format("groups-{}.mbid", albums));
    std::ifstream all{dump(ground, all_albums) + "/albums.mbid"};
    std::ofstream wanted{batch};
    // The largest, which is the first, comes last, when the caches are full.
    std::string largest;
    std::getline(all, largest);
    std::string line;
    for (std::size_t n = 1; n < albums && std::getline(all, line); ++n)
        wanted << line << '\n';
    wanted << largest << '\n';
    if (!wanted.flush()) throw std::runtime_error("cannot write " + batch);
    return batch;
}

std::string full_catalogue(const Ground& ground, std::size_t albums) {
    const std::string made = fmt::format("full-{}.db", albums);
    if (std::filesystem::exists(ground.file(made))) return ground.file(made);
    const std::string database = waiting(ground, albums, albums, "filling.db");
    run({ground.tool("release-worker"), "run", "-q", "--db", database, "--source",
         "mirror:" + loaded_mirror(ground, albums)});
    run({ground.tool("release-catalog"), "-q", "--db", database, "search", "love"});
    run({ground.tool("release-worker"), "-q", "backup", "--db", database, ground.file(made)});
    ground.remove(database);
    return ground.file(made);
}

std::vector<Measure> mirror_measures(const Ground& ground) {
    const std::size_t albums = ground.quick ? 4'000 : 20'000;
    std::vector<Measure> measures{loading(ground, 20'000), draining(ground, albums)};
    if (ground.peers) measures.push_back(sidekiq(ground, albums));
    if (ground.quick) return measures;
    // A tenth of it must be enough to fill the caches.
    measures.push_back(loading_memory(ground, 5 * albums));
    measures.push_back(draining_memory(ground, 5 * albums));
    return measures;
}

}  // namespace pressings::bench
