#pragma once

#include <string>

namespace pressings::source {

/// Where a redirect from `url` to `target`, an absolute URL, leads. SourceError "bad_redirect" if
/// it is not followed: to other protocols, and from https to http. MusicBrainz behind a proxy may
/// print its own address with http: on the same host that is asked by https all the same.
std::string redirect_target(const std::string& url, const std::string& target);

}  // namespace pressings::source
