#pragma once

#include <string>
#include <vector>

#include "domain/album_match.hpp"
#include "source/json/json_fields.hpp"

/// What a search, a lookup or a dump offers for a name. All throw OddValue like the fields they
/// read.
namespace pressings::source {

/// Adds the `aliases` of an artist or a release group, under both of their names. They have a few
/// dozen at most; what is beyond 200 is no loss.
void add_aliases(const JsonField& owner, std::vector<std::string>& aliases);

/// A release group with what is told of its aliases and releases. A release is read alike: then it
/// is offered under the title and the credit of the release.
OfferedAlbum read_offered(const JsonField& group);

}  // namespace pressings::source
