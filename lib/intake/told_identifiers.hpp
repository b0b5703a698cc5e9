#pragma once

#include "intake/told_album.hpp"

namespace pressings::intake {

/// Adds the identifiers that are told to `request`, the surest first; what is blank, and a
/// catalogue number that says there is none, is not told. The first that is none is the refusal
/// ("bad_barcode", "bad_disc_id", "bad_field").
std::optional<Refusal> take_identifiers(const ToldAlbum& told, AlbumRequest& request);

/// The names in a list of Discogs' ("Atlantic, Rhino Records (2)"), without the numbers by which it
/// tells namesakes apart.
std::vector<std::string> split_discogs_list(std::string_view list);

/// Its catalogue numbers ("CBS 32171, ?"), those that can be looked for, and its labels; no more
/// than a record may have, for what identifies a row of Discogs' is its release.
std::vector<std::string> discogs_catnos(std::string_view list);
std::vector<std::string> discogs_labels(std::string_view list);

/// An artist as Discogs writes them, without those numbers: "Genesis (2)".
std::string without_discogs_numbers(std::string_view name);

}  // namespace pressings::intake
