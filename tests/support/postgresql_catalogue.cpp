#include <cstdlib>
#include <memory>
#include <vector>

#include "support/new_catalogue.hpp"
#include "support/postgresql_database.hpp"

namespace pressings::test {

/// A database for each, gone with the process: a test is one.
std::string new_catalogue(const TemporaryFolder&) {
    static std::vector<std::unique_ptr<PostgresqlDatabase>> databases;
    return databases.emplace_back(std::make_unique<PostgresqlDatabase>())->uri();
}

bool catalogue_is_file() {
    return false;
}

bool deaths_show_at_once() {
    return std::getenv("PRESSINGS_POSTGRESQL_PLAIN") == nullptr;
}

store::Pooler pooler_of_catalogue() {
    return store::Pooler::none;
}

}  // namespace pressings::test
