#pragma once

#include <vector>

#include "source/release_source.hpp"
#include "source/ws2/list_walk.hpp"
#include "source/ws2/ws2_session.hpp"

/// Listing the release groups of an artist, a label or a series.
namespace pressings::source {

/// All groups credited to an artist, of the types wanted, each once. SourceError "too_large" for an
/// artist who has too many.
std::vector<Album> groups_of_artist(Ws2Session& session, const Mbid& artist,
                                    const TypeFilter& types);

/// The same, in parts.
class ArtistList {
  public:
    ArtistList(Ws2Session& session, const Mbid& artist, const TypeFilter& types);

    /// How many there are, excluded ones too, and the groups of the first page: one request.
    std::size_t count() const { return m_walk.count(); }
    const std::vector<Album>& first_page() const { return m_first_page; }

    /// All of them, the rest of the pages being asked for.
    std::vector<Album> all();

  private:
    Mbid m_artist;
    TypeFilter m_types;
    ListWalk m_walk;
    std::vector<Album> m_first_page;
};

/// A part of the list: some twenty requests, so that little is lost with a worker that is killed.
GroupList list_groups(Ws2Session& session, const GroupListQuestion& question);

}  // namespace pressings::source
