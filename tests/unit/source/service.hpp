#pragma once

#include <algorithm>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "source/release_source.hpp"
#include "support/musicbrainz_server.hpp"

namespace pressings::test {

inline const std::string k_rumours = "416bb5e5-c7d1-3977-8fd7-7c9daf6c2be6";         // 3 releases
inline const std::string k_in_rainbows = "6e335887-60ba-38f0-95af-fae7774336bf";     // 3 releases
inline const std::string k_in_rainbows_cd = "cba282c5-dd83-3157-afb6-9af6a5af7709";  // 10 tracks
inline const std::string k_queen_hits = "69ce61c8-127f-3809-95d8-62fdf3ae1347";      // 2 releases
inline const std::string k_nowhere = "01234567-0123-4123-8123-012345678901";

inline Mbid mbid(const std::string& text) {
    return Mbid::parse(text).value();
}

/// Options with which nothing waits.
inline source::SourceOptions impatient_options() {
    source::SourceOptions options;
    options.user_agent = "pressings-tests/0 (tests@example.org)";
    options.retry_waits_ms = {0, 0};
    options.busy_waits_ms = {0, 0, 0, 0, 0, 0, 0, 0};
    return options;
}

/// The tests' MusicBrainz with a few genuine groups, and a source that asks it.
struct Service {
    explicit Service(source::SourceOptions options = impatient_options()) {
        for (const std::string& group : {k_rumours, k_in_rainbows, k_queen_hits}) {
            server.add_file(PRESSINGS_TEST_DATA "/musicbrainz/recorded/" + group + ".json");
        }
        source = source::make_source(server.root(), options);
    }

    source::GroupReleases releases_of(const std::string& group) {
        return source->releases_of(mbid(group), {});
    }

    /// The error with which that ends; a code of "none" if it does not.
    source::SourceError error_of(const std::string& group) {
        try {
            releases_of(group);
        } catch (const source::SourceError& error) {
            return error;
        }
        return {source::ErrorKind::permanent, "none", "no error"};
    }

    std::vector<std::string> targets() const {
        std::vector<std::string> targets;
        for (const LoggedRequest& request : server.requests())
            targets.push_back(request.target);
        return targets;
    }

    MusicBrainzServer server;
    std::unique_ptr<source::ReleaseSource> source;
};

inline std::set<Mbid> mbids_of(const source::GroupReleases& group) {
    std::set<Mbid> mbids;
    for (const Release& release : group.releases)
        mbids.insert(release.mbid);
    return mbids;
}

}  // namespace pressings::test
