#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/catalogue.hpp"

namespace pressings::musicbrainz {

/// One page of `GET /ws/2/release?release-group=…`.
struct BrowsePage {
    int release_count = 0;          ///< of the whole answer, as counted for this page
    int release_offset = 0;         ///< of the first release here
    std::vector<Release> releases;  ///< as they came, repeats included
    /// From the releases, where they bring their group (`inc=release-groups`).
    std::optional<Album> release_group;
    std::size_t entries = 0;  ///< of all lists in it: what it weighs
};

/// Reads a browse page. SourceError("bad_answer", transient) names the release and the field if
/// the document is not one.
BrowsePage parse_browse_page(std::string_view json);

/// Reads one release as a lookup or a line of a JSON dump has it, and its group if it is there.
struct ParsedRelease {
    Release release;
    std::optional<Album> release_group;
    std::size_t entries = 0;  ///< of all lists in it
};
ParsedRelease parse_release(std::string_view json);

/// One page of `GET /ws/2/release-group?artist=…` or of a search for release groups.
struct GroupPage {
    int count = 0;  ///< of the whole answer
    std::vector<Album> albums;
};
GroupPage parse_group_page(std::string_view json);

/// Reads a release group as a lookup has it.
Album parse_release_group(std::string_view json);

}  // namespace pressings::musicbrainz
