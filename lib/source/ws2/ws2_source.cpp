#include "source/ws2/ws2_source.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <type_traits>
#include <unordered_set>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "source/fault_table.hpp"
#include "source/json/release_json.hpp"
#include "source/ws2/artist_browse.hpp"
#include "source/ws2/release_pages.hpp"
#include "source/ws2/ws2_groups.hpp"
#include "source/ws2/ws2_identifiers.hpp"
#include "source/ws2/ws2_lists.hpp"
#include "source/ws2/ws2_naming.hpp"
#include "source/ws2/ws2_session.hpp"

namespace pressings::source {

namespace {

constexpr std::string_view k_everything =
    "release-groups+labels+media+recordings+artist-credits+isrcs+discids+url-rels+"
    "release-rels+aliases";
constexpr std::string_view k_genres = "+genres";

/// What is asked of each release.
std::string inc_of(const SourceOptions& options) {
    return fmt::format("{}{}", k_everything, options.with_genres ? k_genres : "");
}

constexpr std::size_t k_page_limit = 100;
constexpr std::size_t k_most_releases = 100'000;

/// Pages that bring nothing new end a walk: ties may make one, more are a server's fault.
constexpr int k_most_barren_pages = 2;

/// Where bare pages begin when a group is listed again. What tied at the edge of two pages is in
/// the middle of one that begins half a page later; the rest is for ties longer than that.
constexpr std::array<std::size_t, 8> k_starts{0, 50, 25, 75, 0, 50, 25, 75};

/// Of single releases, for a group. More than that is no skip at the edge of pages; and of more
/// that vanished at once it is not asked where they went.
constexpr std::size_t k_most_lookups = 500;

/// Asks for the releases of one group.
class GroupWalk {
  public:
    GroupWalk(Ws2Session& session, const Mbid& group, const SourceOptions& options)
        : m_session(session), m_group(group), m_inc(inc_of(options)) {}

    GroupReleases run() {
        m_pages = walk(m_inc, 0);
        if (!m_pages.is_complete()) fetch_skipped();
        if (!m_pages.is_complete()) refuse_incomplete();
        GroupReleases result = m_pages.take(0);
        check_group(result);
        result.requests = m_session.requests();
        return result;
    }

  private:
    /// Goes from page to page by the number of releases received, as pages are shorter than
    /// the limit when their tracks are many
    /// (musicbrainz-server lib/MusicBrainz/Server/ControllerBase/WS/2.pm).
    ReleasePages walk(std::string_view inc, std::size_t offset) {
        ReleasePages pages;
        int barren_pages = 0;
        do {
            BrowsePage page = browse(inc, offset);
            const std::size_t received = page.received();
            const std::size_t fresh = pages.add(std::move(page), offset);
            offset += received;
            barren_pages = fresh > 0 ? 0 : barren_pages + 1;
            if (received == 0 || barren_pages >= k_most_barren_pages) break;
            if (pages.size() > k_most_releases) refuse_endless(pages.size());
        } while (!pages.is_complete() && offset < pages.release_count());
        return pages;
    }

    BrowsePage browse(std::string_view inc, std::size_t offset) {
        return parse_browse_page(m_session.ask(
            fmt::format("/release?release-group={}&limit={}&offset={}&inc={}&fmt=json",
                        m_group.to_string(), k_page_limit, offset, inc)));
    }

    /// Lists the group again, by bare releases, whose pages are long whatever their tracks; and
    /// looks up each one that the first walk did not bring.
    void fetch_skipped() {
        std::unordered_set<Mbid> asked;
        for (const std::size_t start : k_starts) {
            if (start > 0 && start >= m_pages.release_count()) continue;
            for (const Mbid& release : list_unknown(start)) {
                if (asked.size() >= k_most_lookups) return;
                if (asked.insert(release).second) look_up(release);
            }
            if (m_pages.is_complete()) return;
        }
    }

    std::vector<Mbid> list_unknown(std::size_t start) {
        const GroupReleases listed = walk("release-groups", start).take(0);
        std::vector<Mbid> unknown = listed_mbids(listed.releases, listed.oddities);
        std::erase_if(unknown, [&](const Mbid& release) { return m_pages.contains(release); });
        return unknown;
    }

