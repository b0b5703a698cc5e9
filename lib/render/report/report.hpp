#pragma once

#include <string>
#include <vector>

#include "render/report/start_page.hpp"

namespace pressings::render::report {

/// The report as it is written: albums come one by one, by artist, and go into the files under
/// data/; the pages come at the end. Holds an album and some MB.
class Report {
  public:
    Report(cli::ReportFolder& folder, Frame frame, const store::CatalogueStats& stats);

    /// The next album by artist, with its editions and their tracks; removed ones too, if they are
    /// to be shown.
    void add(const store::AlbumRecord& album, const std::vector<store::ReleaseRecord>& releases);
    /// Writes all pages, and what is left of the data. `overview` is of the same view.
    void finish(const Overview& overview);

    std::int64_t albums() const { return m_albums; }
    std::int64_t releases() const { return m_releases; }  ///< that were added
    static constexpr std::int64_t k_pages = 5;

  private:
    void add_artists(const store::AlbumRecord& album, const FormatCounts& counts);
    void begin_all();

    cli::ReportFolder& m_folder;
    Frame m_frame;
    Tally m_tally;
    Shards m_shards;
    std::int64_t m_albums = 0;
    std::int64_t m_releases = 0;
};

}  // namespace pressings::render::report
