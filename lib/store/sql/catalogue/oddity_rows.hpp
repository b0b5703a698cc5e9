#pragma once

#include <cstdint>
#include <span>

#include "domain/oddity.hpp"
#include "store/sql/connection.hpp"

namespace pressings::store::sql {

/// Keeps these of the album in place of what was kept, inside the caller's transaction; writes
/// nothing if they are the same. By how much their number changed.
std::int64_t replace_oddities(Connection& connection, std::int64_t album_id,
                              std::span<const Oddity> oddities, Millis now_ms);

/// Those of an album that becomes one with another go; by how much their number changed.
std::int64_t forget_oddities(Connection& connection, std::int64_t album_id);

/// From this column on of a row: release, field, value, problem, reader.
Oddity read_oddity(const Query& row, int column);

}  // namespace pressings::store::sql
