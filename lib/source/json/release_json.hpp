#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/catalogue.hpp"
#include "source/json/odd_value.hpp"

namespace pressings::source {

/// A release that was kept back, for a value in it is odd.
struct OddRelease {
    Oddity oddity;
    std::size_t likeness = 0;  ///< see OddValue
};

/// One page of `GET /ws/2/release?release-group=…`.
struct BrowsePage {
    int release_count = 0;          ///< of the whole answer, as counted for this page
    int release_offset = 0;         ///< of the first release here
    std::vector<Release> releases;  ///< as they came, repeats included
    std::vector<OddRelease> odd{};  ///< likewise
    /// From the releases, where they bring their group (`inc=release-groups`); with its MBID alone
    /// where `odd_group` says why.
    std::optional<Album> release_group{};
    std::optional<Oddity> odd_group{};
    std::size_t entries = 0;  ///< of all lists in it: what it weighs

    /// How many releases came, odd ones too.
    std::size_t received() const { return releases.size() + odd.size(); }
};

/// Reads a browse page. SourceError("bad_answer", transient) if the document is none; an odd value
/// in a release costs that release alone.
BrowsePage parse_browse_page(std::string_view json);

/// A release and its group, if that is there.
struct ParsedRelease {
    Release release;
    std::optional<Album> release_group;  ///< as in BrowsePage
    std::optional<Oddity> odd_group{};
    std::size_t entries = 0;  ///< of all lists in it
};

/// One page of `GET /ws/2/release?artist=…`: releases of many groups.
struct ArtistPage {
    std::size_t release_count = 0;        ///< of the whole answer, as counted for this page
    std::size_t received = 0;             ///< releases that came
    std::vector<ParsedRelease> releases;  ///< those that can be read, and name their group
    std::size_t tracks = 0;               ///< of these
};

/// Likewise.
ArtistPage parse_artist_page(std::string_view json);

/// Reads one release as a lookup or a line of a JSON dump has it, and its group if it is there.
/// OddValue names the release and the field.
ParsedRelease parse_release(std::string_view json);

/// Where a release is: of a lookup no more than that is read. OddValue if not even that can be.
struct ReleasePlace {
    Mbid release;
    std::optional<Mbid> release_group;
};
ReleasePlace parse_release_place(std::string_view json);

/// One page of `GET /ws/2/release-group?artist=…` or of a search for release groups.
struct GroupPage {
    int count = 0;              ///< of the whole answer
    std::vector<Album> albums;  ///< of one with something odd in it nothing but the MBID
};
GroupPage parse_group_page(std::string_view json);

/// Reads a release group as a lookup has it.
Album parse_release_group(std::string_view json);

/// Likewise; nothing but its MBID where something in it is odd.
struct GroupFacts {
    Album album;
    std::optional<Oddity> odd;
};
GroupFacts parse_group_facts(std::string_view json);

}  // namespace pressings::source
