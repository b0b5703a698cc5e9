#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "cli/report_folder.hpp"
#include "render/html.hpp"
#include "store/catalogue_reader.hpp"

namespace pressings::render {

/// Of each plain format, how many releases there are.
using FormatCounts = std::array<std::int64_t, 5>;

/// An album's own page: its releases, each with what identifies it, and its tracks to be unfolded.
class AlbumPage {
  public:
    explicit AlbumPage(const store::AlbumRecord& album);

    void add(const store::ReleaseRecord& release);
    const FormatCounts& counts() const { return m_counts; }
    std::string finish();

  private:
    HtmlPage m_page;
    FormatCounts m_counts{};
};

/// The pages of the list of albums, some hundred on each, the first with the way to all others.
/// Holds a page or two at a time.
class IndexPages {
  public:
    /// `stats` says how many albums will be added; `footer` is for the first page.
    IndexPages(cli::ReportFolder& folder, const store::CatalogueStats& stats, std::string footer);

    /// The next album, by artist.
    void add(const store::AlbumRecord& album, const FormatCounts& counts);
    /// Writes what was not written yet; the first page comes last, for it names all others.
    void finish();

  private:
    void end_page();
    std::string page_html(std::int64_t page, const std::string& rows) const;
    std::string ways_to_all() const;
    std::string ways_beside(std::int64_t page) const;

    cli::ReportFolder& m_folder;
    const store::CatalogueStats& m_stats;
    std::string m_footer;
    std::string m_rows;
    std::int64_t m_row_count = 0;
    std::string m_first_artist;
    std::string m_last_artist;
    std::string m_first_rows;           ///< of page 1
    std::vector<std::string> m_ranges;  ///< of each page: "Abba – Beck"
};

/// The page of statistics.
std::string statistics_page(const store::CatalogueStats& stats, const std::string& footer);

}  // namespace pressings::render
