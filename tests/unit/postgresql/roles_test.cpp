// Each role of schema/postgresql/roles.sql is enough for its tools, and for nothing else.
#include <doctest/doctest.h>

#include "unit/postgresql/tool_database.hpp"

using namespace pressings::test;

namespace {

/// The right is missing, and that is said.
void check_refused(const ToolRun& run) {
    CAPTURE(run.err);
    CHECK(run.status == 3);
    CHECK(run.out == "");
    CHECK(run.err.find("the role has no right to do this") != std::string::npos);
    CHECK(run.err.find("SQLSTATE 42501") != std::string::npos);
}

void check_done(const ToolRun& run) {
    CAPTURE(run.err);
    CHECK(run.status == 0);
}

/// With its roles.
struct Administered : ToolDatabase {
    Administered() {
        const Finished made = make_roles();
        CAPTURE(made.err);
        CHECK(made.status == 0);
    }

    ToolRun as(const std::string& task, const std::string& tool,
               const std::vector<std::string>& arguments, const std::string& input = "") {
        return run(tool, arguments, input, role(task));
    }
};

constexpr const char* k_artist =
    "https://musicbrainz.org/artist/a74b1b7f-71a5-4011-9441-d0b5e4122711";
constexpr const char* k_other = "00000000-1111-2222-3333-444444444444";

}  // namespace

TEST_CASE("roles.sql may be run again, and wants a catalogue to be there") {
    const Administered made;
    CHECK(made.make_roles().status == 0);
    CHECK(made.make_roles().err == "");
    const PostgresqlDatabase empty;
    Command psql;
    psql.arguments = {"/usr/bin/psql",
                      "-d",
                      empty.uri(),
                      "-v",
                      "prefix=" + empty.name(),
                      "-f",
                      PRESSINGS_SOURCE_DIR "/schema/postgresql/roles.sql"};
    const Finished refused = run_process(psql);
    CHECK(refused.status == 3);
    CHECK(refused.err.find("there is no catalogue in the database") != std::string::npos);
}

TEST_CASE("Tables, views and functions belong to the owner's role, whoever made them") {
    const Administered made;
    const auto others = [&](const std::string& catalogue, const std::string& name) {
        return made.database.run("SELECT count(*) FROM " + catalogue + " WHERE " + name +
                                 "namespace = 'pressings'::regnamespace AND " + name +
                                 "owner <> '" + made.role("owner") + "'::regrole");
    };
    CHECK(others("pg_class", "rel") == "0");
    CHECK(others("pg_proc", "pro") == "0");
}

TEST_CASE("The role of album-import puts in all that album-import can") {
    Administered made;
    const auto import = [&](const std::vector<std::string>& arguments) {
        return made.as("import", "album-import", arguments);
    };
    check_done(import({k_in_rainbows, "--priority", "5"}));
    check_done(import({k_in_rainbows, "--priority", "6", "--queue", "new"}));
    check_done(import({"--artist", "Fleetwood Mac", "--title", "Rumours", "--year", "1977"}));
    check_done(import({"--dry-run", "--artist", "Fleetwood Mac", "--title", "Tusk"}));
    check_done(import({"--barcode", "724382975229"}));
    check_done(made.as("import", "album-import", {"-"},
                       std::string{R"({"mbid":")"} + k_other +
                           R"(","artist":"A","title":"B","secondary_types":["Live"]})" + "\n"));
    check_done(made.as("import", "album-import", {"-"},
                       std::string{R"({"mbid":")"} + k_other +
                           R"(","artist":"C","title":"D","secondary_types":["Demo"]})" + "\n"));
    check_done(import({"--album", "2", "--mbid", k_rumours}));
    check_done(import({"--album", "3", "--mbid", k_rumours}));
    check_done(import({"--watch", k_artist}));
    check_done(import({"--watches"}));
    check_done(import({"--unwatch", k_artist}));
    check_done(made.run("release-worker", {"cancel", "--all"}));
    check_done(import({"--refresh", "--all"}));
    check_done(import({"--new-editions", "--all"}));
    check_done(import({"--discography", k_artist}));
    check_done(made.as("import", "release-worker", {"check"}));
    check_done(made.as("import", "release-catalog", {"albums"}));
}

