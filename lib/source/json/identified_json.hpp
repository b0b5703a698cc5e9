#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/album_match.hpp"

/// Reading answers that find an album by one of its releases, or by a page about it. All throw
/// SourceError("bad_answer") for what is no such answer.
namespace pressings::source {

/// A release as a search or another list has it, by what it may have been looked for.
struct FoundRelease {
    Mbid mbid;
    OfferedAlbum::Edition edition;  ///< the title is "" if it is not told
    std::optional<std::string> barcode;
    std::vector<LabelInfo> label_info;
    std::optional<OfferedAlbum> group;  ///< with the credit of the release; nothing: not told
    /// The group by what the release tells of it, under the release's own title and credit; nothing
    /// if either of them, or which group it is, is not told.
    std::optional<OfferedAlbum> named;
};

/// One page of `GET /ws/2/release?query=…`, of a browse for releases or of a lookup of a disc id.
struct FoundReleases {
    std::size_t count = 0;     ///< of the whole answer; 0 where it does not say
    std::size_t received = 0;  ///< on this page, with those that could not be read
    std::vector<FoundRelease> releases;
};
FoundReleases parse_found_releases(std::string_view json);

/// Reads one release of a lookup with its group.
FoundRelease parse_found_release(std::string_view json);

/// What MusicBrainz has linked with a URL.
struct LinkedUrl {
    std::string url;
    std::vector<Mbid> releases;
    std::vector<OfferedAlbum> groups;
};

/// `GET /ws/2/url?resource=…`: one URL, or of several those that it knows.
std::vector<LinkedUrl> parse_linked_urls(std::string_view json);

}  // namespace pressings::source
