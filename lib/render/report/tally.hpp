#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "render/report/growth.hpp"
#include "render/report/shards.hpp"

namespace pressings::render::report {

/// An album that was imported of late.
struct RecentImport {
    std::int64_t album_id = 0;
    std::string artist;
    std::string title;
    Millis at_ms = 0;
    FormatCounts counts{};
};

/// What the start page shows and the catalogue has no count of, gathered while it is gone through;
/// bounded however many albums there are.
class Tally {
  public:
    /// `stats` names the labels of which the MBID is wanted.
    explicit Tally(const store::CatalogueStats& stats);

    /// An album with its editions; `counts` is of those that are present.
    void add(const store::AlbumRecord& album, const std::vector<store::ReleaseRecord>& releases,
             const FormatCounts& counts);

    const Growth& albums() const { return m_albums; }
    const Growth& releases() const { return m_releases; }
    /// Releases by plain format, by the first year of their decade.
    const std::map<int, FormatCounts>& decades() const { return m_decades; }
    /// Releases that are present, by plain format.
    const FormatCounts& formats() const { return m_formats; }
    /// The last ten, the latest first.
    const std::vector<RecentImport>& imports() const { return m_imports; }
    /// "United Kingdom" for "GB"; the code where no release told the name.
    std::string country(const std::string& code) const;
    /// Nothing if no label of that name is among those of the statistics.
    std::optional<Mbid> label(const std::string& name) const;

  private:
    void add_release(const store::ReleaseRecord& record);
    void add_import(const store::AlbumRecord& album, const FormatCounts& counts);

    Growth m_albums;
    Growth m_releases;
    std::map<int, FormatCounts> m_decades;
    FormatCounts m_formats{};
    std::vector<RecentImport> m_imports;
    std::map<std::string, std::string> m_countries;
    std::set<std::string> m_wanted_countries;
    std::map<std::string, std::optional<Mbid>> m_labels;
};

}  // namespace pressings::render::report
