#pragma once

#include <cstddef>
#include <optional>
#include <unordered_set>
#include <vector>

#include "source/json/release_json.hpp"
#include "source/release_source.hpp"

namespace pressings::source {

/// Puts the pages of one release group together, whatever way they were cut: pages repeat
/// releases, leave some out, and count all of them afresh each time
/// (musicbrainz-server lib/MusicBrainz/Server/Data/Release.pm).
class ReleasePages {
  public:
    /// Takes in a page that was asked for with `offset`; returns how many of its releases, odd ones
    /// too, were new. SourceError: "bad_answer" if it is of another group than an earlier page,
    /// "too_large" if all of it together is more than any group has.
    std::size_t add(BrowsePage page, std::size_t offset);

    /// Takes in a release that was looked up by itself; false if it is known already or belongs to
    /// another group.
    bool add(ParsedRelease looked_up);
    /// Likewise one that is odd.
    bool add(OddRelease odd);

    /// Whether as many different releases came, odd ones too, as the latest count says there are.
    bool is_complete() const { return size() >= m_release_count; }

    bool contains(const Mbid& release) const { return m_known.count(release) != 0; }
    std::size_t size() const { return m_known.size() + m_nameless.size(); }

    /// Of the latest page that could know.
    std::size_t release_count() const { return m_release_count; }
    const std::optional<Album>& release_group() const { return m_release_group; }

    /// Gives everything away, each release once, those that are odd apart.
    GroupReleases take(int requests);

  private:
    void add_entries(std::size_t entries);
    void agree_on_group(BrowsePage& page);

    std::optional<Album> m_release_group;
    std::vector<Release> m_releases;
    std::vector<Oddity> m_oddities;
    std::optional<Oddity> m_odd_group;
    std::unordered_set<Mbid> m_known;
    std::unordered_set<std::size_t> m_nameless;  ///< likenesses of those without a readable MBID
    std::size_t m_release_count = 0;
    std::size_t m_entries = 0;
};

}  // namespace pressings::source
