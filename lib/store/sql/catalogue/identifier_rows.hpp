#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "domain/identifier.hpp"
#include "store/sql/connection.hpp"

namespace pressings::store::sql {

/// By what a user knows an album, the surest first.
std::vector<Identifier> load_identifiers(Connection& connection, std::int64_t album_id);

/// Of albums that come behind it in the catalogue and wait to be found by the same kind of
/// identifier: those that the worker will ask for next, if it goes on so. Only of kinds that can be
/// asked for together, which are those of Discogs.
std::vector<Identifier> load_next_identifiers(Connection& connection, std::int64_t album_id,
                                              const std::vector<Identifier>& own);

/// The same as one text: each ends with U+001E, its kind, value and labels with U+001F.
std::vector<Identifier> parse_identifiers(std::string_view text);

/// What is there already is left alone.
void insert_identifiers(Connection& connection, const std::vector<Identifier>& identifiers,
                        std::int64_t album_id);

}  // namespace pressings::store::sql
