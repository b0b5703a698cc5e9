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
#include "source/match_errors.hpp"

namespace pressings::source {

namespace {

constexpr std::size_t k_page_limit = 100;
constexpr std::size_t k_telling_groups = 10;
constexpr std::size_t k_most_groups = 20'000;  // the busiest artist has some thousand

/// Listed again from the middle of the pages before, if pages skipped a group.
constexpr std::array<std::size_t, 3> k_starts{0, 50, 25};

/// Collects the groups of one artist, each once.
class ArtistWalk {
  public:
    ArtistWalk(Ws2Session& session, std::string question)
        : m_session(session), m_question(std::move(question)) {}

    /// Takes in what is new from `offset` to the end.
    void run(std::size_t offset) {
        do {
            GroupPage page = parse_group_page(m_session.ask(
                fmt::format("{}&limit={}&offset={}&fmt=json", m_question, k_page_limit, offset)));
            // Past the end the count is no count.
            if (page.albums.empty() && offset > 0) break;
            m_count = static_cast<std::size_t>(page.count);
            if (m_count > k_most_groups) refuse_endless();
            if (page.albums.empty()) break;
            offset += page.albums.size();
            for (Album& album : page.albums) {
                if (m_known.insert(*album.mbid).second) m_albums.push_back(std::move(album));
            }
        } while (offset < m_count && offset < k_most_groups);
    }

    std::size_t count() const { return m_count; }
    std::vector<Album>& albums() { return m_albums; }

  private:
    /// A special artist, such as Various Artists.
    [[noreturn]] void refuse_endless() const {
        throw answer_error(
            "too_large", fmt::format("the artist has {} release groups, more than the {} that are "
                                     "taken at once; name the albums, or only some types",
                                     m_count, k_most_groups));
    }

    Ws2Session& m_session;
    std::string m_question;
    std::size_t m_count = 0;
    std::unordered_set<Mbid> m_known;
    std::vector<Album> m_albums;
};

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
        if (error.meaning != Meaning::not_found) throw;
    }
    throw answer_error("unproven",
                       "the service knows nothing that the catalogue has from MusicBrainz, so what "
                       "it lacks means nothing: is --source right?");
}

std::vector<Album> groups_of_artist(Ws2Session& session, const Mbid& artist,
                                    const std::vector<std::string>& types) {
    const std::string question = fmt::format("/release-group?artist={}&inc=artist-credits{}",
                                             artist.to_string(), type_filter(types));
    ArtistWalk walk{session, question};
    for (const std::size_t start : k_starts) {
        const bool is_complete = start > 0 && walk.albums().size() >= walk.count();
        if (!is_complete && start <= walk.count()) walk.run(start);
    }
    std::vector<Album> albums = std::move(walk.albums());
    if (albums.size() < walk.count()) {
        throw answer_error("incomplete",
                           fmt::format("artist {}: the service gave {} of {} release groups",
                                       artist.to_string(), albums.size(), walk.count()));
    }
    std::erase_if(albums, [&](const Album& album) { return !is_of_types(album, types); });
    return albums;
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
