#pragma once

#include <string>

#include "source/release_source.hpp"
#include "source/ws2/ws2_session.hpp"

namespace pressings::source {

/// Reads the releases of an artist page by page, as long as that promises to take fewer requests
/// than asking for each of these groups that is not whole yet; gives those that are whole by then.
/// Whole is a group that has the very releases that the search lists of it, none of them odd.
/// `inc` is what is asked of each release.
GroupsTogether browse_by_artist(Ws2Session& session, const Companions& companions,
                                const std::string& inc);

}  // namespace pressings::source
