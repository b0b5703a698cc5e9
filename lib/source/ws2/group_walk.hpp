#pragma once

#include <string>

#include "source/release_source.hpp"
#include "source/ws2/ws2_session.hpp"

namespace pressings::source {

/// What is asked of each release.
std::string inc_of(const SourceOptions& options);

/// All releases of a group, page by page, as ReleaseSource::releases_of says it.
GroupReleases releases_in(Ws2Session& session, const Mbid& group, const SourceOptions& options);

}  // namespace pressings::source
