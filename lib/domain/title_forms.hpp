#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/album_match.hpp"

/// Titles by whose words a group is looked for.
namespace pressings {

/// "Abraxas" of "Santana - Abraxas" by Santana; nothing if the title does not begin so.
std::optional<std::string> title_behind_artist(const NamedAlbum& named);

/// Whether the title of the group is told in full. Else a match rests on that no other group fits,
/// so it counts only once all that looser_titles find were offered.
bool is_titled_in_full(const NamedAlbum& named, const OfferedAlbum& offered);

/// By the words of which of these a group may be found that match_album takes though it has not all
/// words of the title as told: without marks, a subtitle, brackets or the artist; with a number
/// written otherwise, or left out. The closest first; not the title itself.
std::vector<std::string> looser_titles(const NamedAlbum& named);

}  // namespace pressings
