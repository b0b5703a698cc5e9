#include "musicbrainz/ws2_groups.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <string_view>
#include <unordered_set>
#include <utility>

#include <fmt/format.h>

#include "musicbrainz/named_groups.hpp"
#include "musicbrainz/release_json.hpp"

namespace pressings::musicbrainz {

namespace {

constexpr std::size_t k_page_limit = 100;  // a search with more gives 25
constexpr std::size_t k_most_search_pages = 3;
constexpr std::size_t k_most_groups = 100'000;

/// Listed again from the middle of the pages before, if pages skipped a group.
constexpr std::array<std::size_t, 3> k_starts{0, 50, 25};

std::string percent_encoded(std::string_view text) {
    constexpr std::string_view k_unreserved =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~";
    std::string encoded;
    for (const char c : text) {
        const bool is_plain = k_unreserved.find(c) != std::string_view::npos;
        encoded +=
            is_plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
    return encoded;
}

/// `text` as a phrase of Lucene's query language.
std::string phrase(std::string_view text) {
    std::string quoted = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') quoted += '\\';
        quoted += c;
    }
    return quoted + '"';
}

/// The fields are told at https://musicbrainz.org/doc/MusicBrainz_API/Search#Release_Group
std::string search_query(const NamedAlbum& named) {
    std::string query = "releasegroup:" + phrase(named.title);
    const bool is_one_known_artist =
        named.artist_credit.size() == 1 && named.artist_credit[0].artist.mbid;
    if (is_one_known_artist) {
        query += " AND arid:" + named.artist_credit[0].artist.mbid->to_string();
    } else if (!named.artist_credit.empty()) {
        query += " AND artist:" + phrase(credit_text(named.artist_credit));
    }
    return query;
}

std::vector<Album> offered(Ws2Session& session, const NamedAlbum& named) {
    const std::string query = percent_encoded(search_query(named));
    std::vector<Album> found;
    for (std::size_t page_number = 0; page_number < k_most_search_pages; ++page_number) {
        const std::size_t offset = page_number * k_page_limit;
        GroupPage page = parse_group_page(session.ask(fmt::format(
            "/release-group?query={}&limit={}&offset={}&fmt=json", query, k_page_limit, offset)));
        const bool is_last =
            page.albums.empty() || page.count <= static_cast<int>(offset + k_page_limit);
        std::move(page.albums.begin(), page.albums.end(), std::back_inserter(found));
        if (is_last) break;
    }
    return found;
}

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
            if (page.albums.empty()) break;
            m_count = static_cast<std::size_t>(page.count);
            offset += page.albums.size();
            for (Album& album : page.albums) {
                if (m_known.insert(*album.mbid).second) m_albums.push_back(std::move(album));
            }
        } while (offset < m_count && offset < k_most_groups);
    }

    std::size_t count() const { return m_count; }
    std::vector<Album>& albums() { return m_albums; }

  private:
    Ws2Session& m_session;
    std::string m_question;
    std::size_t m_count = 0;
    std::unordered_set<Mbid> m_known;
    std::vector<Album> m_albums;
};

}  // namespace

Mbid group_named(Ws2Session& session, const NamedAlbum& named) {
    return group_meant(named, offered(session, named));
}

Mbid group_with(Ws2Session& session, const Mbid& release) {
    const ParsedRelease parsed = parse_release(
        session.ask(fmt::format("/release/{}?inc=release-groups&fmt=json", release.to_string())));
    if (!parsed.release_group) {
        throw SourceError(ErrorKind::permanent, "bad_answer",
                          fmt::format("malformed answer: release {}: release-group is missing",
                                      release.to_string()));
    }
    return *parsed.release_group->mbid;
}

std::vector<Album> groups_of_artist(Ws2Session& session, const Mbid& artist,
                                    const std::vector<std::string>& types) {
    const std::string wanted =
        types.empty() ? "" : "&type=" + percent_encoded(fmt::format("{}", fmt::join(types, "|")));
    const std::string question =
        fmt::format("/release-group?artist={}&inc=artist-credits{}", artist.to_string(), wanted);
    ArtistWalk walk{session, question};
    for (const std::size_t start : k_starts) {
        const bool is_complete = start > 0 && walk.albums().size() >= walk.count();
        if (!is_complete && start <= walk.count()) walk.run(start);
    }
    std::vector<Album> albums = std::move(walk.albums());
    if (albums.size() < walk.count()) {
        throw SourceError(ErrorKind::transient, "incomplete",
                          fmt::format("artist {}: the service gave {} of {} release groups",
                                      artist.to_string(), albums.size(), walk.count()));
    }
    std::erase_if(albums, [&](const Album& album) { return !is_of_types(album, types); });
    return albums;
}

}  // namespace pressings::musicbrainz
