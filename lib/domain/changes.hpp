#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/catalogue.hpp"

namespace pressings {

/// A field that differs between two states of a thing, by its path in what release-catalog prints:
/// "barcode", "media[2].tracks[11].title". Lists count from 1, media and tracks by their
/// positions. Nothing: it was not there, or is not there any more.
struct FieldChange {
    std::string field;
    std::optional<std::string> before;
    std::optional<std::string> after;

    friend bool operator==(const FieldChange&, const FieldChange&) = default;
};

/// Every field in which two states of a release differ; not empty if they are not equal.
std::vector<FieldChange> changes_between(const Release& before, const Release& after);
/// The same for an album.
std::vector<FieldChange> changes_between(const Album& before, const Album& after);

/// What became of an album or a release after its first import.
enum class ChangeKind {
    created,   ///< a release that is new in its group
    updated,   ///< fields differ
    removed,   ///< no longer in its group, or in MusicBrainz at all
    returned,  ///< there again after it had been removed
    moved,     ///< a release that went from one album of the catalogue to another
    merged,    ///< is another one now; its MBID is kept as an alias
};

std::string_view to_string(ChangeKind kind);
std::optional<ChangeKind> parse_change_kind(std::string_view name);

}  // namespace pressings
