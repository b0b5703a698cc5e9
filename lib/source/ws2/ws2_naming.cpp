#include "source/ws2/ws2_naming.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include <fmt/format.h>

#include "base/text.hpp"
#include "domain/title_forms.hpp"
#include "source/json/identified_json.hpp"
#include "source/json/search_json.hpp"
#include "source/match_errors.hpp"
#include "source/ws2/name_questions.hpp"

namespace pressings::source {

namespace {

constexpr std::size_t k_page_limit = 100;  // a search with more gives 25
constexpr std::size_t k_most_pages = 2;    // of the first question
constexpr std::size_t k_most_artists = 10;
constexpr std::size_t k_most_release_groups = 10;  // that releases of a title may be of

/// Asks until one group is safely meant, or nothing is left to ask.
class NameSearch {
  public:
    NameSearch(Ws2Session& session, const NamedAlbum& named)
        : m_session(session), m_named(named), m_questions(named) {}

    OfferedAlbum run() {
        look_for(m_questions.plain(), k_most_pages);
        if (is_open() || !is_in_full()) look_for(m_questions.wide(), 1);
        if (is_open() && m_questions.has_words()) look_among_releases();
        if (is_open()) look_for_others();
        if (m_match.verdict != MatchVerdict::safe) refuse_match(m_named, std::move(m_match));
        return *std::find_if(m_offered.begin(), m_offered.end(), [&](const OfferedAlbum& offered) {
            return offered.album.mbid == m_match.mbid;
        });
    }

  private:
    /// Whether asking further may bring something.
    bool is_open() const {
        return m_match.verdict == MatchVerdict::not_found && m_searches < k_most_searches;
    }

    /// Whether the title of what is meant was told in full, so that nothing else can be.
    bool is_in_full() const {
        return std::none_of(m_offered.begin(), m_offered.end(), [&](const OfferedAlbum& offered) {
            return offered.album.mbid == m_match.mbid && !is_titled_in_full(m_named, offered);
        });
    }

    void look_for(const std::string& query, std::size_t most_pages) {
        std::size_t offset = 0;
        for (std::size_t number = 0; number < most_pages; ++number) {
            ++m_searches;
            SearchPage page = parse_search_page(
                m_session.ask(fmt::format("/release-group?query={}&limit={}&offset={}&fmt=json",
                                          percent_encoded(query), k_page_limit, offset)));
            offset += page.received;
            std::move(page.offered.begin(), page.offered.end(), std::back_inserter(m_offered));
            if (page.received == 0 || offset >= page.count) break;
        }
        m_match = match_album(m_named, m_offered);
    }

    /// A release may have a title that the index has not for its group, and a credit of its own. Of
    /// the groups of those that fit, each is asked for, for a release does not tell all of it. One
    /// that cannot be read might fit, too: then none is safe.
    void look_among_releases() {
        ++m_searches;
        const FoundReleases found = parse_found_releases(
            m_session.ask(fmt::format("/release?query={}&limit={}&fmt=json",
                                      percent_encoded(m_questions.for_releases()), k_page_limit)));
        std::vector<Mbid> groups;
        for (const FoundRelease& release : found.releases) {
            if (!may_be_meant(release)) continue;
            const Mbid& group = *release.named->album.mbid;
            const bool is_known = std::find(groups.begin(), groups.end(), group) != groups.end();
            if (!is_known) groups.push_back(group);
        }
        const bool is_all_read = found.releases.size() == found.received;
        if (!is_all_read || groups.empty() || groups.size() > k_most_release_groups) return;
        std::vector<std::string> mbids;
        for (const Mbid& group : groups)
            mbids.push_back(group.to_string());
        look_for(fmt::format("rgid:{}", either(mbids)), 1);
        add_editions(found.releases);
    }

    /// Whether a release has the name, by its own title and credit.
    bool may_be_meant(const FoundRelease& release) const {
        NamedAlbum named = m_named;
        named.year.reset();
        named.primary_type.reset();
        named.disambiguation.reset();
        return release.named && release.edition.status != "Bootleg" &&
               match_album(named, {&*release.named, 1}).verdict == MatchVerdict::safe;
    }

    void add_editions(const std::vector<FoundRelease>& releases) {
        for (OfferedAlbum& offered : m_offered) {
            for (const FoundRelease& release : releases) {
                if (release.named && release.named->album.mbid == offered.album.mbid)
                    offered.editions.push_back(release.edition);
            }
        }
        m_match = match_album(m_named, m_offered);
    }

    /// By an alias an artist is found as an artist only, so two questions are needed. Where that
    /// leads nowhere, the last questions are for candidates.
    void look_for_others() {
        const bool has_time = m_searches + 2 <= k_most_searches;
        std::vector<FoundArtist> found;
        if (has_time && !m_questions.has_known_artists()) found = artists_named_so();
        look_for(found.empty() ? m_questions.loose() : m_questions.of(found), 1);
        if (found.empty()) {
            if (is_open() && m_questions.has_words()) look_for(m_questions.near(), 1);
            return;
        }
        for (OfferedAlbum& offered : m_offered)
            add_aliases(offered, found);
        m_match = match_album(m_named, m_offered);
    }

    std::vector<FoundArtist> artists_named_so() {
        ++m_searches;
        auto found = parse_artist_search(
            m_session.ask(fmt::format("/artist?query={}&limit={}&fmt=json",
                                      percent_encoded(m_questions.for_artists()), k_page_limit)));
        std::erase_if(found, [&](const FoundArtist& artist) { return !is_named_so(artist); });
        if (found.size() > k_most_artists) found.resize(k_most_artists);
        return found;
    }

    bool is_named_so(const FoundArtist& found) const {
        CreditedArtist credited;
        credited.name = found.artist.name;
        credited.artist = found.artist;
        return is_credited(m_named.artist_credit, {credited}, found.aliases);
    }

    static void add_aliases(OfferedAlbum& offered, const std::vector<FoundArtist>& found) {
        const ArtistCredit& credit = offered.album.artist_credit;
        offered.artist_aliases.resize(credit.size());
        for (std::size_t i = 0; i < credit.size(); ++i) {
            for (const FoundArtist& one : found) {
                if (one.artist.mbid != credit[i].artist.mbid) continue;
                auto& aliases = offered.artist_aliases[i];
                aliases.insert(aliases.end(), one.aliases.begin(), one.aliases.end());
                aliases.push_back(one.artist.name);
            }
        }
    }

    Ws2Session& m_session;
    const NamedAlbum& m_named;
    NameQuestions m_questions;
    int m_searches = 0;
    std::vector<OfferedAlbum> m_offered;
    AlbumMatch m_match;
};

}  // namespace

OfferedAlbum group_named(Ws2Session& session, const NamedAlbum& named) {
    return NameSearch{session, named}.run();
}

void check_still_named(const NamedAlbum& named, const OfferedAlbum& offered,
                       const GroupReleases& found) {
    if (!found.release_group || found.release_group->artist_credit.empty()) return;
    OfferedAlbum now = offered;
    now.album = *found.release_group;
    const bool is_same_credit = offered.album.artist_credit == now.album.artist_credit;
    if (!is_same_credit) now.artist_aliases.clear();
    if (!found.releases.empty()) now.editions.clear();
    for (const Release& release : found.releases)
        now.editions.push_back({release.title, release.status});
    AlbumMatch match = match_album(named, {&now, 1});
    if (match.verdict != MatchVerdict::safe) refuse_match(named, std::move(match));
}

}  // namespace pressings::source
