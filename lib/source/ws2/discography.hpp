#pragma once

#include <string>

#include "source/release_source.hpp"
#include "source/ws2/ws2_session.hpp"

namespace pressings::source {

/// All groups credited to an artist, as ReleaseSource::discography_of says it.
///
/// More than a page of them are listed by the search, which has to be asked for their releases
/// anyway, in place of page after page. An index may lag behind, so it is not believed: the list is
/// complete when there are as many groups as the service counts, each of them on its first page or
/// named by a release that it gave. If that is not so, the rest of the pages is asked for.
ArtistGroups read_discography(Ws2Session& session, const Mbid& artist, const TypeFilter& types,
                              const std::string& inc);

}  // namespace pressings::source
