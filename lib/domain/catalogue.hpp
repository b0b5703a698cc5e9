#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/mbid.hpp"
#include "domain/partial_date.hpp"
#include "domain/release_details.hpp"

/// MusicBrainz's model of what an album is made of, as plain values. The names are MusicBrainz's
/// (https://musicbrainz.org/doc/MusicBrainz_Database/Schema), but for Album: a release group.
/// What is not known is nullopt; an empty string is never stored where a name would be.
namespace pressings {

struct Artist {
    std::optional<Mbid> mbid;  ///< absent for an artist known by name alone
    std::string name;
    std::optional<std::string> sort_name;
    std::optional<std::string> disambiguation;
    std::optional<std::string> type;     ///< "Person", "Group", …
    std::optional<std::string> country;  ///< ISO 3166-1, as MusicBrainz gives it
};

/// One artist of a credit. Equal when it reads the same and means the same artist.
struct CreditedArtist {
    std::string name;         ///< as printed here, which may not be the artist's own name
    std::string join_phrase;  ///< what stands before the next name: " & ", " feat. "
    Artist artist;

    friend bool operator==(const CreditedArtist& a, const CreditedArtist& b) {
        return a.name == b.name && a.join_phrase == b.join_phrase && a.artist.mbid == b.artist.mbid;
    }
};

/// In the order printed. Empty if unknown.
using ArtistCredit = std::vector<CreditedArtist>;

/// The credit as one line: names and join phrases.
std::string credit_text(const ArtistCredit& credit);

/// A release group. Anything may still be unknown until its releases were imported.
struct Album {
    std::optional<Mbid> mbid;
    std::optional<std::string> title;
    ArtistCredit artist_credit;
    std::optional<PartialDate> first_release_date;
    std::optional<std::string> primary_type;
    std::vector<std::string> secondary_types;
    std::optional<std::string> disambiguation;
    std::optional<std::vector<Alias>> aliases;  ///< sorted; nothing: not told
    std::optional<std::vector<Genre>> genres;   ///< likewise

    friend bool operator==(const Album&, const Album&) = default;
};

/// One of the dates and places at which a release came out. Either may be unknown.
struct ReleaseEvent {
    std::optional<PartialDate> date;
    std::optional<std::string> country;  ///< the area's ISO 3166 code: "GB", "XW", "YUCS"
    std::optional<Mbid> area_mbid;
    std::optional<std::string> area_name;

    friend bool operator==(const ReleaseEvent&, const ReleaseEvent&) = default;
};

struct Label {
    Mbid mbid;
    std::string name;
    std::optional<std::string> sort_name;
    std::optional<std::string> disambiguation;
    std::optional<std::string> type;
    std::optional<std::int64_t> label_code;
};

/// A label and the catalogue number it gave; either may be missing.
struct LabelInfo {
    std::optional<Label> label;
    std::optional<std::string> catalog_number;

    friend bool operator==(const LabelInfo& a, const LabelInfo& b) {
        const auto identity = [](const LabelInfo& info) {
            return info.label ? std::optional{info.label->mbid} : std::nullopt;
        };
        return identity(a) == identity(b) && a.catalog_number == b.catalog_number;
    }
};

struct Recording {
    Mbid mbid;
    std::string title;
    ArtistCredit artist_credit;
    std::optional<std::int64_t> length_ms;
    std::optional<bool> video;
    std::optional<std::string> disambiguation;
    std::optional<PartialDate> first_release_date;
    std::vector<std::string> isrcs;  ///< sorted
    Told isrcs_told;

    friend bool operator==(const Recording&, const Recording&) = default;
};

/// Where on its medium a track is: in the gap before track 1 (hidden), among the tracks, or
/// behind them as data. Neither of the outer two is counted in Medium::track_count.
enum class TrackKind { pregap, track, data };

/// "pregap", "track" or "data".
std::string_view to_string(TrackKind kind);
/// A name that is none is a track's.
TrackKind parse_track_kind(std::string_view name);

struct Track {
    TrackKind kind = TrackKind::track;
    int position = 0;    ///< 0 for a pregap track; unique on its medium
    std::string number;  ///< as printed: "1", "A1"
    std::string title;
    std::optional<Mbid> mbid;
    std::optional<std::int64_t> length_ms;
    ArtistCredit artist_credit;
    std::optional<Recording> recording;

    friend bool operator==(const Track&, const Track&) = default;
};

struct Medium {
    int position = 0;  ///< unique in its release
    std::optional<Mbid> mbid;
    std::optional<std::string> format;  ///< MusicBrainz's own name, kept as it is
    std::optional<std::string> title;
    std::optional<int> track_count;
    /// In order of position. Nothing if the source gave no track list (not the same as none).
    std::optional<std::vector<Track>> tracks;
    std::optional<std::vector<Disc>> discs;  ///< sorted; nothing: not told

    friend bool operator==(const Medium&, const Medium&) = default;
};

struct Release {
    Mbid mbid;
    std::string title;
    ArtistCredit artist_credit;
    std::optional<std::string> status;
    std::optional<std::string> packaging;
    std::optional<std::string> quality;
    std::optional<std::string> disambiguation;
    std::optional<std::string> language;  ///< ISO 639-3
    std::optional<std::string> script;    ///< ISO 15924
    std::optional<std::string> barcode;   ///< "" where it is known to have none
    std::optional<std::string> asin;
    std::optional<PartialDate> date;  ///< of its first event
    std::optional<std::string> country;
    std::vector<ReleaseEvent> events;
    std::vector<LabelInfo> label_info;
    Told label_info_told;
    std::vector<Medium> media;  ///< in order of position
    Told media_told;
    std::optional<CoverArt> cover_art;
    std::optional<std::vector<ReleaseUrl>> urls;  ///< sorted; nothing: not told
    /// Of a pseudo-release: the releases whose track lists it translates or transliterates; sorted.
    /// Told where the URLs are.
    std::vector<Mbid> originals;
    std::optional<std::vector<Alias>> aliases;  ///< likewise
    std::optional<std::vector<Genre>> genres;   ///< likewise

    friend bool operator==(const Release&, const Release&) = default;
};

/// What became of a release that its release group lists no longer. Both are nothing where
/// MusicBrainz does not know it any more; the second alone where it is there and cannot be placed.
struct ReleaseFate {
    Mbid release;                       ///< as the catalogue knows it
    std::optional<Mbid> now;            ///< its MBID; another one if it was merged into that
    std::optional<Mbid> release_group;  ///< that it belongs to

    bool is_merged() const { return now && *now != release; }
};

}  // namespace pressings
