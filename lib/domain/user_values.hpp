#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/catalogue.hpp"

/// What users say of an album. MusicBrainz's word wins over theirs, and theirs is kept: until an
/// album's first import it stands in the album itself, afterwards beside it.
namespace pressings {

/// An album as it is stored.
struct KnownAlbum {
    Album album;
    Album user_values;      ///< what a user says otherwise than MusicBrainz; else empty
    bool imported = false;  ///< MusicBrainz's word has been written
};

/// A known album of which a user says something more.
struct UserUpdate {
    /// The fields that differ, by their names in a batch record; none: there is nothing to write.
    std::vector<std::string> differing;
    KnownAlbum known;  ///< as it is to be
};

/// Whether any field is given that a user may set.
bool gives_user_values(const Album& album);

/// What becomes of `known` by what a user gives. A field that says less, as "1973" of
/// "1973-03-01", or the same in other words, does not differ.
UserUpdate apply_user_values(KnownAlbum known, const Album& given);

/// The fields of a user's `album` that `official`, which is to stand in its place, has otherwise;
/// nothing if there are none.
std::optional<Album> overruled_values(const Album& album, const Album& official);

/// `official` with what it leaves open taken from `stored`, and the MBID of that.
Album fill_from(Album official, const Album& stored);

}  // namespace pressings
