#pragma once

#include <span>
#include <vector>

#include "domain/album_match.hpp"

/// What a name says beside an identifier of an album. Pure: no I/O.
namespace pressings {

/// Whether a release group cannot be what somebody named so: it is of another year than told, or
/// title or artist share no word with any name it has. What is told otherwise may be so for many
/// reasons, and an identifier is believed then.
bool contradicts(const NamedAlbum& named, const OfferedAlbum& group);

/// Groups to choose from, each once, in the order given; at most k_most_candidates.
std::vector<Candidate> candidates_among(std::span<const OfferedAlbum> groups);

/// Groups that are in both; what `a` knows of them, or `b` where that is nothing but the MBID.
std::vector<OfferedAlbum> common_groups(const std::vector<OfferedAlbum>& a,
                                        const std::vector<OfferedAlbum>& b);

}  // namespace pressings
