#include "source/ws2/ws2_source.hpp"

#include <algorithm>
#include <type_traits>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "source/fault_table.hpp"
#include "source/ws2/artist_browse.hpp"
#include "source/ws2/discography.hpp"
#include "source/ws2/group_walk.hpp"
#include "source/ws2/ws2_groups.hpp"
#include "source/ws2/ws2_identifiers.hpp"
#include "source/ws2/ws2_lists.hpp"
#include "source/ws2/ws2_naming.hpp"
#include "source/ws2/ws2_session.hpp"

namespace pressings::source {

namespace {

/// Of more that vanished at once it is not asked where they went.
constexpr std::size_t k_most_fates = 500;

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

    ArtistGroups discography_of(const Mbid& artist, const TypeFilter& types,
                                std::stop_token stop) override {
        return with_session(std::move(stop), [&](Ws2Session& session) {
            ArtistGroups found = read_discography(session, artist, types, inc_of(m_options));
            give(found.whole);
            found.requests = session.requests();
            return found;
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
            give(found.groups);
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
            for (const Mbid& release : releases.first(std::min(releases.size(), k_most_fates)))
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

    /// Groups whose releases were read together.
    void give(std::vector<GroupReleases>& groups) const {
        for (GroupReleases& group : groups) {
            if (!m_options.with_genres) leave_out_genres(group);
        }
        if (!groups.empty()) m_identity.show();
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
