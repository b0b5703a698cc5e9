#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "store/sqlite/catalogue_writer.hpp"
#include "store/sqlite/connection.hpp"

/// What users tell of an album. MusicBrainz's word wins over theirs, and theirs is kept: until an
/// album's first import it stands in the album's own row, afterwards beside it.
namespace pressings::store::sqlite {

/// What users told that MusicBrainz says otherwise; all empty if there is nothing.
Album load_guess(Connection& connection, std::int64_t album_id);

/// What a user tells of an album that is here already.
struct Told {
    /// The fields in which it differs from what is stored and from what was told before, by their
    /// names in a batch record; "1973" does not differ from "1973-03-01".
    std::vector<std::string> news;
    Album stored;  ///< as the album's row is to be
    Album guess;   ///< as what stands beside it is to be
    bool imported = false;
};

/// Compares; writes nothing.
Told compare_told(Connection& connection, std::int64_t album_id, const Album& told);

/// Writes the news, if there are any.
void write_told(Connection& connection, CatalogueWriter& writer, std::int64_t album_id,
                const Told& told);

/// Keeps what `stored` has otherwise than `official`, which is about to be written over it.
void keep_guess(Connection& connection, CatalogueWriter& writer, std::int64_t album_id,
                const Album& stored, const Album& official);

}  // namespace pressings::store::sqlite
