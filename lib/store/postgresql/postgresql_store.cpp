#include "store/postgresql/postgresql_store.hpp"

#include <fmt/format.h>

#include "store/postgresql/catalogue/bulk_albums.hpp"
#include "store/postgresql/catalogue/bulk_references.hpp"
#include "store/postgresql/engine/schema.hpp"
#include "store/postgresql/engine/workers.hpp"
#include "store/postgresql/search/text_search_index.hpp"
#include "store/postgresql/upkeep/postgresql_maintenance.hpp"
#include "store/sql/sql_store.hpp"

namespace pressings::store::postgresql {

std::unique_ptr<Store> open_postgresql_store(const std::string& location,
                                             const StoreOptions& options, Clock& clock) {
    auto connection = std::make_unique<Connection>(location, options, clock);
    if (options.access == Access::write) {
        prepare_schema(*connection);
    } else {
        require_schema(*connection);
    }
    auto workers = std::make_unique<Workers>(connection->session());
    auto index = std::make_unique<TextSearchIndex>(*connection);
    auto maintenance =
        std::make_unique<PostgresqlMaintenance>(*connection, *workers, *index, clock);
    auto new_albums = std::make_unique<BulkAlbums>(*connection);
    auto shared_rows = std::make_unique<BulkReferences>(*connection);
    return sql::make_sql_store(
        {std::move(connection), std::move(workers), std::move(index), std::move(maintenance),
         std::move(new_albums), std::move(shared_rows)},
        clock);
}

bool has_catalogue(const std::string& location, StoreOptions options) {
    options.access = Access::read;
    Connection connection{location, options, system_clock()};
    return has_schema(connection);
}

void refuse_restore(const std::string& location) {
    throw UsageError(fmt::format(
        "{} is restored with PostgreSQL's own tools: `pg_restore --clean --if-exists --dbname=… "
        "FILE`, while no worker runs",
        ConnectionInfo{location}.name()));
}

}  // namespace pressings::store::postgresql
