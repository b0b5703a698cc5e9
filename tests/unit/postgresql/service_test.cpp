// What brings workers of several hosts to their server: systemd's drop-in, and the compose file.
#include <fstream>
#include <map>
#include <regex>
#include <sstream>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "support/postgresql_database.hpp"
#include "support/postgresql_server.hpp"
#include "support/process.hpp"
#include "support/temporary_folder.hpp"

using namespace pressings::test;

namespace {

std::string reads(const std::string& file) {
    std::ostringstream text;
    text << std::ifstream{PRESSINGS_SOURCE_DIR "/" + file}.rdbuf();
    return text.str();
}

/// A server, and where its socket lies, as in an address.
struct Server {
    PostgresqlServer server;
    std::string folder = PlainSession{server.uri("postgres")}.run("SHOW unix_socket_directories");
    std::string host = std::regex_replace(folder, std::regex{"/"}, "%2F");

    void run(const std::string& sql) const { PlainSession{server.uri("postgres")}.run(sql); }
};

const std::string k_source = std::string{"file:"} + PRESSINGS_TEST_DATA + "/musicbrainz/recorded";

using Environment = std::map<std::string, std::string>;

Finished run(const std::vector<std::string>& arguments, Environment environment) {
    environment.emplace("PATH", std::string{PRESSINGS_BIN_DIR} + ":/usr/bin:/bin");
    environment.emplace("LC_ALL", "C.UTF-8");
    Command command;
    command.arguments = {"/usr/bin/env"};
    command.arguments.insert(command.arguments.end(), arguments.begin(), arguments.end());
    command.environment = std::move(environment);
    return run_process(command);
}

/// What a drop-in adds to the environment of its service, whose credentials are in that folder.
Environment environment_of(const std::string& drop_in, const std::string& credentials) {
    static const std::regex assignment{"(^|\n)Environment=([A-Z_]+)=([^\n]*)"};
    Environment environment;
    for (std::sregex_iterator at{drop_in.begin(), drop_in.end(), assignment}, end; at != end; ++at)
        environment[(*at)[2]] = std::regex_replace((*at)[3].str(), std::regex{"%d"}, credentials);
    return environment;
}

/// A compose file, or nothing if no Python with yaml is here.
nlohmann::json compose_file(const std::string& file) {
    const Finished parsed =
        run({"python3", "-c",
             "import json, sys, yaml; print(json.dumps(yaml.safe_load(open(sys.argv[1]))))",
             PRESSINGS_SOURCE_DIR "/" + file},
            {});
    if (parsed.err.find("No module named 'yaml'") != std::string::npos) return {};
    CHECK_MESSAGE(parsed.status == 0, parsed.err);
    return nlohmann::json::parse(parsed.out);
}

/// A value with `${NAME:-default}` and `${NAME:?reason}` in it.
std::string filled(std::string value, const Environment& given) {
    static const std::regex variable{R"(\$\{([A-Z_]+):([-?])([^}]*)\})"};
    for (std::smatch found; std::regex_search(value, found, variable);) {
        const auto is_given = given.find(found[1]);
        CHECK_MESSAGE((is_given != given.end() || found[2] == "-"), found[3].str());
        const std::string text = is_given == given.end() ? found[3].str() : is_given->second;
        value = found.prefix().str() + text + found.suffix().str();
    }
    return value;
}

Environment environment_of(const nlohmann::json& service, const Environment& given) {
    Environment environment;
    for (const auto& [name, value] : service["environment"].items())
        environment[name] = filled(value, given);
    return environment;
}

}  // namespace

