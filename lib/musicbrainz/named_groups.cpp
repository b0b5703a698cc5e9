#include "musicbrainz/named_groups.hpp"

#include <algorithm>
#include <unordered_set>

#include <fmt/format.h>

#include "base/text.hpp"

namespace pressings::musicbrainz {

namespace {

constexpr std::size_t k_most_shown_candidates = 5;

bool is_same_credit(const ArtistCredit& asked, const ArtistCredit& found) {
    if (fold(credit_text(asked)) == fold(credit_text(found))) return true;
    const auto is_same_artist = [](const CreditedArtist& a, const CreditedArtist& b) {
        return a.artist.mbid && a.artist.mbid == b.artist.mbid;
    };
    return std::equal(asked.begin(), asked.end(), found.begin(), found.end(), is_same_artist);
}

bool is_safely_meant(const NamedAlbum& named, const Album& found) {
    if (fold(found.title.value_or("")) != fold(named.title)) return false;
    if (!is_same_credit(named.artist_credit, found.artist_credit)) return false;
    return !named.year ||
           (found.first_release_date && found.first_release_date->year == named.year);
}

std::string shown(const NamedAlbum& named) {
    const std::string year = named.year ? fmt::format(" ({})", *named.year) : "";
    return escape_controls(shorten(
        fmt::format("\"{}\" by \"{}\"{}", named.title, credit_text(named.artist_credit), year),
        300));
}

std::string shown(const std::vector<Album>& candidates) {
    std::string text;
    for (const Album& album : candidates) {
        if (&album == candidates.data() + k_most_shown_candidates) return text + ", …";
        const std::string date =
            album.first_release_date ? album.first_release_date->to_string() : "no date";
        text += fmt::format("{}{} ({}, {})", text.empty() ? "" : ", ", album.mbid->to_string(),
                            album.primary_type.value_or("no type"), date);
    }
    return escape_controls(text);
}

}  // namespace

Mbid group_meant(const NamedAlbum& named, const std::vector<Album>& offered) {
    std::unordered_set<Mbid> known;
    std::vector<Album> found;
    for (const Album& album : offered) {
        if (is_safely_meant(named, album) && known.insert(*album.mbid).second) {
            found.push_back(album);
        }
    }
    if (found.empty()) {
        throw SourceError(ErrorKind::permanent, "not_found",
                          fmt::format("no release group is safely {}", shown(named)));
    }
    if (found.size() > 1) {
        throw SourceError(ErrorKind::permanent, "ambiguous",
                          fmt::format("{} may be one of {} release groups: {}", shown(named),
                                      found.size(), shown(found)));
    }
    return *found.front().mbid;
}

bool is_of_types(const Album& album, const std::vector<std::string>& types) {
    const std::string type = ascii_lower(album.primary_type.value_or(""));
    return types.empty() || std::any_of(types.begin(), types.end(), [&](const std::string& wanted) {
               return ascii_lower(wanted) == type;
           });
}

}  // namespace pressings::musicbrainz
