#pragma once

#include <map>
#include <string>
#include <string_view>

#include "mirror/file/mirror.hpp"

namespace pressings::mirror {

/// What the web service sends back.
struct Ws2Answer {
    int status = 200;
    std::string body;  ///< JSON
};

/// The parameters behind the "?" of a request, decoded.
using Ws2Parameters = std::multimap<std::string, std::string>;

/// Answers a GET as MusicBrainz's web service does (https://musicbrainz.org/doc/MusicBrainz_API),
/// from a mirror: releases of a release group, 500 tracks a page; a release or a release group by
/// its MBID, each with `inc`; either by what stands on it (see identifier_answers.hpp); release
/// groups of an artist, or by a query; artists by a query, of
/// those that groups are credited to. Anything else is 404, as there. Always JSON. `path` begins
/// with "/ws/2/". Safe from several threads at once. Error if the mirror cannot be read.
Ws2Answer answer_ws2(const Mirror& mirror, std::string_view path, const Ws2Parameters& parameters);

/// `{"error","help"}`, as the service says what is wrong.
Ws2Answer ws2_error(int status, std::string_view error);

}  // namespace pressings::mirror
