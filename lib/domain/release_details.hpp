#pragma once

#include <compare>
#include <optional>
#include <string>
#include <vector>

#include "domain/mbid.hpp"
#include "domain/partial_date.hpp"

/// What MusicBrainz says of a release beside its tracks and labels. Each of these comes only where
/// a source was asked for it: a list that is not there was not told, an empty one has nothing.
namespace pressings {

/// Whether a source told a list that may well be empty. It is no part of what a thing is: things
/// are equal whoever told of them.
struct Told {
    bool told = true;

    friend bool operator==(const Told&, const Told&) { return true; }
};

/// Another name under which a release or a release group is known.
struct Alias {
    std::string name;
    std::optional<std::string> sort_name;
    std::optional<std::string> locale;  ///< as MusicBrainz has it: "ja", "sr_Latn"
    std::optional<std::string> type;    ///< "Release name", "Search hint", …
    std::optional<bool> primary;        ///< the first choice for its locale; not told without one
    std::optional<PartialDate> begin;
    std::optional<PartialDate> end;
    std::optional<bool> ended;

    friend auto operator<=>(const Alias&, const Alias&) = default;
};

/// A genre and how many people chose it.
struct Genre {
    std::string name;
    std::optional<Mbid> mbid;
    std::optional<int> count;

    friend auto operator<=>(const Genre&, const Genre&) = default;
};

/// A table of contents of a medium, as a CD drive reads it
/// (https://musicbrainz.org/doc/Disc_ID_Calculation). One medium may have several: pressings
/// differ.
struct Disc {
    std::string id;              ///< 28 characters: "XzPS7vW.HPHsYemQh0HBUGr8vuU-"
    std::optional<int> sectors;  ///< of the whole disc, up to the lead-out; 75 are a second
    std::optional<int> offset_count;
    std::vector<int> offsets;  ///< of each track, in sectors

    friend auto operator<=>(const Disc&, const Disc&) = default;
};

/// What the Cover Art Archive (https://coverartarchive.org) holds for a release.
struct CoverArt {
    std::optional<bool> artwork;
    std::optional<bool> front;
    std::optional<bool> back;
    std::optional<int> count;      ///< of images
    std::optional<bool> darkened;  ///< taken down at somebody's request

    friend bool operator==(const CoverArt&, const CoverArt&) = default;
};

/// Where else a release is: to listen, to buy, in another catalogue.
struct ReleaseUrl {
    std::string type;  ///< "purchase for download", "free streaming", "discogs", …
    std::string url;
    std::optional<PartialDate> begin;
    std::optional<PartialDate> end;
    std::optional<bool> ended;

    friend auto operator<=>(const ReleaseUrl&, const ReleaseUrl&) = default;
};

}  // namespace pressings
