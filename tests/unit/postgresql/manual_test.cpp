// What pressings-postgresql(7) tells people to type is typed here, on a server of its own.
#include <fstream>
#include <functional>
#include <sstream>

#include <doctest/doctest.h>

#include "support/postgresql_database.hpp"
#include "support/postgresql_server.hpp"
#include "support/process.hpp"
#include "support/temporary_folder.hpp"

using namespace pressings::test;

namespace {

std::string with(std::string text, const std::string& part, const std::string& instead) {
    for (auto at = text.find(part); at != std::string::npos;
         at = text.find(part, at + instead.size()))
        text.replace(at, part.size(), instead);
    return text;
}

/// The example of the page that has `part`, as it is shown.
std::string example(const std::string& part) {
    std::ifstream page{PRESSINGS_SOURCE_DIR "/apps/pressings-postgresql.7"};
    std::string block;
    bool is_example = false;
    for (std::string line; std::getline(page, line);) {
        if (line == ".EX") block.clear();
        if (line == ".EE" && block.find(part) != std::string::npos) return block;
        if (line == ".EX" || line == ".EE") {
            is_example = line == ".EX";
        } else if (is_example) {
            block += with(with(with(line, "\\-", "-"), "\\(aq", "'"), "\\e", "\\") + "\n";
        }
    }
    FAIL("no example has " << part);
    return "";
}

std::string reads(const std::string& file) {
    std::ostringstream text;
    text << std::ifstream{file}.rdbuf();
    return text.str();
}

/// An administrator at a server, in a shell.
struct Desk {
    Desk() {
        environment = {{"PGHOST", admin("postgres").run("SHOW unix_socket_directories")},
                       {"PGUSER", "pressings"},
                       {"HOME", folder.path().string()},
                       {"PATH", std::string{PRESSINGS_BIN_DIR} + ":/usr/bin:/bin"},
                       {"LC_ALL", "C.UTF-8"}};
    }

    PlainSession admin(const std::string& database) const {
        return PlainSession{server.uri(database)};
    }

    /// Types it as `user`; what it says.
    std::string type(const std::string& commands, const std::string& user = "pressings") {
        const std::string here = with(with(commands, "sudo -u postgres ", ""),
                                      "/usr/local/share/pressings", PRESSINGS_SOURCE_DIR);
        return run({"/bin/bash", "-e", "-c", "cd && " + here}, "", user);
    }

    std::string run(const std::vector<std::string>& arguments, const std::string& input,
                    const std::string& user) {
        Command command;
        command.arguments = arguments;
        command.environment = environment;
        command.input = input;
        command.environment["PGUSER"] = user;
        const Finished finished = run_process(command);
        CAPTURE(arguments.front());
        CAPTURE(finished.err);
        CHECK(finished.status == 0);
        return finished.out;
    }

    void set_up() {
        type(example("createdb"));
        std::string service = example("[pressings-work]");
        service = with(service, "db.example.org", environment["PGHOST"]);
        folder.write(".pg_service.conf", with(service, "sslmode=verify-full\n", ""));
    }

    PostgresqlServer server;
    TemporaryFolder folder;
    std::map<std::string, std::string> environment;
};

/// With an application's own table and role.
struct Shop : Desk {
    Shop() {
        set_up();
        admin("pressings")
            .run(
                "CREATE TABLE public.records (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,"
                " artist text, title text, year integer, album_id bigint);"
                "CREATE ROLE shop LOGIN; GRANT SELECT, INSERT, UPDATE ON public.records TO shop");
        admin("pressings").run(example("GRANT pressings_app"));
    }

    std::string albums() const {
        return admin("pressings")
            .run(
                "SELECT string_agg(coalesce(title, '-'), ',' ORDER BY id) "
                "FROM pressings.albums JOIN (SELECT album_id FROM "
                "pressings.jobs WHERE state = 'pending') j ON album_id = id");
    }
};

}  // namespace

TEST_CASE("A server is set up, dumped and restored as the man page says") {
    Desk desk;
    desk.set_up();
    CHECK(desk.type(example("release-worker status")).find("pending 1") != std::string::npos);
    desk.type(example("pg_dump"));
    desk.admin("pressings").run("DELETE FROM pressings.jobs");
    CHECK(desk.type(example("pg_restore")).starts_with("ok "));
    CHECK(desk.type(example("release-worker status")).find("pending 1") != std::string::npos);
    desk.admin("pressings").run("GRANT pg_read_all_stats TO pressings_read");
    CHECK(desk.type("release-worker status --prometheus --db postgresql:///pressings",
                    "pressings_read")
              .find("pressings_oldest_transaction_seconds 0") != std::string::npos);
}

TEST_CASE("Every gauge that the man page of PostgreSQL tells to watch is there") {
    Desk desk;
    desk.set_up();
    const std::string shown =
        desk.type("release-worker status --prometheus --db postgresql:///pressings");
    for (const char* gauge : {"pressings_oldest_due_age_seconds", "pressings_failed_jobs",
                              "pressings_oldest_transaction_seconds", "pressings_database_bytes",
                              "pressings_sessions"}) {
        CHECK(reads(PRESSINGS_SOURCE_DIR "/apps/pressings-postgresql.7").find(gauge) !=
              std::string::npos);
        CHECK(shown.find(std::string{"# HELP "} + gauge + " ") != std::string::npos);
    }
}

TEST_CASE("The example in SQL puts an album in with the application's own row") {
    Shop shop;
    CHECK(shop.run({"/usr/bin/psql", "-X", "-A", "-t", "-d", "pressings", "-v", "ON_ERROR_STOP=1"},
                   example("BEGIN;"), "shop")
              .find("2|2|created\n") != std::string::npos);
    CHECK(shop.albums() == "-,In Rainbows");
    CHECK(shop.admin("pressings").run("SELECT title FROM public.records") == "In Rainbows");
}

TEST_CASE("The example in Python puts an album in with the application's own row") {
    Shop shop;
    CHECK(shop.run({"/usr/bin/python3", "-"}, example("import psycopg2"), "shop") ==
          "created 2 2\n");
    CHECK(shop.admin("pressings").run("SELECT queue FROM pressings.jobs WHERE id = 2") == "shop");
    CHECK(shop.admin("pressings").run("SELECT title FROM public.records") == "Rumours");
}

TEST_CASE("The example in Rails puts an album in with the application's own row") {
    Shop shop;
    const std::string application =
        "require 'active_record'\n"
        "ActiveRecord::Base.establish_connection(adapter: 'postgresql', database: 'pressings')\n"
        "class ApplicationRecord < ActiveRecord::Base\n  self.abstract_class = true\nend\n" +
        example("class Record") +
        "puts Record.create!(artist: 'Sinead O\\'Connor', title: 'Troy', year: nil).album_id\n"
        "begin\n  Record.create!(artist: 'Nobody', title: ' ')\n"
        "rescue ActiveRecord::StatementInvalid => e\n  puts e.cause.class, Record.count\nend\n";
    CHECK(shop.run({"/usr/bin/ruby", "-W0", "-"}, application, "shop") ==
          "2\nPG::InvalidParameterValue\n1\n");
    CHECK(shop.albums() == "-,Troy");
}