TEST_CASE("The role of album-import does no jobs, and steers none") {
    Administered made;
    check_done(made.as("import", "album-import", {k_in_rainbows}));
    check_refused(made.as("import", "release-worker", {"run", "--source", k_recorded_source}));
    check_refused(made.as("import", "release-worker", {"pause"}));
    check_done(made.run("release-worker", {"run", "-q", "--source", k_recorded_source}));
    check_refused(made.as("import", "release-worker", {"prune", "--older-than", "0s"}));
    CHECK(made.database.run("SELECT count(*) FROM pressings.jobs WHERE state = 'done'") == "1");
}

TEST_CASE("The role of release-worker does jobs, and steers them") {
    Administered made;
    const auto worker = [&](std::vector<std::string> arguments) {
        return made.as("work", "release-worker", arguments);
    };
    made.run("album-import", {k_in_rainbows, k_rumours, k_other});
    CHECK(worker({"run", "--source", k_recorded_source}).status == 1);  // one is not recorded
    CHECK(made.database.run(
              "SELECT sum(value) FROM pressings.current_totals WHERE what = 'done'") == "2");
    check_done(worker({"status"}));
    check_done(worker({"jobs"}));
    check_done(worker({"show", "1"}));
    check_done(worker({"retry", "--all-failed"}));
    check_done(worker({"run-now", "--all"}));
    check_done(worker({"pause"}));
    check_done(worker({"resume"}));
    check_done(worker({"cancel", "--all"}));
    check_done(worker({"refresh", "--older-than", "0s"}));
    CHECK(worker({"run", "--source", k_recorded_source}).status == 1);
    check_done(worker({"prune", "--older-than", "0s"}));
    check_done(worker({"check"}));
    check_done(made.as("work", "release-catalog", {"search", "rumours"}));
}

TEST_CASE("The role of readers sees all, and changes nothing") {
    Administered made;
    made.run("album-import", {k_in_rainbows});
    made.run("release-worker", {"run", "-q", "--source", k_recorded_source});
    for (const char* command : {"albums", "releases", "stats", "changes", "oddities"})
        check_done(made.as("read", "release-catalog", {command}));
    const ToolRun found = made.as("read", "release-catalog", {"search", "in", "rainbows"});
    check_done(found);
    CHECK(found.out.find("Radiohead") != std::string::npos);
    for (const char* command : {"status", "jobs", "check"})
        check_done(made.as("read", "release-worker", {command}));
    check_done(made.as("read", "release-worker", {"status", "--prometheus"}));
    check_refused(made.as("read", "album-import", {k_rumours}));
    check_refused(made.as("read", "release-worker", {"pause"}));
    made.run("album-import", {k_rumours});
    check_refused(made.as("read", "release-worker", {"run", "--source", k_recorded_source}));
}

TEST_CASE("The role of applications may call add_album, and nothing else") {
    Administered made;
    PlainSession session{made.database.uri(made.role("app"))};
    CHECK(session.run("SELECT status FROM pressings.add_album('" + std::string{k_rumours} + "')") ==
          "created");
    for (const char* other :
         {"SELECT 1 FROM pressings.albums", "SELECT pressings.change_total('albums', '', 1)",
          "SELECT pressings.insert_import(1, 'default', 0, 0)"}) {
        CHECK_THROWS_WITH_AS(session.run(other), doctest::Contains("permission denied"),
                             std::runtime_error);
    }
    check_refused(made.as("app", "release-catalog", {"albums"}));
    check_refused(made.as("app", "album-import", {k_in_rainbows}));
    check_refused(made.as("app", "release-worker", {"run"}));
    PlainSession reader{made.database.uri(made.role("read"))};
    CHECK_THROWS_WITH_AS(
        reader.run("SELECT pressings.add_album('" + std::string{k_in_rainbows} + "')"),
        doctest::Contains("permission denied"), std::runtime_error);
}