    /// One that is gone by now stays missing: the next attempt will see a truer count.
    void look_up(const Mbid& release) {
        try {
            m_pages.add(parse_release(m_session.ask(
                fmt::format("/release/{}?inc={}&fmt=json", release.to_string(), m_inc))));
        } catch (const OddValue& odd) {
            OddRelease found{odd.oddity, odd.likeness};
            if (!found.oddity.release) found.oddity.release = release;
            if (found.oddity.release == release) m_pages.add(std::move(found));
        } catch (const SourceError& error) {
            if (error.meaning != Meaning::not_found) throw;
        }
    }

    /// The facts of a group without releases; and, where the releases are of another group than
    /// asked for, whether ours was merged into that one.
    void check_group(GroupReleases& result) {
        const bool is_empty = result.releases.empty();
        const bool is_other = result.release_group && result.release_group->mbid != m_group;
        if (!is_empty && !is_other) return;
        GroupFacts facts = parse_group_facts(m_session.ask(
            fmt::format("/release-group/{}?inc=artist-credits&fmt=json", m_group.to_string())));
        const Album& group = facts.album;
        if (is_empty) {
            result.release_group = group;
            if (facts.odd) result.oddities.push_back(std::move(*facts.odd));
        } else if (group.mbid != result.release_group->mbid) {
            refuse_other_group(*result.release_group);
        }
    }

    [[noreturn]] void refuse_incomplete() const {
        throw SourceError(
            ErrorKind::transient, "incomplete",
            fmt::format("release group {}: the service gave {} of its {} releases, "
                        "and no more when asked again in other ways",
                        m_group.to_string(), m_pages.size(), m_pages.release_count()));
    }

    [[noreturn]] void refuse_endless(std::size_t releases) const {
        throw answer_error("too_large", fmt::format("release group {}: no end after {} releases",
                                                    m_group.to_string(), releases));
    }

    [[noreturn]] void refuse_other_group(const Album& other) const {
        throw answer_error("wrong_group",
                           fmt::format("release group {}: the service gave the releases of {}, "
                                       "into which it was not merged",
                                       m_group.to_string(), other.mbid->to_string()));
    }

    Ws2Session& m_session;
    Mbid m_group;
    std::string m_inc;
    ReleasePages m_pages;
};

GroupReleases releases_in(Ws2Session& session, const Mbid& group, const SourceOptions& options) {
    GroupReleases found = GroupWalk{session, group, options}.run();
    check_oddities(found, options.odd_releases);
    if (!options.with_genres) leave_out_genres(found);
    return found;
}

/// The index that named the group lags behind: it may be gone by now.
GroupReleases releases_of_offered(Ws2Session& session, const NamedAlbum& named,
                                  const OfferedAlbum& offered, const SourceOptions& options) {
    try {
        return releases_in(session, *offered.album.mbid, options);
    } catch (const SourceError& error) {
        if (error.meaning != Meaning::not_found) throw;
        throw answer_error("stale_index",
                           fmt::format("{}: the search names release group {}, which is gone",
                                       described(named), offered.album.mbid->to_string()));
    }
}

/// For questions that only want to know whether somebody is there: asked once.
SourceOptions without_patience(SourceOptions options) {
    options.retry_waits_ms.clear();
    options.busy_waits_ms.clear();
    return options;
}

class Ws2Source final : public ReleaseSource {
  public:
    Ws2Source(std::string root, SourceOptions options)
        : m_root(std::move(root)),
          m_options(std::move(options)),
          m_probe_options(without_patience(m_options)) {}

    GroupReleases releases_of(const Mbid& release_group, std::stop_token stop) override {
        return with_session(std::move(stop), [&](Ws2Session& session) {
            return shown(releases_in(session, release_group, m_options));
        });
    }

    GroupReleases releases_of_group_with(const Mbid& release, std::stop_token stop) override {
        return with_session(std::move(stop), [&](Ws2Session& session) {
            return shown(releases_in(session, group_with(session, release), m_options));
        });
    }

    GroupReleases releases_of_named(const NamedAlbum& named, std::stop_token stop) override {
        return with_session(std::move(stop), [&](Ws2Session& session) {
            const OfferedAlbum offered = group_named(session, named);
            GroupReleases found = shown(releases_of_offered(session, named, offered, m_options));
            check_still_named(named, offered, found);
            return found;
        });
    }

