#pragma once

#include <map>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "support/search_index.hpp"
#include "support/served_releases.hpp"

namespace pressings::test {

/// Whether a release or a group is credited to the artist, among others perhaps.
bool is_by(const nlohmann::json& credited, const std::string& artist_mbid);
/// Whether a group is of one of these primary types ("album|ep"); any is, of "".
bool is_of_type(const nlohmann::json& group, const std::string& types);

using Parameters = std::map<std::string, std::string>;

/// GET /ws/2/release-group?query=… over `groups` (JSON texts, as searches and lookups have them:
/// with `aliases`, `releases` and their artists' `aliases` where they have such): ranked, with
/// scores, limits and missing keys as the real one has them.
ServedAnswer search_groups(const std::vector<std::string>& groups, const Parameters& parameters,
                           SearchManner manner);

/// GET /ws/2/artist?query=…, over the artists of `groups`.
ServedAnswer search_artists(const std::vector<std::string>& groups, const Parameters& parameters,
                            SearchManner manner);

/// GET /ws/2/release?query=…, over the releases that `groups` list.
ServedAnswer search_releases(const std::vector<std::string>& groups, const Parameters& parameters,
                             SearchManner manner);

/// GET /ws/2/release-group?artist=MBID, with `type`.
ServedAnswer browse_groups(const std::vector<std::string>& groups, const Parameters& parameters);

}  // namespace pressings::test
