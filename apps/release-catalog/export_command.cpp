#include <string>
#include <string_view>
#include <vector>

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

std::string counted(std::int64_t count, std::string_view one) {
    return fmt::format("{} {}{}", count, one, count == 1 ? "" : "s");
}

/// "12 albums and 40 releases"; "3 tracks".
std::string written_text(const ExportCounts& counts) {
    if (counts.albums == 0 && counts.tracks > 0 && counts.releases == 0)
        return counted(counts.tracks, "track");
    if (counts.albums == 0 && counts.releases > 0) return counted(counts.releases, "release");
    if (counts.albums > 0 && counts.releases == 0) return counted(counts.albums, "album");
    return counted(counts.albums, "album") + " and " + counted(counts.releases, "release");
}

/// What is missing there, and why.
void log_left_out(const ExportCounts& counts) {
    std::vector<std::string> parts;
    if (counts.never_imported > 0)
        parts.push_back(fmt::format("{} never imported", counts.never_imported));
    if (counts.removed > 0)
        parts.push_back(fmt::format("{} that MusicBrainz has no longer", counts.removed));
    if (counts.kept_back > 0) {
        parts.push_back(
            fmt::format("{} with releases that could not be read (see release-catalog oddities)",
                        counts.kept_back));
    }
    if (parts.empty()) return;
    cli::log(
        cli::LogLevel::info,
        fmt::format("left out {}: {}", counted(counts.left_out(), "album"), fmt::join(parts, ", ")),
        {{"never_imported", counts.never_imported},
         {"removed", counts.removed},
         {"kept_back", counts.kept_back}});
}

void log_counts(const ExportCounts& counts, const std::string& place) {
    cli::log(cli::LogLevel::info,
             fmt::format("wrote {} to {}", written_text(counts), escape_controls(place)),
             {{"albums", counts.albums},
              {"releases", counts.releases},
              {"tracks", counts.tracks},
              {"file", place}});
    log_left_out(counts);
    if (counts.all() == 0) say_nothing_found();
}

int export_to_file(CatalogueReader& catalogue, const CatalogOptions& options) {
    const StopSignals stop;
    cli::OutputFile file{options.exported.file, cli::k_export_kind};
    const ExportCounts counts =
        write_lines(catalogue, options, file.output(), [&] { stop.check(); });
    file.keep();
    log_counts(counts, options.exported.file);
    return cli::k_done;
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
    const ExportCounts counts = write_lines(catalogue, options, output, [] {});
    log_left_out(counts);
    if (counts.all() == 0) say_nothing_found();
    return cli::k_done;
}

}  // namespace pressings
