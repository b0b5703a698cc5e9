// One database is one file: whatever leads to it, whoever reads it, and whatever becomes of it.
#include <filesystem>
#include <functional>
#include <memory>
#include <set>
#include <sstream>

#include <sys/stat.h>
#include <unistd.h>

#include "cli/recorded_albums.hpp"
#include "support/child.hpp"
#include "support/eventually.hpp"
#include "support/musicbrainz_server.hpp"
#include "support/traced.hpp"

using namespace pressings;
using namespace pressings::test;
using Json = nlohmann::json;
namespace fs = std::filesystem;

namespace {

constexpr uid_t k_nobody = 65534;

/// A catalogue with the recorded albums, imported, and a worker for more.
struct Place {
    Place() { server.add_folder(k_recorded); }

    std::string db() const { return bench.folder.file("catalog.db"); }

    std::unique_ptr<Child> loop(const std::string& path,
                                const std::vector<std::string>& before = {}) const {
        std::vector<std::string> arguments = before;
        arguments.insert(arguments.end(), {std::string{PRESSINGS_BIN_DIR} + "/release-worker",
                                           "run", "--db", path, "--source", server.root(), "-q",
                                           "--json", "--loop", "--poll-interval", "60s"});
        return std::make_unique<Child>(arguments, bench.folder.file("reports"));
    }
    Json job(int id = 1) const {
        return bench.run("release-worker", {"show", std::to_string(id), "--json"})
            .documents()
            .at(0);
    }
    void hold_all_requests(Millis for_ms) {
        server.set_script([for_ms](const LoggedRequest&) { return delayed(for_ms); });
    }
    bool is_asked(std::size_t times) {
        return eventually([&] { return server.requests().size() >= times; });
    }
    /// The jobs that workers told of as done.
    std::set<int> told_done() const {
        std::set<int> jobs;
        std::istringstream lines{bench.folder.read("reports")};
        for (std::string line; std::getline(lines, line);) {
            const Json report = Json::parse(line);
            if (report.value("state", "") == "done") jobs.insert(report["job_id"].get<int>());
        }
        return jobs;
    }

    MusicBrainzServer server;
    ToolBench bench;
};

/// The tools as somebody sees them who may only look: a user without any rights.
struct Visitor {
    explicit Visitor(const ToolBench& place) : bench(place) {
        // Others may look into the folder, not write in it.
        fs::permissions(bench.folder.path(), fs::perms{0755});
    }

    Finished run(const std::string& tool, const std::vector<std::string>& arguments) const {
        Command command = piped(bench, tool, arguments);
        const std::vector<std::string> as_nobody{"/usr/bin/setpriv", "--reuid=65534",
                                                 "--regid=65534", "--clear-groups"};
        command.arguments.insert(command.arguments.begin(), as_nobody.begin(), as_nobody.end());
        return run_process(command);
    }

    const ToolBench& bench;
};

bool is_root() {
    if (::geteuid() == 0) return true;
    MESSAGE("not shown here: only root can be another user");
    return false;
}

std::set<std::string> names_in(const ToolBench& bench) {
    std::set<std::string> names;
    for (const auto& entry : fs::directory_iterator{bench.folder.path()}) {
        const std::string name = entry.path().filename().string();
        if (name.starts_with("catalog") || name.starts_with("copy")) names.insert(name);
    }
    return names;
}

/// Everything that only looks.
const std::vector<std::pair<std::string, std::vector<std::string>>> k_looks = {
    {"release-catalog", {"albums"}},
    {"release-catalog", {"album", "1"}},
    {"release-catalog", {"releases"}},
    {"release-catalog", {"stats"}},
    {"release-catalog", {"search", "rainbows"}},
    {"release-catalog", {"changes"}},
    {"release-catalog", {"export"}},
    {"release-worker", {"status"}},
    {"release-worker", {"jobs"}},
    {"release-worker", {"show", "1"}},
    {"release-worker", {"check"}},
};

void check_looks(const Visitor& visitor, const std::string& db) {
    for (auto [tool, arguments] : k_looks) {
        CAPTURE(tool + " " + arguments[0]);
        arguments.insert(arguments.end(), {"--db", db});
        const auto looked = visitor.run(tool, arguments);
        CHECK(looked.status == 0);
        CHECK(looked.err == "");
        CHECK((looked.out != "" || arguments[0] == "changes"));
    }
}

}  // namespace

