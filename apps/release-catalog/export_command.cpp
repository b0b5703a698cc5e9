#include <functional>
#include <optional>

#include <fmt/format.h>

#include "base/stop_signals.hpp"
#include "base/text.hpp"
#include "cli/csv.hpp"
#include "cli/json_values.hpp"
#include "cli/log.hpp"
#include "cli/output_kinds.hpp"
#include "cli/run_main.hpp"
#include "commands.hpp"
#include "filters.hpp"
#include "render/catalogue_rows.hpp"
#include "render/catalogue_json.hpp"
#include "render/track_lines.hpp"
#include "whole_album.hpp"

namespace pressings {

using store::CatalogueReader;

namespace {

/// Writes what is exported, line by line, as the options want it.
class Export {
  public:
    Export(CatalogueReader& catalogue, const CatalogOptions& options, cli::Output& output)
        : m_catalogue(catalogue),
          m_options(options.exported),
          m_filter(filter_of(options.filter, catalogue)),
          m_output(output),
          m_csv(output, m_options.safe_csv ? cli::Formulas::disarm : cli::Formulas::keep) {}

    /// How many there are; `before_each` is called before each.
    template <typename BeforeEach>
    std::int64_t write(const BeforeEach& before_each) {
        m_before_each = before_each;
        if (m_options.byte_order_mark) m_output.write("\xEF\xBB\xBF");
        if (m_options.what == "albums") {
            albums();
        } else if (m_options.what == "releases") {
            releases();
        } else {
            tracks();
        }
        return m_lines;
    }

  private:
    bool is_csv() const { return m_options.format == "csv"; }

    void count() {
        m_before_each();
        ++m_lines;
    }

    void albums() {
        if (is_csv()) m_csv.row(render::album_columns());
        m_catalogue.albums({m_filter, {}}, [&](const store::AlbumRecord& album) {
            count();
            if (is_csv()) {
                m_csv.row(render::album_cells(album));
            } else if (m_options.with_releases) {
                m_output.json_line(album_with_releases(m_catalogue, album, of_album()));
            } else {
                m_output.json_line(render::album_json(album));
            }
        });
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
        if (is_csv()) m_csv.row(render::release_columns());
        each_release([&](const render::ReleaseOfAlbum& of) {
            count();
            if (is_csv()) {
                m_csv.row(render::release_cells(of));
            } else {
                m_output.json_line(render::release_json(of.release));
            }
            return true;
        });
    }

    void tracks() {
        if (is_csv()) m_csv.row(render::track_columns());
        render::TrackLines lines;
        m_catalogue.tracks({m_filter, true}, [&](const store::TrackRecord& track) {
            count();
            if (is_csv()) {
                m_csv.row(render::track_cells(track));
            } else {
                m_output.line(lines.line(track));
            }
        });
    }

    /// Releases of one album come together, so the album of the last one is kept.
    template <typename Each>
    void each_release(const Each& each) {
        std::optional<store::AlbumRecord> album;
        m_catalogue.releases({m_filter, !is_csv()}, [&](const store::ReleaseRecord& release) {
            if (!album || album->id != release.album_id)
                album = m_catalogue.album(release.album_id);
            each(render::ReleaseOfAlbum{*album, release});
        });
    }

    CatalogueReader& m_catalogue;
    const ExportOptions& m_options;
    store::Filter m_filter;
    cli::Output& m_output;
    cli::CsvWriter m_csv;
    std::function<void()> m_before_each;
    std::int64_t m_lines = 0;
};

int export_to_file(CatalogueReader& catalogue, const CatalogOptions& options) {
    cli::refuse_database(options.common, "--output", options.exported.file);
    const StopSignals stop;
    cli::OutputFile file{options.exported.file, cli::k_export_kind};
    const std::int64_t lines =
        Export{catalogue, options, file.output()}.write([&] { stop.check(); });
    file.keep();
    cli::log(cli::LogLevel::info,
             fmt::format("wrote {} {} to {}", lines, options.exported.what,
                         escape_controls(options.exported.file)),
             {{"what", options.exported.what}, {"lines", lines}, {"file", options.exported.file}});
    return cli::k_done;
}

}  // namespace

int export_command(CatalogueReader& catalogue, const CatalogOptions& options, cli::Output& output) {
    if (options.exported.file != "-") return export_to_file(catalogue, options);
    if (Export{catalogue, options, output}.write([] {}) == 0) say_nothing_found();
    return cli::k_done;
}

}  // namespace pressings
