// A server with a standby that takes over: the tools know both addresses.
#include <fstream>
#include <map>
#include <memory>

#include "cli/recorded_albums.hpp"
#include "support/child.hpp"
#include "support/eventually.hpp"
#include "support/import_reports.hpp"
#include "support/many_albums.hpp"
#include "support/musicbrainz_server.hpp"
#include "support/new_catalogue.hpp"
#include "support/postgresql_database.hpp"
#include "support/postgresql_server.hpp"

using namespace pressings::test;
using Json = nlohmann::json;

namespace {

/// A primary and a standby, without which the primary acknowledges nothing; and a tool's address of
/// whichever of them can be written to.
struct Pair {
    Pair() {
        PlainSession primary_session{primary.uri("postgres")};
        primary_session.run("CREATE DATABASE music");
        standby = std::make_unique<PostgresqlServer>(PostgresqlServer::StandbyOf{primary});
        primary_session.run("ALTER SYSTEM SET synchronous_standby_names = '*'");
        primary_session.run("SELECT pg_reload_conf()");
        REQUIRE(eventually([&] {
            return primary_session.run("SELECT sync_state FROM pg_stat_replication") == "sync";
        }));
        bench.environment["PRESSINGS_DB"] = "postgresql://pressings@" + host(primary) + "," +
                                            host(*standby) +
                                            "/music?target_session_attrs=read-write";
        service.add_folder(k_recorded);
        groups = serve_many_albums(service, k_recorded, k_copies);
        std::ofstream list{bench.folder.file("albums.mbid")};
        for (const std::string& group : groups)
            list << group << '\n';
    }

    static std::string host(const PostgresqlServer& server) {
        const std::string uri = server.uri("");
        const auto begin = uri.find('@') + 1;
        return uri.substr(begin, uri.rfind('/') - begin);
    }
    std::unique_ptr<Child> tool(const std::string& name, std::vector<std::string> arguments,
                                const std::string& output) const {
        arguments.insert(arguments.begin(), std::string{PRESSINGS_BIN_DIR} + "/" + name);
        arguments.insert(arguments.end(), {"--db", bench.database(), "--json"});
        return std::make_unique<Child>(arguments, bench.folder.file(output));
    }
    std::unique_ptr<Child> worker() const {
        return tool("release-worker",
                    {"run", "--loop", "--source", service.root(), "--rate", "300", "--concurrency",
                     "4", "--lease", "5s"},
                    "attempts");
    }
    /// A commit for every few albums.
    std::unique_ptr<Child> importer() const {
        return tool("album-import",
                    {"--from", bench.folder.file("albums.mbid"), "--batch", "2", "-q"}, "imports");
    }
    std::size_t acknowledged() const {
        return import_reports(bench.folder.file("imports")).albums.size();
    }
    Json status() const {
        return bench.run("release-worker", {"status", "--json"}).documents().at(0);
    }
    bool are_done(std::size_t albums) const { return status()["jobs"]["done"] == albums; }

    static constexpr int k_copies = 10;
    PostgresqlServer primary;
    std::unique_ptr<PostgresqlServer> standby;
    MusicBrainzServer service;
    ToolBench bench;
    std::vector<std::string> groups;
};

std::string albums_of(const PostgresqlServer& server) {
    return PlainSession{server.uri("music")}.run("SELECT count(*) FROM pressings.albums");
}

}  // namespace

TEST_CASE("When the primary is lost, who works goes on by itself on the standby that is promoted" *
          of_server()) {
    Pair pair;
    REQUIRE(pair.bench.run("album-import", {k_rumours}).status == 0);
    const auto first = pair.worker();
    const auto second = pair.worker();
    const auto importer = pair.importer();
    REQUIRE(eventually([&] { return pair.acknowledged() > pair.groups.size() / 4; }));
    pair.primary.kill();
    CHECK_FALSE(importer->ended());
    pair.standby->promote();

    const int status = importer->wait();
    CAPTURE(importer->error_output());
    CHECK(status == 0);
    CHECK(eventually([&] { return pair.are_done(pair.groups.size() + 1); }));
    for (const auto& worker : {first.get(), second.get()}) {
        CAPTURE(worker->error_output());
        CHECK_FALSE(worker->ended());
    }

    // What was acknowledged, before and after, is there under the number that was told.
    std::map<std::string, std::int64_t> albums;
    for (const Json& album : pair.bench.run("release-catalog", {"albums", "--json"}).documents())
        albums[album.at("mbid")] = album.at("album_id");
    const auto [reported, doubled] = import_reports(pair.bench.folder.file("imports"));
    CHECK(doubled.empty());
    CHECK(reported.size() == pair.groups.size());
    CHECK(albums.size() == pair.groups.size() + 1);
    for (const auto& [mbid, number] : reported) {
        CAPTURE(mbid);
        CHECK(albums[mbid] == number);
    }
    // Nobody is to blame.
    const Json attempts = pair.status()["attempts"];
    for (const char* outcome : {"crashed", "killed", "failed"})
        CHECK_FALSE(attempts.contains(outcome));
    CHECK(pair.bench.run("release-worker", {"check"}).out.starts_with("ok "));

    // The old primary comes up again, and may not be written to: nobody is misled by it.
    pair.primary.start({"default_transaction_read_only=on"});
    const std::string before = albums_of(pair.primary);
    REQUIRE(pair.bench.run("album-import", {k_in_rainbows}).status == 0);
    CHECK(eventually([&] { return pair.are_done(pair.groups.size() + 2); }));
    CHECK(albums_of(pair.primary) == before);
    CHECK(albums_of(*pair.standby) == std::to_string(pair.groups.size() + 2));
}
