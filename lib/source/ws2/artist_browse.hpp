#pragma once

#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "source/json/release_json.hpp"
#include "source/release_source.hpp"
#include "source/ws2/ws2_session.hpp"

namespace pressings::source {

/// Reads the releases of an artist page by page, as long as that promises to take fewer requests
/// than asking for each of some groups that is not whole yet. Whole is a group that has the very
/// releases that the search lists of it, none of them odd.
class ArtistBrowse {
  public:
    /// `inc` is what is asked of each release; of releases of other types, if some are named,
    /// nothing is asked.
    ArtistBrowse(Ws2Session& session, const Mbid& artist,
                 const std::vector<std::string>& primary_types, const std::string& inc);

    /// `listings` are what the search lists of the groups; of a few nothing is asked.
    void run(const std::vector<ListedEditions>& listings);

    /// The groups credited to the artist that have a release on the pages, wanted or not.
    const std::unordered_map<Mbid, Album>& met() const { return m_met; }

    /// Those that are whole; once.
    std::vector<GroupReleases> take_whole();

  private:
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

    void read_page();
    void note_group(const Album& group);
    void gather(ParsedRelease parsed);
    /// What the rest takes, by pages as long as those before, beside what the groups would. Half as
    /// much again, for a page may skip a release that ties with another, whose group is then asked
    /// for alone.
    bool is_worth_going_on() const;

    Ws2Session& m_session;
    Mbid m_artist;
    std::string m_question;
    std::unordered_map<Mbid, Gathered> m_groups;
    std::unordered_map<Mbid, Album> m_met;
    std::unordered_set<Mbid> m_known;
    std::size_t m_offset = 0;
    std::size_t m_release_count = 0;
    std::size_t m_pages = 0;
    std::size_t m_tracks = 0;
    bool m_is_over = false;
};

/// Of these groups those that are whole by then.
GroupsTogether browse_by_artist(Ws2Session& session, const Companions& companions,
                                const std::string& inc);

}  // namespace pressings::source
