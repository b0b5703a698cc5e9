#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "domain/catalogue.hpp"
#include "domain/media_format.hpp"

namespace pressings {

/// What the statistics count of a release.
struct ReleaseFacts {
    PlainFormat format = PlainFormat::other;
    std::optional<std::string> status;
    std::optional<std::string> country;
    std::optional<std::string> decade;  ///< "1970s", by the year of its date
    std::vector<Mbid> labels;           ///< each once, sorted
    bool has_barcode = false;
    bool is_without_barcode = false;  ///< it is known to have none
    bool has_tracks = false;          ///< the track list of each of its media is known
    std::int64_t media = 0;
    std::int64_t tracks = 0;

    friend bool operator==(const ReleaseFacts&, const ReleaseFacts&) = default;
};

/// Tracks in those of its track lists that are known.
std::size_t known_tracks(const Release& release);
std::size_t known_tracks(std::span<const Release> releases);

/// `release` is a whole one, with its track lists.
ReleaseFacts facts_of(const Release& release);

}  // namespace pressings
