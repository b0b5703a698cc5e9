#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "domain/edition_wishes.hpp"

/// One edition of an album, by stated wishes.
namespace pressings {

/// What became of a wish.
struct WishOutcome {
    EditionWish wish;
    std::optional<std::string> has;  ///< what the picked edition has of that; nothing: not known
    bool is_met = false;             ///< of date and tracks: no candidate comes before it
};

/// What put the picked edition before the next best.
struct Decision {
    std::size_t next = 0;           ///< place of the next best among the editions
    std::optional<EditionKey> key;  ///< nothing: only the MBIDs differ in order
    std::optional<std::string> has;
    std::optional<std::string> next_has;
};

struct PickedEdition {
    std::size_t place = 0;  ///< among the editions
    std::vector<WishOutcome> outcomes;
    std::optional<Decision> decision;  ///< nothing if it was the only candidate
};

struct EditionChoice {
    std::size_t candidates = 0;  ///< editions that were not excluded
    std::optional<PickedEdition> picked;
};

/// Picks of `editions` what `exclude` does not name by `prefer`: an earlier wish weighs more than
/// all later ones, an earlier value more than a later one. Where the wishes leave several equal,
/// official ones come first, then the earliest date, then the lowest MBID: so the same editions
/// give the same pick, in whatever order. A date that is not known to the day comes behind those
/// of the same month or year that are, and an unknown one last, whether the earliest is wanted or
/// the latest; likewise an unknown number of tracks.
EditionChoice pick_edition(std::span<const Release> editions, const EditionWishes& prefer,
                           const EditionWishes& exclude);

}  // namespace pressings