TEST_CASE("The drop-in brings the service to its server, with the password that is a credential") {
    const Server server;
    server.run("CREATE ROLE guarded SUPERUSER LOGIN PASSWORD 's3cret'");
    server.run("CREATE DATABASE pressings");
    const TemporaryFolder credentials;
    credentials.write("pgpass", "*:5432:pressings:guarded:s3cret\n");
    using std::filesystem::perms;
    std::filesystem::permissions(credentials.file("pgpass"), perms::owner_read);
    const std::string drop_in = reads("scripts/service/postgresql.conf");
    CHECK(drop_in.find("\nLoadCredential=pgpass:/etc/pressings/pgpass\n") != std::string::npos);

    Environment environment = environment_of(drop_in, credentials.path().string());
    std::string& location = environment["PRESSINGS_DB"];
    location = std::regex_replace(location, std::regex{"pressings_work@db.example.org"},
                                  "guarded@" + server.host);
    environment["PRESSINGS_SOURCE"] = k_source;
    const std::string unit = reads("scripts/service/release-worker.service.in");
    REQUIRE(unit.find("\nExecStart=@BINDIR@/release-worker run --loop\n") != std::string::npos);
    const std::vector<std::string> worker{"release-worker", "run", "--loop",
                                          "--max-time",     "1ms", "-q"};
    const Finished let_in = run(worker, environment);
    CHECK_MESSAGE(let_in.status == 0, let_in.err);
    environment.erase("PGPASSFILE");
    CHECK(run(worker, environment).status == 3);
}

TEST_CASE("The compose file has a server, and a worker that makes its tables and works") {
    const auto compose = compose_file("compose.postgresql.yaml");
    if (compose.is_null()) {
        MESSAGE("Python has no yaml here");
        return;
    }
    const Server server;
    const auto& services = compose["services"];
    const Environment given{{"PRESSINGS_DB_HOST", server.host},
                            {"PRESSINGS_CONTACT", "you@example.org"},
                            {"PGPASSWORD", "s3cret"}};
    const Environment of_server = environment_of(services["database"], given);
    server.run("CREATE ROLE " + of_server.at("POSTGRES_USER") + " SUPERUSER LOGIN PASSWORD '" +
               of_server.at("POSTGRES_PASSWORD") + "'");
    server.run("CREATE DATABASE " + of_server.at("POSTGRES_DB"));

    // A password, a host and a user of one are those of the other.
    Environment of_worker = environment_of(services["worker"], given);
    of_worker["PRESSINGS_SOURCE"] = k_source;
    CHECK(of_worker.at("PGPASSWORD") == of_server.at("POSTGRES_PASSWORD"));
    CHECK(filled(services["worker"]["environment"]["PRESSINGS_DB"], {})
              .find("@database/" + of_server.at("POSTGRES_DB")) != std::string::npos);
    std::vector<std::string> command = services["worker"]["command"];
    command.insert(command.end(), {"--max-time", "1ms", "-q"});
    const Finished worked = run(command, of_worker);
    CHECK_MESSAGE(worked.status == 0, worked.err);
    const Finished put_in =
        run({"album-import", "f5093c06-23e3-404f-aeaa-40f72885ee3a"}, of_worker);
    CHECK_MESSAGE(put_in.status == 0, put_in.err);
    CHECK(run({"release-worker", "status"}, of_worker).out.find("pending 1") != std::string::npos);

    // What asks whether the server is well, of this one.
    std::vector<std::string> test = services["database"]["healthcheck"]["test"];
    REQUIRE(test.front() == "CMD");
    test.erase(test.begin());
    test.front() = *postgresql_programs() + "/" + test.front();
    for (std::string& word : test)
        word = std::regex_replace(word, std::regex{"127.0.0.1"}, server.folder);
    CHECK(run(test, {}).status == 0);
}

TEST_CASE(
    "The compose files leave a worker as much time to end, and as few rights, as each other") {
    const auto in_file = compose_file("compose.yaml");
    const auto on_server = compose_file("compose.postgresql.yaml");
    if (in_file.is_null()) return;
    for (const char* const part : {"build", "image", "restart", "stop_grace_period", "read_only",
                                   "tmpfs", "cap_drop", "security_opt"}) {
        CAPTURE(part);
        CHECK(in_file["services"]["worker"][part] == on_server["services"]["worker"][part]);
    }
    // The image's own command is the worker's.
    const std::string dockerfile = reads("Dockerfile");
    const auto begin = dockerfile.find("\nCMD ") + 5;
    CHECK(nlohmann::json::parse(dockerfile.substr(begin, dockerfile.find('\n', begin) - begin)) ==
          on_server["services"]["worker"]["command"]);
}
