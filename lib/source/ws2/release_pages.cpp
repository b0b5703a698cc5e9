#include "source/ws2/release_pages.hpp"

#include <utility>

#include "source/fault_table.hpp"

namespace pressings::source {

namespace {

/// In the lists of all answers about one group: some ten times what the largest may have, and as
/// much as is still held in a gigabyte.
constexpr std::size_t k_most_entries = 4'000'000;

/// Past the end the service sends no release and the offset in place of the count.
bool is_past_the_end(const BrowsePage& page, std::size_t offset) {
    return offset > 0 && page.received() == 0;
}

}  // namespace

std::size_t ReleasePages::add(BrowsePage page, std::size_t offset) {
    if (!is_past_the_end(page, offset)) {
        m_release_count = static_cast<std::size_t>(page.release_count);
    }
    agree_on_group(page);
    add_entries(page.entries);
    const std::size_t before = size();
    for (Release& release : page.releases) {
        if (m_known.insert(release.mbid).second) m_releases.push_back(std::move(release));
    }
    for (OddRelease& odd : page.odd)
        add(std::move(odd));
    return size() - before;
}

void ReleasePages::agree_on_group(BrowsePage& page) {
    if (!page.release_group) return;
    if (m_release_group && page.release_group->mbid != m_release_group->mbid) {
        throw answer_error("bad_answer",
                           "malformed answer: its pages have releases of two release groups, " +
                               m_release_group->mbid->to_string() + " and " +
                               page.release_group->mbid->to_string());
    }
    const bool is_better = m_odd_group && !page.odd_group;
    if (m_release_group && !is_better) return;
    m_release_group = std::move(page.release_group);
    m_odd_group = std::move(page.odd_group);
}

bool ReleasePages::add(ParsedRelease looked_up) {
    if (m_release_group && looked_up.release_group &&
        looked_up.release_group->mbid != m_release_group->mbid) {
        return false;
    }
    if (!m_known.insert(looked_up.release.mbid).second) return false;
    add_entries(looked_up.entries);
    m_releases.push_back(std::move(looked_up.release));
    return true;
}

bool ReleasePages::add(OddRelease odd) {
    const auto& mbid = odd.oddity.release;
    const bool is_new =
        mbid ? m_known.insert(*mbid).second : m_nameless.insert(odd.likeness).second;
    if (is_new) m_oddities.push_back(std::move(odd.oddity));
    return is_new;
}

void ReleasePages::add_entries(std::size_t entries) {
    m_entries += entries;
    if (m_entries <= k_most_entries) return;
    throw answer_error("too_large", "the answers about one release group have more than " +
                                        std::to_string(k_most_entries) + " entries in their lists");
}

GroupReleases ReleasePages::take(int requests) {
    GroupReleases group{std::move(m_release_group), std::move(m_releases), requests};
    group.oddities = std::move(m_oddities);
    if (m_odd_group) group.oddities.push_back(std::move(*m_odd_group));
    group.lists_all = m_nameless.empty();
    return group;
}

}  // namespace pressings::source
