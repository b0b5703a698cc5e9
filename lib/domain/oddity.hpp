#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "domain/catalogue.hpp"
#include "domain/mbid.hpp"

namespace pressings {

/// Something that MusicBrainz says and the reader of its answers could make nothing of. A release
/// with an odd value is kept back as a whole; what is stored of it stays as it is.
struct Oddity {
    /// The release that was kept back. Nothing: not even its MBID could be read, or it is the
    /// release group that says something odd (then `field` begins with "release-group").
    std::optional<Mbid> release{};
    std::string field{};  ///< its path in MusicBrainz's JSON: "media[0].format"; "": the release
    std::optional<std::string> value{};  ///< what is there, as JSON, shortened; nothing: missing
    std::string problem{};               ///< reads behind the path: "is no date: \"1973-02-30\""
    int reader = 0;                      ///< the version of the reader that met it

    friend bool operator==(const Oddity&, const Oddity&) = default;
};

/// Whether it is the release group that says something odd.
bool is_of_group(const Oddity& oddity);

/// "release 1a8c4ac3-…: media[0].format is not a string", safe to show.
std::string described(const Oddity& oddity);

/// The MBIDs of releases that a source lists, those that could not be read as well.
std::vector<Mbid> listed_mbids(const std::vector<Release>& releases,
                               const std::vector<Oddity>& oddities);

/// What is kept of a value and of a problem.
constexpr std::size_t k_most_oddity_bytes = 200;

}  // namespace pressings
