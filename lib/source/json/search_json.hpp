#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/album_match.hpp"
#include "domain/new_editions.hpp"

/// Reading answers of the search server. They drop keys, print scores as numbers or as strings, and
/// are of an index that lags behind; what says neither which it is nor how it is called is passed
/// over. All throw SourceError("bad_answer") for what is no such answer.
namespace pressings::source {

/// One page of `GET /ws/2/release-group?query=…`.
struct SearchPage {
    std::size_t count = 0;     ///< of the whole answer
    std::size_t received = 0;  ///< on this page, what was passed over included
    std::vector<OfferedAlbum> offered;
};
SearchPage parse_search_page(std::string_view json);

/// A release group as a search or a dump has it, with what it has of aliases and releases; nothing
/// if it says neither which it is nor how it is called.
std::optional<OfferedAlbum> parse_offered(std::string_view json);

/// What one page lists of the groups on it, for those whose list is whole: `count` is the number of
/// its releases, each with an id, and the page has the group once.
std::vector<ListedEditions> parse_listings(std::string_view json);

/// One of `GET /ws/2/artist?query=…`, with all names that it has there.
struct FoundArtist {
    Artist artist;
    std::vector<std::string> aliases;
};
std::vector<FoundArtist> parse_artist_search(std::string_view json);

/// Whom the answer to `GET /ws/2/artist/…` is about; nothing if it does not say.
std::optional<Mbid> parse_artist_mbid(std::string_view json);

}  // namespace pressings::source
