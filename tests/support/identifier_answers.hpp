#pragma once

#include <map>
#include <string>
#include <vector>

#include "support/group_answers.hpp"
#include "support/served_releases.hpp"

/// What MusicBrainz answers who asks by something else than an MBID or a name, over whole releases
/// as JSON texts. The rules are those of musicbrainz-server, July 2026
/// (lib/MusicBrainz/Server/Controller/WS/2), and of its index (metabrainz/mbsssss).
namespace pressings::test {

/// Whether a search of releases is one of those that `search_identified` answers.
bool is_by_identifier(const std::string& query);

/// GET /ws/2/release?query=… in the fields barcode, catno, label and reid: without zeros in front
/// of a barcode, without blanks and separators in a catalogue number.
ServedAnswer search_identified(const std::vector<std::string>& releases,
                               const Parameters& parameters, SearchManner manner);

/// GET /ws/2/discid/ID. 25 releases at most, without a count.
ServedAnswer look_up_disc(const ServedReleases& served, const std::string& id,
                          const Parameters& parameters);

/// GET /ws/2/url?resource=…: of one URL what it is linked with, or 404; of several those that are
/// known.
ServedAnswer look_up_urls(const ServedReleases& served, const std::vector<std::string>& resources);

/// A collection, of whichever things: "release-group" or "release".
struct ServedCollection {
    std::string entity = "release-group";
    std::vector<std::string> mbids;
    bool is_public = true;
};

/// GET /ws/2/ENTITY?collection=MBID
ServedAnswer browse_collection(const ServedReleases& served, const ServedCollection& collection,
                               const std::string& entity, const Parameters& parameters);

}  // namespace pressings::test