TEST_CASE("A loop whose database is moved, removed or replaced ends with 3, and tells no lie") {
    const std::function<void(const Place&)> changes[] = {
        [](const Place& place) { fs::rename(place.db(), place.bench.folder.file("moved.db")); },
        [](const Place& place) { fs::remove(place.db()); },
        [](const Place& place) {
            fs::rename(place.bench.folder.file("copy.db"), place.db());
            for (const char* suffix : {"-wal", "-shm"})
                fs::remove(place.db() + suffix);
        },
    };
    for (const auto& change : changes) {
        Place place;
        place.bench.run("album-import", {k_rumours});
        const auto worker = place.loop(place.db());
        REQUIRE(eventually([&] { return place.told_done() == std::set<int>{1}; }));
        place.bench.run("release-worker", {"backup", place.bench.folder.file("copy.db")});
        place.hold_all_requests(300);
        place.bench.run("album-import", {k_in_rainbows});
        REQUIRE(place.is_asked(2));
        change(place);
        CHECK(worker->wait() == 3);
        CHECK(has(worker->error_output(), "was replaced or removed while in use"));
        CHECK(place.told_done() == std::set<int>{1});
        if (fs::exists(place.db())) CHECK(place.job(1)["state"] == "done");
    }
}

TEST_CASE("A loop that is idle ends, too, when its database is not there any more") {
    Place place;
    place.bench.run("album-import", {k_rumours});
    const auto worker = place.loop(place.db());
    REQUIRE(eventually([&] { return place.told_done() == std::set<int>{1}; }));
    fs::remove(place.db());
    CHECK(worker->wait() == 3);
}

