#pragma once

#include <cstdint>

#include "domain/catalogue.hpp"
#include "store/sql/connection.hpp"

/// The details of releases and albums (domain/release_details.hpp) as rows. Writing makes the rows
/// exactly what the value says, inside the caller's transaction; reading gives that back.
namespace pressings::store::sql {

/// Everything but media is left alone; media must be there, with a list of discs where there is
/// one.
void load_release_details(Connection& connection, std::int64_t release_id, Release& release);

/// What of them is in the row of the release itself.
struct DetailColumns {
    CoverArt cover;
    bool has_urls = false;
    bool has_aliases = false;
    bool has_genres = false;

    explicit DetailColumns(const Release& release);
};

/// The rest, of a release that has none yet.
void write_release_details(Connection& connection, std::int64_t release_id, const Release& release);
/// All of them, in place of those that it has.
void replace_release_details(Connection& connection, std::int64_t release_id,
                             const Release& release);
/// Of a medium that has just been written.
void write_discs(Connection& connection, std::int64_t release_id, const Medium& medium);

void load_album_details(Connection& connection, std::int64_t album_id, Album& album);
void write_album_details(Connection& connection, std::int64_t album_id, const Album& album);

}  // namespace pressings::store::sql
