#pragma once

#include <memory>
#include <string>

#include "store/open_store.hpp"

namespace pressings::store::postgresql {

/// Opens the catalogue in the database at `location`. To write, its tables are made if they are not
/// there; to read, that is an error. Errors as of Connection, and of prepare_schema.
std::unique_ptr<Store> open_postgresql_store(const std::string& location,
                                             const StoreOptions& options, Clock& clock);

/// Whether the database has a catalogue of ours. StoreError if it cannot be asked.
bool has_catalogue(const std::string& location, StoreOptions options);

/// UsageError: a catalogue there is put back with PostgreSQL's own tools.
[[noreturn]] void refuse_restore(const std::string& location);

}  // namespace pressings::store::postgresql
