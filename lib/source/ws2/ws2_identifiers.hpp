#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "source/json/identified_json.hpp"
#include "source/release_source.hpp"
#include "source/ws2/ws2_session.hpp"

/// Finding release groups by what stands on a copy of them, or by a page about them.
namespace pressings::source {

/// What was answered of URLs that were asked for together, until they are asked for one by one.
/// Safe from several threads.
class RememberedUrls {
  public:
    struct Answer {
        LinkedUrl linked;                  ///< with nothing in it, if MusicBrainz does not know it
        std::vector<FoundRelease> places;  ///< releases in it whose groups are told already
    };

    /// Gives the answer away, if there is one.
    std::optional<Answer> take(const std::string& url);
    /// In place of all that is remembered.
    void remember(std::map<std::string, Answer> answers);

  private:
    std::mutex m_mutex;
    std::map<std::string, Answer> m_answers;
};

/// As ReleaseSource::groups_with says it.
IdentifiedGroups groups_by_identifier(Ws2Session& session, RememberedUrls& remembered,
                                      const Identifier& identifier,
                                      std::span<const Identifier> next);

/// As ReleaseSource::albums_of says it.
ListedAlbums albums_of_list(Ws2Session& session, AlbumList kind, const Mbid& list);

}  // namespace pressings::source
