#pragma once

#include <memory>

#include "store/open_store.hpp"
#include "store/sql/catalogue/known_rows.hpp"
#include "store/sql/catalogue/new_albums.hpp"
#include "store/sql/connection.hpp"
#include "store/sql/search/search_index.hpp"
#include "store/sql/workers.hpp"

namespace pressings::store::sql {

/// What an engine brings for a store of one connection. Those below use those above.
struct EngineParts {
    std::unique_ptr<Connection> connection;
    std::unique_ptr<Workers> workers;
    std::unique_ptr<SearchIndex> index;
    std::unique_ptr<Maintenance> maintenance;
    std::unique_ptr<NewAlbums> new_albums{};    ///< none: they are put in one by one
    std::unique_ptr<SharedRows> shared_rows{};  ///< none: they are looked for one by one
};

/// The store on tables that are there and up to date.
std::unique_ptr<Store> make_sql_store(EngineParts parts, Clock& clock);

}  // namespace pressings::store::sql
