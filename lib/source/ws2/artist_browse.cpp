#include "source/ws2/artist_browse.hpp"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include <fmt/format.h>

#include "domain/release_facts.hpp"
#include "source/json/release_json.hpp"
#include "source/ws2/ws2_groups.hpp"

namespace pressings::source {

namespace {

constexpr std::size_t k_page_limit = 100;

/// Asking for the lists, and for a first page, is soon more than asking for each.
constexpr std::size_t k_fewest_groups = 5;

/// Held until their groups are whole; about a kilobyte each in memory.
constexpr std::size_t k_most_tracks = 50'000;

std::size_t parts(std::size_t all, std::size_t part) {
    return (all + part - 1) / part;
}

/// What has come of one group, beside what the search lists.
struct Gathered {
    std::size_t listed = 0;
    std::unordered_set<Mbid> missing;
    std::optional<Album> release_group;
    std::vector<Release> releases;
    bool differs = false;

    bool is_whole() const { return !differs && missing.empty() && release_group; }
    bool may_become_whole() const { return !differs && !missing.empty(); }
};

class ArtistBrowse {
  public:
    ArtistBrowse(Ws2Session& session, const Companions& companions, const std::string& inc)
        : m_session(session),
          m_companions(companions),
          m_question(fmt::format("/release?artist={}{}&limit={}&inc={}&fmt=json",
                                 companions.artist.to_string(),
                                 type_filter(companions.primary_types), k_page_limit, inc)) {}

    GroupsTogether run() {
        if (m_companions.release_groups.size() < k_fewest_groups) return {};
        list();
        if (m_groups.size() >= k_fewest_groups) {
            do {
                read_page();
            } while (is_worth_going_on());
        }
        return take_whole();
    }

  private:
    void list() {
        std::span<const Mbid> asked = m_companions.release_groups;
        while (!asked.empty()) {
            const auto some = std::min(asked.size(), k_most_watched);
            for (const ListedEditions& group : listings_by_search(m_session, asked.first(some))) {
                if (group.releases.empty()) continue;
                Gathered& gathered = m_groups[group.release_group];
                gathered.missing.insert(group.releases.begin(), group.releases.end());
                gathered.listed = gathered.missing.size();
            }
            asked = asked.subspan(some);
        }
    }

    void read_page() {
        ArtistPage page =
            parse_artist_page(m_session.ask(fmt::format("{}&offset={}", m_question, m_offset)));
        ++m_pages;
        m_is_over = page.received == 0;
        m_offset += page.received;
        if (!m_is_over) m_release_count = page.release_count;
        for (ParsedRelease& release : page.releases)
            gather(std::move(release));
    }

    void gather(ParsedRelease parsed) {
        const auto found = m_groups.find(*parsed.release_group->mbid);
        if (found == m_groups.end()) return;
        Gathered& group = found->second;
        const bool is_repeated = !m_known.insert(parsed.release.mbid).second;
        if (is_repeated || group.differs) return;
        if (parsed.odd_group || group.missing.erase(parsed.release.mbid) == 0) {
            group = {};
            group.differs = true;
            return;
        }
        m_tracks += known_tracks(parsed.release);
        group.release_group = std::move(parsed.release_group);
        group.releases.push_back(std::move(parsed.release));
    }

    /// What the rest takes, by pages as long as those before, beside what the groups would. Half as
    /// much again, for a page may skip a release that ties with another, whose group is then asked
    /// for alone.
    bool is_worth_going_on() const {
        if (m_is_over || m_offset >= m_release_count || m_tracks > k_most_tracks) return false;
        const std::size_t on_a_page = std::max<std::size_t>(1, m_offset / m_pages);
        std::size_t apart = 0;
        for (const auto& [mbid, group] : m_groups) {
            if (group.may_become_whole()) apart += parts(group.listed, on_a_page);
        }
        return parts(m_release_count - m_offset, on_a_page) * 3 / 2 < apart;
    }

    GroupsTogether take_whole() {
        GroupsTogether result;
        for (auto& [mbid, group] : m_groups) {
            if (!group.is_whole()) continue;
            result.groups.push_back({std::move(group.release_group), std::move(group.releases), 0});
        }
        return result;
    }

    Ws2Session& m_session;
    const Companions& m_companions;
    std::string m_question;
    std::unordered_map<Mbid, Gathered> m_groups;
    std::unordered_set<Mbid> m_known;
    std::size_t m_offset = 0;
    std::size_t m_release_count = 0;
    std::size_t m_pages = 0;
    std::size_t m_tracks = 0;
    bool m_is_over = false;
};

}  // namespace

GroupsTogether browse_by_artist(Ws2Session& session, const Companions& companions,
                                const std::string& inc) {
    return ArtistBrowse{session, companions, inc}.run();
}

}  // namespace pressings::source
