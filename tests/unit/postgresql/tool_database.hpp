#pragma once

#include <map>
#include <stdexcept>
#include <string>
#include <vector>

#include "support/postgresql_database.hpp"
#include "support/process.hpp"
#include "support/tool.hpp"

namespace pressings::test {

inline const std::string k_recorded_source =
    std::string{"file:"} + PRESSINGS_TEST_DATA "/musicbrainz/recorded";
inline constexpr const char* k_in_rainbows = "6e335887-60ba-38f0-95af-fae7774336bf";
inline constexpr const char* k_rumours = "416bb5e5-c7d1-3977-8fd7-7c9daf6c2be6";

/// A database in PostgreSQL with an empty catalogue, the tools, and the roles of roles.sql, whose
/// names begin with the database's own here.
struct ToolDatabase {
    ToolDatabase() {
        environment["PATH"] = std::string{PRESSINGS_BIN_DIR} + ":/usr/bin:/bin";
        run("release-worker", {"run", "-q", "--source", k_recorded_source});  // makes the tables
    }

    ToolRun run(const std::string& tool, const std::vector<std::string>& arguments,
                const std::string& input = "", const std::string& role = "pressings") {
        bench.environment["PRESSINGS_DB"] = database.uri(role);
        return bench.run(tool, arguments, input);
    }

    std::string role(const std::string& task) const { return database.name() + "_" + task; }

    /// Runs roles.sql, as an administrator does.
    Finished make_roles() const {
        return psql({"-v", "prefix=" + database.name(), "-f",
                     PRESSINGS_SOURCE_DIR "/schema/postgresql/roles.sql"});
    }

    Finished psql(const std::vector<std::string>& arguments,
                  const std::string& role = "pressings") const {
        Command command;
        command.arguments = {"/usr/bin/psql", "-X", "-A", "-t", "-d", database.uri(role)};
        command.arguments.insert(command.arguments.end(), arguments.begin(), arguments.end());
        command.environment = environment;
        return run_process(command);
    }

    PostgresqlDatabase database;
    ToolBench bench;
    std::map<std::string, std::string> environment{{"LC_ALL", "C.UTF-8"}};
};

}  // namespace pressings::test
