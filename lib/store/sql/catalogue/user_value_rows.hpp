#pragma once

#include <cstdint>
#include <optional>

#include "domain/user_values.hpp"
#include "store/sql/connection.hpp"

namespace pressings::store::sql {

/// What users say of the album otherwise than MusicBrainz; empty if there is nothing.
Album load_user_values(Connection& connection, std::int64_t album_id);
/// Replaces it; `credit_id` is the row of its artist credit.
void save_user_values(Connection& connection, std::int64_t album_id, const Album& values,
                      std::optional<std::int64_t> credit_id);

KnownAlbum load_known_album(Connection& connection, std::int64_t album_id);

}  // namespace pressings::store::sql
