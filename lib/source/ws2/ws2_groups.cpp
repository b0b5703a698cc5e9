#include "source/ws2/ws2_groups.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <unordered_set>
#include <utility>

#include <fmt/format.h>

#include "base/text.hpp"
#include "domain/album_match.hpp"
#include "source/fault_table.hpp"
#include "source/json/release_json.hpp"
#include "source/json/search_json.hpp"

namespace pressings::source {

namespace {

constexpr std::size_t k_page_limit = 100;
constexpr std::size_t k_telling_groups = 10;

constexpr std::array<std::string_view, 5> k_primary_types{"album", "broadcast", "ep", "other",
                                                          "single"};

bool are_primary(const std::vector<std::string>& types) {
    return std::all_of(types.begin(), types.end(), [](const std::string& type) {
        return std::find(k_primary_types.begin(), k_primary_types.end(), ascii_lower(type)) !=
               k_primary_types.end();
    });
}

ReleasePlace look_up_place(Ws2Session& session, const Mbid& release) {
    return parse_release_place(
        session.ask(fmt::format("/release/{}?inc=release-groups&fmt=json", release.to_string())));
}

}  // namespace

std::string type_filter(const std::vector<std::string>& types) {
    if (types.empty() || !are_primary(types)) return "";
    return "&type=" + percent_encoded(ascii_lower(fmt::format("{}", fmt::join(types, "|"))));
}

Mbid group_with(Ws2Session& session, const Mbid& release) {
    const ReleasePlace place = look_up_place(session, release);
    if (!place.release_group) {
        throw answer_error("bad_answer",
                           fmt::format("malformed answer: release {}: release-group is missing",
                                       release.to_string()));
    }
    return *place.release_group;
}

ReleaseFate fate_of(Ws2Session& session, const Mbid& release) {
    ReleaseFate fate{release, std::nullopt, std::nullopt};
    try {
        const ReleasePlace place = look_up_place(session, release);
        fate.now = place.release;
        fate.release_group = place.release_group;
    } catch (const OddValue&) {
        fate.now = release;  // it is there, wherever that is
    } catch (const SourceError& error) {
        if (error.meaning != Meaning::not_found) throw;
    }
    return fate;
}

void look_up_known(Ws2Session& session, std::span<const Mbid> known_releases) {
    for (const Mbid& release : known_releases) {
        if (fate_of(session, release).now == release) return;
    }
    const Mbid artist = various_artists();
    try {
        const std::string answer =
            session.ask(fmt::format("/artist/{}?fmt=json", artist.to_string()));
        if (parse_artist_mbid(answer) == artist) return;
    } catch (const SourceError& error) {
        if (error.kind != ErrorKind::permanent) throw;
    }
    throw answer_error("unproven",
                       "the service knows nothing that the catalogue has from MusicBrainz, so what "
                       "it lacks means nothing: is --source right?");
}

std::vector<ListedEditions> listings_by_search(Ws2Session& session,
                                               std::span<const Mbid> release_groups) {
    std::vector<std::string> asked;
    for (const Mbid& group : release_groups)
        asked.push_back(group.to_string());
    const std::string query = fmt::format("rgid:({})", fmt::join(asked, " OR "));
    auto listed = parse_listings(session.ask(fmt::format(
        "/release-group?query={}&limit={}&fmt=json", percent_encoded(query), k_page_limit)));
    const std::unordered_set<Mbid> wanted{release_groups.begin(), release_groups.end()};
    std::erase_if(listed, [&](const auto& group) { return !wanted.contains(group.release_group); });
    // One that it lacks is merged or new; all of many say that the index is not what it should be.
    if (listed.empty() && release_groups.size() >= k_telling_groups) {
        SourceError stale = answer_error(
            "stale_index", fmt::format("the search knows none of {} albums of the catalogue",
                                       release_groups.size()));
        stale.again = Again::later;
        throw stale;
    }
    return listed;
}

}  // namespace pressings::source