    ArtistGroups release_groups_of(const Mbid& artist, const TypeFilter& types,
                                   std::stop_token stop) override {
        return with_session(std::move(stop), [&](Ws2Session& session) {
            auto albums = groups_of_artist(session, artist, types);
            return ArtistGroups{std::move(albums), session.requests()};
        });
    }

    GroupList list_groups(const GroupListQuestion& question, std::stop_token stop) override {
        return with_session(std::move(stop), [&](Ws2Session& session) {
            GroupList list = source::list_groups(session, question);
            list.requests = session.requests();
            return list;
        });
    }

    GroupListings listings_of(std::span<const Mbid> release_groups, std::stop_token stop) override {
        return with_session(std::move(stop), [&](Ws2Session& session) {
            GroupListings result;
            while (!release_groups.empty()) {
                const auto some = std::min(release_groups.size(), k_most_watched);
                auto listed = listings_by_search(session, release_groups.first(some));
                result.groups.insert(result.groups.end(), listed.begin(), listed.end());
                release_groups = release_groups.subspan(some);
            }
            result.requests = session.requests();
            return result;
        });
    }

    bool reads_together() const override { return true; }

    GroupsTogether releases_together(const Companions& companions, std::stop_token stop) override {
        return with_session(std::move(stop), [&](Ws2Session& session) {
            GroupsTogether found = browse_by_artist(session, companions, inc_of(m_options));
            for (GroupReleases& group : found.groups) {
                if (!m_options.with_genres) leave_out_genres(group);
            }
            if (!found.groups.empty()) m_identity.show();
            found.requests = session.requests();
            return found;
        });
    }

    IdentifiedGroups groups_with(const Identifier& identifier, std::span<const Identifier> next,
                                 std::stop_token stop) override {
        return with_session(std::move(stop), [&](Ws2Session& session) {
            auto found = groups_by_identifier(session, m_remembered_urls, identifier, next);
            found.requests = session.requests();
            return found;
        });
    }

    ListedAlbums albums_of(AlbumList kind, const Mbid& list, std::stop_token stop) override {
        return with_session(std::move(stop), [&](Ws2Session& session) {
            auto listed = albums_of_list(session, kind, list);
            listed.requests = session.requests();
            return listed;
        });
    }

    ReleaseFates fates_of(std::span<const Mbid> releases, std::stop_token stop) override {
        return with_session(std::move(stop), [&](Ws2Session& session) {
            ReleaseFates result;
            for (const Mbid& release : releases.first(std::min(releases.size(), k_most_lookups)))
                result.fates.push_back(fate_of(session, release));
            result.requests = session.requests();
            return result;
        });
    }

    bool is_current() const override { return true; }

    int probe(std::span<const Mbid> known_releases, std::stop_token stop) override {
        return with_session(m_probe_options, std::move(stop), [&](Ws2Session& session) {
            look_up_known(session, known_releases);
            m_identity.show();
            return session.requests();
        });
    }

    int prove(std::span<const Mbid> known_releases, std::stop_token stop) override {
        return m_identity.is_shown() ? 0 : probe(known_releases, std::move(stop));
    }

  private:
    /// Releases that name the group which was asked for come from MusicBrainz.
    GroupReleases shown(GroupReleases found) const {
        if (!found.releases.empty() && found.release_group) m_identity.show();
        return found;
    }

    template <typename Ask>
    std::invoke_result_t<Ask, Ws2Session&> with_session(std::stop_token stop, Ask ask) const {
        return with_session(m_options, std::move(stop), std::move(ask));
    }

    template <typename Ask>
    std::invoke_result_t<Ask, Ws2Session&> with_session(const SourceOptions& options,
                                                        std::stop_token stop, Ask ask) const {
        Ws2Session session{m_root, options, m_identity, std::move(stop)};
        try {
            return ask(session);
        } catch (SourceError& error) {
            error.requests = session.requests();
            throw;
        }
    }

    std::string m_root;
    SourceOptions m_options;
    SourceOptions m_probe_options;
    mutable Identity m_identity;
    RememberedUrls m_remembered_urls;
};

}  // namespace

std::unique_ptr<ReleaseSource> make_ws2_source(std::string root, const SourceOptions& options) {
    while (!root.empty() && root.back() == '/')
        root.pop_back();
    return std::make_unique<Ws2Source>(std::move(root), options);
}

}  // namespace pressings::source
