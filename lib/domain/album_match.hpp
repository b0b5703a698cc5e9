#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "domain/candidate.hpp"
#include "domain/catalogue.hpp"

/// Which release group is meant by an album that somebody named. Pure: no I/O, the same question
/// gets the same answer.
namespace pressings {

/// An album as somebody named it who has no MBID for it.
struct NamedAlbum {
    ArtistCredit artist_credit;  ///< as told; an artist's MBID beats the name
    std::string title;
    std::optional<int> year{};                    ///< of its first release
    std::optional<std::string> primary_type{};    ///< "Album", any case
    std::optional<std::string> disambiguation{};  ///< as MusicBrainz has it; settles a tie
};

/// A release group that a search or a mirror offers for a name, with what is known of it.
struct OfferedAlbum {
    /// A release, by what tells about its group: a title that may be another, and a status.
    struct Edition {
        std::string title;
        std::optional<std::string> status;  ///< "Official", "Bootleg", …
    };

    Album album;                         ///< MBID and title are needed, the rest may be unknown
    std::vector<std::string> aliases{};  ///< of the release group
    std::vector<Edition> editions{};     ///< as many of its releases as are known
    /// Aliases of the artists of the credit, in its order; may be shorter than it.
    std::vector<std::vector<std::string>> artist_aliases{};
    std::optional<int> score{};  ///< 0 to 100, of the search that found it
};

enum class MatchVerdict {
    safe,       ///< one group is meant, and no other
    ambiguous,  ///< several may be
    not_found,  ///< none is safely meant
};

struct AlbumMatch {
    MatchVerdict verdict = MatchVerdict::not_found;
    std::optional<Mbid> mbid;  ///< of the group, if that is safe
    /// The likeliest first, at most k_most_candidates; if safe, the match alone. Long texts are
    /// cut.
    std::vector<Candidate> candidates;
    /// Why it is not safe, to stand behind the name: "two groups …"; "" if it is.
    std::string reason;
};

/// Finds the one group that is safely meant among `offered`, which may be in any order, repeat a
/// group, and be of anything.
///
/// A group is meant if its title and its artist credit are the ones told, its first release is of
/// the year told or of none known, and its primary type is the one told, or not known. A title is
/// the same if it is equal but for case, diacritics, width, punctuation, "&" for "and" and a
/// leading article, by an alias of the group, or as the title of a release of it that is no
/// bootleg; or with the group's disambiguation behind it. If no group is named so in full: but for
/// how numbers are written ("2", "²", "II", "two"); then without marks of an edition, a disc, a
/// type or a soundtrack, which are held to (see without_marks), or with a part of a disambiguation;
/// then but for a subtitle that only one of them has, unless that may be what tells one of several
/// apart; then with the artist before it. A title without any word ("( )")
/// must be equal sign by sign. A credit is the same as a whole, whatever joins its names, each
/// artist by the name printed, the artist's own, the sort name or an alias; or without what is
/// featured. "Various Artists" is the special artist of that name and nobody else.
///
/// Of several the one is taken that is at least as close as every other in title, credit, year and
/// type, and closer in one of them: Album before EP before Single; of one artist's only, what has
/// no secondary type before what has (Live, Compilation, …), and bootlegs last.
AlbumMatch match_album(const NamedAlbum& named, std::span<const OfferedAlbum> offered);

/// "\"TITLE\" by \"ARTIST\" (YEAR)", made safe and short: for messages.
std::string described(const NamedAlbum& named);

/// A title without what names an edition, if it names one: "Rumours" for "Rumours (Deluxe)".
std::optional<std::string> without_edition(std::string_view title);

/// Whether a credit is the one told, by the names of its artists and these aliases of the first.
bool is_credited(const ArtistCredit& told, const ArtistCredit& found,
                 const std::vector<std::string>& aliases);

/// Whether a credit says "Various Artists" in one of the ways people do ("Various", "VA", "V/A").
bool is_various_artists(const ArtistCredit& credit);

/// The special artist https://musicbrainz.org/artist/89ad4ac3-39f7-470e-963a-56509c546377
Mbid various_artists();

}  // namespace pressings
