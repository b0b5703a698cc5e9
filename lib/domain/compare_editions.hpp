#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "domain/catalogue.hpp"

/// Which tracks are on which edition of an album.
namespace pressings {

/// Lengths that differ by no more than this are taken for the same: discs are read, and typed,
/// with as much tolerance.
inline constexpr std::int64_t k_same_length_ms = 2'000;

/// A recording on one edition.
struct ComparedCell {
    enum class Presence {
        present,
        missing,
        unknown,  ///< the edition's tracks are not all known
    };
    Presence presence = Presence::missing;
    int times = 0;  ///< how often it is there
    // Where it is first:
    int medium_position = 0;
    std::string number;  ///< as printed
    std::optional<std::int64_t> length_ms;
    /// How much longer than ComparedTrack::length_ms; nothing up to k_same_length_ms.
    std::optional<std::int64_t> difference_ms;

    friend bool operator==(const ComparedCell&, const ComparedCell&) = default;
};

struct ComparedTrack {
    std::optional<Mbid> recording;
    TrackKind kind = TrackKind::track;
    std::string title;
    std::optional<std::int64_t> length_ms;  ///< of the first edition that tells, see there
    std::vector<ComparedCell> cells;        ///< one for each edition, in their order
};

struct ComparedEdition {
    bool is_known = false;  ///< all of its tracks are known
    int tracks = 0;         ///< that are known; a recording that is twice on it is two
    int missing = 0;        ///< of those that other editions have; 0 if not all are known
    int only_here = 0;      ///< on no other edition, as far as is known
};

struct Comparison {
    std::vector<ComparedTrack> tracks;
    std::vector<ComparedEdition> editions;

    /// How many of them are on every edition whose tracks are known.
    int common() const;
};

/// Compares by recording, which counts once however often an edition has it; a track without one
/// is the one of the same title (folded) on another edition. They come in the order of the edition
/// that has most of them (the earlier of two), then those of the others in their order.
Comparison compare_editions(std::span<const Release> editions);

}  // namespace pressings
