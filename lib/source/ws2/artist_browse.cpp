#include "source/ws2/artist_browse.hpp"

#include <algorithm>
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

std::vector<ListedEditions> listings_of(Ws2Session& session, std::span<const Mbid> groups) {
    std::vector<ListedEditions> listings;
    while (!groups.empty()) {
        const auto some = std::min(groups.size(), k_most_watched);
        auto listed = listings_by_search(session, groups.first(some));
        std::move(listed.begin(), listed.end(), std::back_inserter(listings));
        groups = groups.subspan(some);
    }
    return listings;
}

}  // namespace

ArtistBrowse::ArtistBrowse(Ws2Session& session, const Mbid& artist,
                           const std::vector<std::string>& primary_types, const std::string& inc)
    : m_session(session),
      m_artist(artist),
      m_question(fmt::format("/release?artist={}{}&limit={}&inc={}&fmt=json", artist.to_string(),
                             type_filter(primary_types), k_page_limit, inc)) {}

void ArtistBrowse::run(const std::vector<ListedEditions>& listings) {
    for (const ListedEditions& group : listings) {
        if (group.releases.empty()) continue;
        Gathered& gathered = m_groups[group.release_group];
        gathered.missing.insert(group.releases.begin(), group.releases.end());
        gathered.listed = gathered.missing.size();
    }
    if (m_groups.size() < k_fewest_groups) return;
    do {
        read_page();
    } while (is_worth_going_on());
}

void ArtistBrowse::read_page() {
    ArtistPage page =
        parse_artist_page(m_session.ask(fmt::format("{}&offset={}", m_question, m_offset)));
    ++m_pages;
    m_is_over = page.received == 0;
    m_offset += page.received;
    if (!m_is_over) m_release_count = page.release_count;
    for (ParsedRelease& release : page.releases) {
        if (!release.odd_group) note_group(*release.release_group);
        gather(std::move(release));
    }
}

void ArtistBrowse::note_group(const Album& group) {
    const bool is_of_artist =
        std::any_of(group.artist_credit.begin(), group.artist_credit.end(),
                    [&](const auto& credited) { return credited.artist.mbid == m_artist; });
    if (is_of_artist) m_met.try_emplace(*group.mbid, group);
}

void ArtistBrowse::gather(ParsedRelease parsed) {
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

bool ArtistBrowse::is_worth_going_on() const {
    if (m_is_over || m_offset >= m_release_count || m_tracks > k_most_tracks) return false;
    const std::size_t on_a_page = std::max<std::size_t>(1, m_offset / m_pages);
    std::size_t apart = 0;
    for (const auto& [mbid, group] : m_groups) {
        if (group.may_become_whole()) apart += parts(group.listed, on_a_page);
    }
    return parts(m_release_count - m_offset, on_a_page) * 3 / 2 < apart;
}

std::vector<GroupReleases> ArtistBrowse::take_whole() {
    std::vector<GroupReleases> whole;
    for (auto& [mbid, group] : m_groups) {
        if (!group.is_whole()) continue;
        whole.push_back({std::move(group.release_group), std::move(group.releases), 0});
    }
    return whole;
}

GroupsTogether browse_by_artist(Ws2Session& session, const Companions& companions,
                                const std::string& inc) {
    if (companions.release_groups.size() < k_fewest_groups) return {};
    ArtistBrowse browse{session, companions.artist, companions.primary_types, inc};
    browse.run(listings_of(session, companions.release_groups));
    return {browse.take_whole()};
}

}  // namespace pressings::source
