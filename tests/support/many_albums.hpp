#pragma once

#include <string>
#include <vector>

#include "support/musicbrainz_server.hpp"

namespace pressings::test {

/// Lets the server serve each recorded release group of `folder` `copies` times under fresh MBIDs;
/// the MBIDs of the groups.
std::vector<std::string> serve_many_albums(MusicBrainzServer& server, const std::string& folder,
                                           int copies);

}  // namespace pressings::test
