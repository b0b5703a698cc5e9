#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/catalogue.hpp"

/// Reading what MusicBrainz lists release groups by: artists, labels and series. All throw
/// SourceError("bad_answer") for what is no such answer; a release group with something odd in it
/// has nothing but its MBID.
namespace pressings::source {

/// What the answer to `GET /ws/2/artist/…` or `/label/…` is about.
struct EntityFacts {
    Mbid mbid;
    std::optional<std::string> name;
};
EntityFacts parse_entity(std::string_view json);

/// A page of a list that release groups come from.
struct ListPage {
    std::size_t count = 0;      ///< of the whole list, as counted for this page
    std::vector<Mbid> items;    ///< what is listed: release groups, or releases
    std::vector<Album> albums;  ///< the release groups of these, repeats included
};
/// `GET /ws/2/release-group?artist=…`.
ListPage parse_listed_groups(std::string_view json);
/// `GET /ws/2/release?label=…&inc=release-groups`. What is no release of a group is passed over.
ListPage parse_listed_releases(std::string_view json);

/// `GET /ws/2/series/…?inc=release-group-rels+release-rels`: what is part of it, each once.
struct SeriesParts {
    EntityFacts series;
    std::string type;  ///< "Release group series"; "" if not told
    std::vector<Album> groups;
    std::vector<Mbid> releases;
};
SeriesParts parse_series(std::string_view json);

/// The group of a release that was looked up with `inc=release-groups`; nothing if it has none.
std::optional<Album> parse_group_of_release(std::string_view json);

}  // namespace pressings::source
