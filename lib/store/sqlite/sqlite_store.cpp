#include "store/sqlite/sqlite_store.hpp"

#include "store/sql/sql_store.hpp"
#include "store/sqlite/engine/schema.hpp"
#include "store/sqlite/file/file_workers.hpp"
#include "store/sqlite/search/fts_index.hpp"
#include "store/sqlite/upkeep/new_catalogue.hpp"
#include "store/sqlite/upkeep/sqlite_maintenance.hpp"

namespace pressings::store::sqlite {

std::unique_ptr<Store> open_sqlite_store(const std::string& path, const StoreOptions& options,
                                         Clock& clock) {
    require_catalogue_file(path);
    auto connection = std::make_unique<Connection>(path, options.busy_timeout_ms, options.access);
    if (options.access == Access::write) {
        prepare_schema(*connection);
        connection->note_log();
    } else {
        require_schema(*connection);
    }
    auto workers = std::make_unique<FileWorkers>(path, connection->lock_file(), clock);
    auto index = std::make_unique<FtsIndex>(connection->database(), connection->statements());
    auto maintenance = std::make_unique<SqliteMaintenance>(*connection, *index, clock);
    return sql::make_sql_store(
        {std::move(connection), std::move(workers), std::move(index), std::move(maintenance)},
        clock);
}

}  // namespace pressings::store::sqlite
