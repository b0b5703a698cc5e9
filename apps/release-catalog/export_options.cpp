#include <algorithm>
#include <string_view>

#include <fmt/format.h>

#include "base/error.hpp"
#include "cli/command_line.hpp"
#include "declare.hpp"
#include "filter_options.hpp"

namespace pressings {

namespace {

void refuse(bool given, const char* what) {
    if (given) throw UsageError(what);
}

/// What one of the three kinds of output leaves no choice of.
void settle_output(const CatalogOptions& options) {
    const ExportOptions& exported = options.exported;
    const bool to_file = exported.file != "-";
    refuse(exported.folder && exported.sqlite_file, "--folder and --sqlite exclude each other");
    refuse(exported.folder && to_file, "--folder and --output exclude each other");
    refuse(exported.sqlite_file && to_file, "--sqlite and --output exclude each other");
    if (!exported.folder && !exported.sqlite_file) return;
    refuse(!exported.what.empty(),
           "--what is for one kind of lines; --folder and --sqlite have all");
    refuse(options.filter.limit != 0,
           "--limit is for one kind of lines; choose albums for --folder and --sqlite by filters");
    refuse(exported.sqlite_file && !exported.format.empty(),
           "--format is for --output and --folder; --sqlite writes a database");
    refuse(options.common.json, "--json is for lines; --folder and --sqlite write files");
    refuse(exported.folder && exported.format == "ndjson",
           "--folder is for --format csv or musicbrainz");
}

std::string usual_format(const CatalogOptions& options) {
    const bool named_csv = options.exported.file.ends_with(".csv") && !options.common.json;
    return named_csv || options.exported.folder ? "csv" : "ndjson";
}

bool is_of_albums(std::string_view key) {
    return key == "artist" || key == "title" || key == "type" || key == "year";
}

/// Whether anything is asked of releases.
bool chooses_releases(const FilterOptions& filter) {
    const auto& excluded = filter.exclusions;
    return filter.removed ||
           std::any_of(filter.terms.begin(), filter.terms.end(),
                       [](const auto& term) {
                           return !is_of_albums(term.first) && !term.second.empty();
                       }) ||
           std::any_of(excluded.begin(), excluded.end(), [](const std::string& exclusion) {
               return !is_of_albums(exclusion.substr(0, exclusion.find('=')));
           });
}

/// Whoever imports a part of an album from it would take the rest for removed.
void settle_musicbrainz(const CatalogOptions& options) {
    refuse(options.exported.what == "tracks",
           "--format musicbrainz has tracks in their releases; use --what releases");
    refuse(options.filter.limit != 0 && options.exported.what == "releases",
           "--format musicbrainz writes albums whole; --limit is for --what albums");
    refuse(chooses_releases(options.filter),
           "--format musicbrainz writes albums whole; choose them by --artist, --title, --type, "
           "--year or --album");
}

}  // namespace

void declare_export(CLI::App& app, CatalogOptions& options) {
    CLI::App& command =
        *app.add_subcommand("export", "Write albums, releases or tracks for other programs");
    ExportOptions& exported = options.exported;
    command
        .add_option("--format", exported.format,
                    "An object a line, a table, or objects as MusicBrainz writes them "
                    "[default: csv if FILE ends so, or for a folder; else ndjson]")
        ->type_name("ndjson|csv|musicbrainz")
        ->check(cli::one_of({"ndjson", "csv", "musicbrainz"}));
    command.add_option("--what", exported.what, "One line for each of these [default: albums]")
        ->type_name("albums|releases|tracks")
        ->check(cli::one_of({"albums", "releases", "tracks"}));
    command
        .add_option("--output", exported.file,
                    "Where to; replaced when all is written [default: -, standard output]")
        ->type_name("FILE");
    command
        .add_option("--folder", exported.folder,
                    "csv: all tables, with a datapackage.json; musicbrainz: answers that "
                    "release-worker --source file:FOLDER reads")
        ->type_name("FOLDER");
    command
        .add_option(
            "--sqlite", exported.sqlite_file,
            "All tables as a database with text MBIDs and full-text search, as for Datasette")
        ->type_name("FILE");
    command.add_flag("--releases", exported.with_releases,
                     "ndjson of albums: each with its releases and their tracks");
    command.add_flag("--safe-csv", exported.safe_csv,
                     "csv: an apostrophe before what a spreadsheet would take for a formula");
    command.add_flag("--bom", exported.byte_order_mark,
                     "csv: begin with a byte order mark, by which Excel knows UTF-8");
    declare_one_album(command, options.filter);
    declare_album_filters(command, options.filter);
    declare_release_filters(command, options.filter, "--plain-format");
    declare_removed(command, options.filter);
    declare_since(command, options.filter,
                  "Albums put in or imported, releases written or found removed since");
    declare_limit(command, options);
}

void settle_export(CatalogOptions& options) {
    ExportOptions& exported = options.exported;
    refuse(options.common.json && exported.format == "csv",
           "--json and --format csv exclude each other");
    settle_output(options);
    if (exported.format.empty()) exported.format = usual_format(options);
    refuse(exported.safe_csv && exported.format != "csv", "--safe-csv is for --format csv");
    refuse(exported.byte_order_mark && exported.format != "csv", "--bom is for --format csv");
    if (exported.format == "musicbrainz") settle_musicbrainz(options);
    const bool is_one_kind = !exported.folder && !exported.sqlite_file;
    if (is_one_kind && exported.what.empty()) exported.what = "albums";
    refuse(exported.with_releases && (exported.format != "ndjson" || exported.what != "albums"),
           "--releases is for --format ndjson --what albums");
}

}  // namespace pressings
