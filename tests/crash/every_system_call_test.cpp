// album-import is killed at each of its system calls, one run after the other.
#include <filesystem>

#include <SQLiteCpp/SQLiteCpp.h>
#include <doctest/doctest.h>

#include "support/traced.hpp"

using namespace pressings::test;
using Json = nlohmann::json;
namespace fs = std::filesystem;

namespace {

constexpr int k_killed = 128 + 9;
constexpr const char* k_batch =
    "6e335887-60ba-38f0-95af-fae7774336bf\n"
    "416bb5e5-c7d1-3977-8fd7-7c9daf6c2be6\n"
    "00000000-1111-2222-3333-444444444444\n";

/// Albums and jobs of a catalogue, each of which has the other.
struct Contents {
    int albums = 0;
    int unpaired = 0;  ///< albums without a job, jobs without an album
    bool intact = true;
};

Contents contents_of(const std::string& db) {
    Contents contents;
    if (!fs::exists(db)) return contents;
    SQLite::Database database{db, SQLite::OPEN_READWRITE};
    contents.intact = database.execAndGet("PRAGMA integrity_check").getString() == "ok";
    if (!database.tableExists("jobs")) return contents;
    contents.albums = database.execAndGet("SELECT count(*) FROM albums").getInt();
    contents.unpaired = database
                            .execAndGet(
                                "SELECT (SELECT count(*) FROM albums WHERE id NOT IN "
                                "(SELECT album_id FROM jobs)) + (SELECT count(*) FROM jobs "
                                "WHERE album_id NOT IN (SELECT id FROM albums))")
                            .getInt();
    return contents;
}

int created(const std::string& output) {
    int albums = 0;
    for (std::size_t at = output.find("\"created\""); at != std::string::npos;
         at = output.find("\"created\"", at + 1)) {
        ++albums;
    }
    return albums;
}

/// A catalogue before the run: none at all, or one that a run before left.
class Place {
  public:
    explicit Place(bool with_catalogue) {
        bench.folder.write("list.mbid", k_batch);
        fs::create_directory(bench.folder.file("before"));
        if (!with_catalogue) return;
        REQUIRE(bench.run("album-import", {"--artist", "Can", "--title", "Tago Mago"}).status == 0);
        for (const auto& file : files())
            fs::copy(file, bench.folder.file("before"));
        m_albums_before = 1;
    }

    void restore() const {
        for (const auto& file : files())
            fs::remove(file);
        for (const auto& file : fs::directory_iterator{bench.folder.file("before")})
            fs::copy(file, bench.folder.path());
    }

    std::vector<std::string> arguments() const {
        return {"--from", bench.folder.file("list.mbid"), "--batch", "2", "--json"};
    }
    std::string db() const { return bench.folder.file("catalog.db"); }
    int albums_before() const { return m_albums_before; }

    ToolBench bench;

  private:
    std::vector<fs::path> files() const {
        std::vector<fs::path> all;
        for (const auto& entry : fs::directory_iterator{bench.folder.path()}) {
            if (entry.path().filename().string().starts_with("catalog.db"))
                all.push_back(entry.path());
        }
        return all;
    }

    int m_albums_before = 0;
};

void kill_at_each_call(const Place& place) {
    if (!can_trace()) {
        MESSAGE("skipped: this machine lets nobody trace a process");
        return;
    }
    place.restore();
    const auto calls = system_calls(place.bench, "album-import", place.arguments());
    REQUIRE(calls.size() > 100);
    int killed = 0;
    for (const SystemCall& call : calls) {
        if (call.name == "execve") continue;  // strace's own step
        CAPTURE(call.name);
        CAPTURE(call.occurrence);
        place.restore();
        const std::string at =
            call.name + ":signal=SIGKILL:when=" + std::to_string(call.occurrence);
        const auto run = run_process(
            traced(place.bench, {"-e", "inject=" + at}, "album-import", place.arguments()));
        killed += run.status == k_killed;
        const Contents left = contents_of(place.db());
        CHECK(left.intact);
        CHECK(left.unpaired == 0);
        CHECK(left.albums >= place.albums_before() + created(run.out));
        CHECK(left.albums - place.albums_before() != 1);  // --batch 2
        CHECK(place.bench.run("album-import", place.arguments()).status == 0);
        CHECK(contents_of(place.db()).albums == place.albums_before() + 3);
    }
    CHECK(killed + 20 > static_cast<int>(calls.size()));
}

}  // namespace

TEST_CASE("Killed at any system call while it makes a catalogue, album-import splits no pair") {
    kill_at_each_call(Place{false});
}

TEST_CASE("Killed at any system call while it adds to a catalogue, album-import splits no pair") {
    kill_at_each_call(Place{true});
}
