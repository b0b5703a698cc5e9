#include <string>
#include <vector>

#include "cli/csv.hpp"
#include "cli/json_values.hpp"
#include "export_parts.hpp"
#include "filters.hpp"
#include "render/catalogue_json.hpp"
#include "render/catalogue_rows.hpp"
#include "render/musicbrainz_json.hpp"
#include "render/track_lines.hpp"
#include "whole_album.hpp"

namespace pressings {

using store::CatalogueReader;

namespace {

/// Writes what is exported, line by line, as the options want it.
class Lines {
  public:
    Lines(CatalogueReader& catalogue, const CatalogOptions& options, cli::Output& output,
          const BeforeEach& before_each)
        : m_catalogue(catalogue),
          m_options(options.exported),
          m_filter(filter_of(options.filter, catalogue)),
          m_output(output),
          m_csv(output, m_options.safe_csv ? cli::Formulas::disarm : cli::Formulas::keep),
          m_before_each(before_each) {}

    ExportCounts write() {
        if (m_options.byte_order_mark) m_output.write("\xEF\xBB\xBF");
        if (is_musicbrainz()) {
            m_catalogue.in_one_view([&] { whole_albums(); });
        } else if (m_options.what == "albums") {
            albums();
        } else if (m_options.what == "releases") {
            releases();
        } else {
            tracks();
        }
        return m_counts;
    }

  private:
    bool is_csv() const { return m_options.format == "csv"; }
    bool is_musicbrainz() const { return m_options.format == "musicbrainz"; }

    void header(const render::RowTable& table) {
        if (!is_csv()) return;
        std::vector<std::string> names;
        for (const render::CellColumn& column : table.columns)
            names.emplace_back(column.name);
        m_csv.row(names);
    }

    void count(std::int64_t& counted) {
        m_before_each();
        ++counted;
    }

    /// As MusicBrainz writes them: release groups, or releases with theirs.
    void whole_albums() {
        each_whole_album(m_catalogue, m_filter, m_counts, [&](const store::AlbumRecord& album) {
            if (m_options.what == "albums") {
                count(m_counts.albums);
                m_output.json_line(render::musicbrainz_json(album.album));
            } else {
                releases_of(album);
            }
        });
    }

    void releases_of(const store::AlbumRecord& album) {
        store::ReleaseFilter all;
        all.album_id = album.id;
        all.with_tracks = true;
        m_catalogue.releases(all, [&](const store::ReleaseRecord& record) {
            count(m_counts.releases);
            m_output.json_line(render::musicbrainz_json(record.release, album.album));
        });
    }

    void albums() {
        header(render::album_table());
        m_catalogue.albums({m_filter, {}}, [&](const store::AlbumRecord& album) {
            count(m_counts.albums);
            write(album);
        });
    }

    void write(const store::AlbumRecord& album) {
        if (is_csv()) {
            m_csv.row(render::album_cells(album));
        } else if (m_options.with_releases) {
            m_output.json_line(album_with_releases(m_catalogue, album, of_album()));
        } else {
            m_output.json_line(render::album_json(album));
        }
    }

    /// What --releases puts into an album that was chosen already.
    store::ReleaseFilter of_album() const {
        store::ReleaseFilter filter{m_filter, true};
        filter.since_ms.reset();
        filter.imported_since_ms.reset();
        filter.limit = 0;
        return filter;
    }

    void releases() {
        header(render::release_table());
        each_release(m_catalogue, {m_filter, !is_csv()}, [&](const render::ReleaseOfAlbum& of) {
            count(m_counts.releases);
            write(of);
        });
    }

    void write(const render::ReleaseOfAlbum& of) {
        if (is_csv()) {
            m_csv.row(render::release_cells(of));
        } else {
            m_output.json_line(render::release_json(of.release));
        }
    }

    void tracks() {
        header(render::track_table());
        render::TrackLines lines;
        m_catalogue.tracks({m_filter, true}, [&](const store::TrackRecord& track) {
            count(m_counts.tracks);
            if (is_csv()) {
                m_csv.row(render::track_cells(track));
            } else {
                m_output.line(lines.line(track));
            }
        });
    }

    CatalogueReader& m_catalogue;
    const ExportOptions& m_options;
    store::Filter m_filter;
    cli::Output& m_output;
    cli::CsvWriter m_csv;
    const BeforeEach& m_before_each;
    ExportCounts m_counts;
};

}  // namespace

ExportCounts write_lines(CatalogueReader& catalogue, const CatalogOptions& options,
                         cli::Output& output, const BeforeEach& before_each) {
    return Lines{catalogue, options, output, before_each}.write();
}

}  // namespace pressings
