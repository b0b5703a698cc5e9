// Collections and series: what somebody has put together at MusicBrainz.
#include <algorithm>
#include <array>
#include <unordered_set>
#include <utility>

#include <fmt/format.h>

#include "base/text.hpp"
#include "source/fault_table.hpp"
#include "source/json/list_json.hpp"
#include "source/json/release_json.hpp"
#include "source/ws2/ws2_identifiers.hpp"

namespace pressings::source {

namespace {

constexpr std::size_t k_page_limit = 100;
constexpr std::size_t k_most_items = 20'000;

/// Listed again from the middle of the pages before, if pages skipped one: pages of a collection
/// tie like any (see ReleasePages).
constexpr std::array<std::size_t, 3> k_starts{0, 50, 25};

/// Goes through the pages of a browse until as many different things came as there are.
template <typename ReadPage>
void walk(const Mbid& collection, ReadPage read_page) {
    std::size_t count = 0;
    std::size_t known = 0;
    for (const std::size_t start : k_starts) {
        if (start > 0 && (known >= count || start >= count)) continue;
        for (std::size_t offset = start; offset == start || offset < count;) {
            const auto page = read_page(offset);
            if (page.received == 0) break;
            count = page.count;
            known = page.known;
            offset += page.received;
            if (count <= k_most_items) continue;
            throw answer_error("too_large",
                               fmt::format("collection {} has {} entries, more than the {} that "
                                           "are taken at once",
                                           collection.to_string(), count, k_most_items));
        }
    }
    if (known >= count) return;
    throw answer_error("incomplete", fmt::format("collection {}: the service gave {} of {} entries",
                                                 collection.to_string(), known, count));
}

struct Progress {
    std::size_t received = 0;  ///< on the page
    std::size_t count = 0;     ///< of all, as the page says
    std::size_t known = 0;     ///< so far
};

class Collection {
  public:
    Collection(Ws2Session& session, const Mbid& mbid) : m_session(session), m_mbid(mbid) {}

    void take_groups() {
        std::unordered_set<Mbid> known;
        walk(m_mbid, [&](std::size_t offset) {
            GroupPage page = parse_group_page(ask("release-group", "artist-credits", offset));
            const std::size_t received = page.albums.size();
            for (Album& album : page.albums) {
                if (known.insert(*album.mbid).second) add(std::move(album));
            }
            return Progress{received, static_cast<std::size_t>(page.count), known.size()};
        });
    }

    void take_releases() {
        std::unordered_set<Mbid> known;
        walk(m_mbid, [&](std::size_t offset) {
            const auto page =
                parse_found_releases(ask("release", "release-groups+artist-credits", offset));
            for (const FoundRelease& release : page.releases) {
                if (!known.insert(release.mbid).second) continue;
                if (release.group) {
                    add(release.group->album);
                } else {
                    m_listed.releases.push_back(release.mbid);
                }
            }
            // What could not be read is there, and comes again on no other page.
            m_unread += page.received - page.releases.size();
            return Progress{page.received, page.count, known.size() + m_unread};
        });
    }

    ListedAlbums listed() && { return std::move(m_listed); }

  private:
    std::string ask(std::string_view entity, std::string_view inc, std::size_t offset) {
        try {
            return m_session.ask(fmt::format("/{}?collection={}&inc={}&limit={}&offset={}&fmt=json",
                                             entity, m_mbid.to_string(), inc, k_page_limit,
                                             offset));
        } catch (const SourceError& error) {
            if (error.meaning != Meaning::closed) throw;
            throw answer_error(
                "private", fmt::format("the collection is private; make it public at "
                                       "https://musicbrainz.org/collection/{}, or name its albums",
                                       m_mbid.to_string()));
        }
    }

    void add(Album album) {
        if (m_groups.insert(*album.mbid).second) m_listed.albums.push_back(std::move(album));
    }

    Ws2Session& m_session;
    Mbid m_mbid;
    ListedAlbums m_listed;
    std::unordered_set<Mbid> m_groups;
    std::size_t m_unread = 0;
};

[[noreturn]] void refuse_empty(AlbumList kind, const Mbid& list, const std::string& type) {
    const bool is_series = kind == AlbumList::series;
    throw answer_error("not_found",
                       fmt::format("{} {} has no release groups and no releases{}",
                                   is_series ? "series" : "collection", list.to_string(),
                                   type.empty() ? "" : fmt::format("; it is a {}", quote(type))));
}

/// A collection is of one kind of things, and is empty for any other.
ListedAlbums albums_of_collection(Ws2Session& session, const Mbid& list) {
    Collection collection{session, list};
    collection.take_groups();
    collection.take_releases();
    ListedAlbums listed = std::move(collection).listed();
    if (listed.albums.empty() && listed.releases.empty()) {
        refuse_empty(AlbumList::collection, list, "");
    }
    return listed;
}

ListedAlbums albums_of_series(Ws2Session& session, const Mbid& list) {
    SeriesParts parts = parse_series(session.ask(
        fmt::format("/series/{}?inc=release-group-rels+release-rels&fmt=json", list.to_string())));
    if (parts.groups.empty() && parts.releases.empty()) {
        refuse_empty(AlbumList::series, list, parts.type);
    }
    return {std::move(parts.groups), std::move(parts.releases)};
}

}  // namespace

ListedAlbums albums_of_list(Ws2Session& session, AlbumList kind, const Mbid& list) {
    return kind == AlbumList::series ? albums_of_series(session, list)
                                     : albums_of_collection(session, list);
}

}  // namespace pressings::source