TEST_CASE("Workers by a path and by a link to it leave each other's jobs alone") {
    Place place;
    const std::string link = place.bench.folder.file("link.db");
    fs::create_symlink(place.db(), link);
    place.bench.run("album-import", {"--db", link, k_rumours});
    place.hold_all_requests(2'500);
    const auto worker = place.loop(place.db());
    REQUIRE(place.is_asked(1));
    // Looks for jobs of the dead first thing.
    const auto other =
        place.bench.run("release-worker", {"run", "--db", link, "--source", place.server.root()});
    CHECK(other.status == 0);
    CHECK(eventually([&] { return place.job()["state"] == "done"; }));
    CHECK(place.job()["attempt_log"].size() == 1);
    CHECK(names_in(place.bench) == std::set<std::string>{"catalog.db", "catalog.db-rate",
                                                         "catalog.db-shm", "catalog.db-wal"});
}

TEST_CASE("A database with two hard links is refused with 3 by every tool") {
    ToolBench bench;
    bench.run("album-import", {k_rumours});
    fs::create_hard_link(bench.folder.file("catalog.db"), bench.folder.file("copy.db"));
    for (const char* name : {"catalog.db", "copy.db"}) {
        const std::string db = bench.folder.file(name);
        check_refused(bench.run("album-import", {"--db", db, k_in_rainbows}), 3, "hard links");
        check_refused(bench.run("release-worker", {"run", "--db", db, "--source", k_source}), 3,
                      "hard links");
        check_refused(bench.run("release-worker", {"status", "--db", db}), 3, "hard links");
        check_refused(bench.run("release-catalog", {"stats", "--db", db}), 3, "hard links");
    }
}

TEST_CASE("A loop sees an album that another process takes long to commit") {
    if (!can_trace()) return;
    Place place;
    place.bench.run("album-import", {k_in_rainbows});
    const auto worker = place.loop(place.db());
    REQUIRE(eventually([&] { return place.told_done().size() == 1; }));
    // The log is written at once, and seen by the loop; the commit is there a second later.
    const auto slow = traced(place.bench, {"-e", "inject=fdatasync:delay_enter=1000000"},
                             "album-import", {k_rumours});
    CHECK(run_process(slow).status == 0);
    // It looks by itself only once a minute.
    CHECK(eventually([&] { return place.told_done().size() == 2; }));
}

TEST_CASE("A worker in another time namespace has the same time for leases and turns") {
    const std::vector<std::string> elsewhere{"/usr/bin/unshare", "--time", "--monotonic",
                                             "100000",           "-f",     "--kill-child"};
    Command probe;
    probe.arguments = elsewhere;
    probe.arguments.push_back("/bin/true");
    if (run_process(probe).status != 0) {
        MESSAGE("not shown here: no time namespace may be made");
        return;
    }
    Place place;
    place.bench.run("album-import", {k_rumours});
    place.hold_all_requests(4'000);
    const auto first = place.loop(place.db());
    REQUIRE(place.is_asked(1));
    // A day ahead of the first one's lease, by its own clock; it looks each second.
    const auto second = place.loop(place.db(), elsewhere);
    CHECK(eventually([&] { return place.job()["state"] == "done"; }));
    CHECK(place.job()["attempt_log"].size() == 1);
    CHECK(place.server.requests().size() == 1);
}

TEST_CASE("Reading makes no database, and one that is not there is an error of the environment") {
    ToolBench bench;
    for (const auto& [tool, arguments] : k_looks) {
        CAPTURE(tool + " " + arguments[0]);
        check_refused(bench.run(tool, arguments), 3, "there is no database");
    }
    CHECK(names_in(bench).empty());
}

TEST_CASE("Reading needs no right to write: a catalogue in use, a quiet one, a copy") {
    if (!is_root()) return;
    ToolBench bench;
    import_recorded(bench);
    const std::string db = bench.folder.file("catalog.db");
    const std::string copy = bench.folder.file("copy.db");
    bench.run("release-worker", {"backup", copy});
    const Visitor visitor{bench};
    fs::permissions(copy, fs::perms{0444});
    check_looks(visitor, db);    // its log and index are there
    check_looks(visitor, copy);  // never had any
    fs::remove(db + "-wal");
    fs::remove(db + "-shm");
    check_looks(visitor, db);  // a file alone, whose header tells of a log
    CHECK(names_in(bench) == std::set<std::string>{"catalog.db", "copy.db"});
    CHECK(visitor.run("album-import", {k_rumours}).status == 3);
    CHECK(visitor.run("release-worker", {"run", "--source", k_source}).status == 3);
}

TEST_CASE("Who may not write sees what a writer committed a moment ago") {
    if (!is_root()) return;
    Place place;
    place.bench.run("album-import", {k_rumours});
    const Visitor visitor{place.bench};
    place.hold_all_requests(60'000);
    const auto worker = place.loop(place.db());
    REQUIRE(place.is_asked(1));  // the claim is in the log alone
    const auto status = visitor.run("release-worker", {"status", "--json"});
    CHECK(Json::parse(status.out)["jobs"]["running"] == 1);
}

TEST_CASE("A log that only a writer can read is told of, not passed over") {
    if (!is_root()) return;
    Place place;
    place.bench.run("album-import", {k_rumours});
    place.hold_all_requests(60'000);
    {
        const auto worker = place.loop(place.db());
        REQUIRE(place.is_asked(1));
        worker->kill();
    }
    fs::remove(place.db() + "-shm");
    const auto looked = Visitor{place.bench}.run("release-worker", {"status"});
    check_refused(looked, 3, "has commits in its log");
    CHECK(place.bench.run("release-worker", {"status"}).status == 0);
}

TEST_CASE("What root makes beside a user's database is the user's") {
    if (!is_root()) return;
    Place place;
    place.bench.run("album-import", {k_rumours});
    for (const char* suffix : {"-wal", "-shm"})
        fs::remove(place.db() + suffix);
    REQUIRE(::chown(place.bench.folder.path().c_str(), k_nobody, k_nobody) == 0);
    REQUIRE(::chown(place.db().c_str(), k_nobody, k_nobody) == 0);
    fs::permissions(place.db(), fs::perms{0640});
    place.bench.run("release-worker", {"run", "--source", place.server.root()});
    for (const char* suffix : {"", "-wal", "-shm", "-rate"}) {
        CAPTURE(suffix);
        struct stat status {};
        REQUIRE(::stat((place.db() + suffix).c_str(), &status) == 0);
        CHECK(status.st_uid == k_nobody);
        CHECK(status.st_gid == k_nobody);
        CHECK((status.st_mode & 0777U) == 0640U);
    }
    const Visitor user{place.bench};
    CHECK(user.run("album-import", {k_in_rainbows}).status == 0);
    CHECK(user.run("release-worker", {"run", "--source", place.server.root()}).status == 0);
}
