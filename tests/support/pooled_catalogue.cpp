#include <memory>
#include <vector>

#include "support/new_catalogue.hpp"
#include "support/postgresql_database.hpp"
#include "support/transaction_pooler.hpp"

namespace pressings::test {

/// A database for each, behind the pooler of the tests' server.
std::string new_catalogue(const TemporaryFolder&) {
    static std::vector<std::unique_ptr<PostgresqlDatabase>> databases;
    const std::string folder = test_server_folder();
    if (!has_pooler(folder)) start_pooler(folder, Life::ends_with_us);
    return pooled_uri(folder,
                      databases.emplace_back(std::make_unique<PostgresqlDatabase>())->name());
}

bool catalogue_is_file() {
    return false;
}

bool deaths_show_at_once() {
    return false;
}

store::Pooler pooler_of_catalogue() {
    return store::Pooler::transaction;
}

}  // namespace pressings::test
