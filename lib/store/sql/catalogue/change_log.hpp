#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/time.hpp"
#include "domain/changes.hpp"
#include "store/sql/connection.hpp"

namespace pressings::store::sql {

/// What is written down about one change.
struct LoggedChange {
    ChangeKind kind = ChangeKind::updated;
    std::int64_t album_id = 0;
    std::optional<std::int64_t> from_album_id;  ///< of a release that moved
    std::optional<Mbid> release;                ///< nothing: the album itself
    std::vector<FieldChange> fields;            ///< the first thousand are kept
};

/// Writes a change into the log, inside the caller's transaction.
void log_change(Connection& connection, const LoggedChange& change, Millis now_ms);

}  // namespace pressings::store::sql
