#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/stop_signals.hpp"
#include "base/text.hpp"
#include "cli/log.hpp"
#include "cli/output_kinds.hpp"
#include "cli/run_main.hpp"
#include "commands.hpp"
#include "export_parts.hpp"
#include "filters.hpp"
#include "render/csv_folder.hpp"
#include "render/sqlite_file.hpp"

namespace pressings {

using store::CatalogueReader;

namespace {

int export_to_file(CatalogueReader& catalogue, const CatalogOptions& options) {
    const ExportOptions& exported = options.exported;
    const StopSignals stop;
    cli::OutputFile file{exported.file, cli::k_export_kind};
    const std::int64_t lines =
        write_lines(catalogue, options, file.output(), [&] { stop.check(); });
    file.keep();
    cli::log(cli::LogLevel::info,
             fmt::format("wrote {} {} to {}", lines, exported.what, escape_controls(exported.file)),
             {{"what", exported.what}, {"lines", lines}, {"file", exported.file}});
    return cli::k_done;
}

void log_counts(const ExportCounts& counts, const std::string& place) {
    const std::string left_out =
        counts.left_out == 0
            ? std::string{}
            : fmt::format(", but not {} album{} that {} never imported", counts.left_out,
                          counts.left_out == 1 ? "" : "s", counts.left_out == 1 ? "was" : "were");
    cli::log(cli::LogLevel::info,
             fmt::format("wrote {} albums and {} releases to {}{}", counts.albums, counts.releases,
                         escape_controls(place), left_out),
             {{"albums", counts.albums},
              {"releases", counts.releases},
              {"tracks", counts.tracks},
              {"left_out", counts.left_out},
              {"file", place}});
}

int export_tables(CatalogueReader& catalogue, const CatalogOptions& options, render::RowSink& sink,
                  const std::string& place) {
    const StopSignals stop;
    const ExportCounts counts = write_tables(catalogue, options, sink, [&] { stop.check(); });
    stop.check();
    sink.keep();
    log_counts(counts, place);
    return cli::k_done;
}

int export_to_folder(CatalogueReader& catalogue, const CatalogOptions& options) {
    const ExportOptions& exported = options.exported;
    if (exported.format == "musicbrainz") {
        const StopSignals stop;
        log_counts(write_answers(catalogue, options, [&] { stop.check(); }), *exported.folder);
        return cli::k_done;
    }
    const render::CsvStyle style{exported.safe_csv ? cli::Formulas::disarm : cli::Formulas::keep,
                                 exported.byte_order_mark};
    render::CsvFolder folder{*exported.folder, style, "--folder"};
    return export_tables(catalogue, options, folder, *exported.folder);
}

}  // namespace

int export_command(CatalogueReader& catalogue, const CatalogOptions& options, cli::Output& output) {
    const ExportOptions& exported = options.exported;
    if (exported.sqlite_file) {
        cli::refuse_database(options.common, "--sqlite", *exported.sqlite_file);
        render::SqliteFile file{*exported.sqlite_file};
        return export_tables(catalogue, options, file, *exported.sqlite_file);
    }
    if (exported.folder) {
        cli::refuse_database(options.common, "--folder", *exported.folder);
        return export_to_folder(catalogue, options);
    }
    if (exported.file != "-") {
        cli::refuse_database(options.common, "--output", exported.file);
        return export_to_file(catalogue, options);
    }
    if (write_lines(catalogue, options, output, [] {}) == 0) say_nothing_found();
    return cli::k_done;
}

}  // namespace pressings
