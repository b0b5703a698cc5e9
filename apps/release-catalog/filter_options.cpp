#include "filter_options.hpp"

#include "cli/command_line.hpp"
#include "terms.hpp"

namespace pressings {

namespace {

constexpr const char* k_of_album = "Which albums";
constexpr const char* k_of_release = "Which releases";

/// A filter that may be repeated. `key` is its name in terms.hpp.
CLI::Option* declare_term(CLI::App& command, FilterOptions& filter, const std::string& key,
                          const std::string& names, const std::string& what) {
    return command.add_option(names, filter.terms[key], what)
        ->allow_extra_args(false)
        ->check(cli::without_fault(
            [key](const std::string& value) { return fault_of_term(key, value); }));
}

}  // namespace

CLI::Option& declare_limit(CLI::App& command, CatalogOptions& options) {
    return *command.add_option("--limit", options.filter.limit, "At most this many [default: all]")
                ->type_name("N")
                ->check(cli::integer_between(0, 1'000'000'000));
}

void declare_usual_limit(CLI::App& command, CatalogOptions& options) {
    declare_limit(command, options).configurable();
}

void declare_album_filters(CLI::App& command, FilterOptions& filter) {
    const auto declare = [&](const std::string& key, const char* type, const char* what) {
        declare_term(command, filter, key, "--" + key, what)->type_name(type)->group(k_of_album);
    };
    declare("artist", "NAME", "Whose artist credit has this in it");
    declare("title", "TITLE", "Whose title has this in it");
    declare("type", "TYPE,...", "Of this primary or secondary type (album, live, unknown, ...)");
    declare("year", "YEARS", "First released in 1973, 1970..1979, ..1979 or 1990..");
    command.add_option("--imported-since", filter.imported_since, "Last imported since")
        ->type_name("TIME|AGO")
        ->group(k_of_album);
    command.add_flag("--missing", filter.missing, "Without releases, or whose last job failed")
        ->group(k_of_album);
}

void declare_one_album(CLI::App& command, FilterOptions& filter) {
    command.add_option("--album", filter.album, "This one alone")
        ->type_name("ID|MBID")
        ->group(k_of_album);
}

void declare_release_filters(CLI::App& command, FilterOptions& filter, const char* format) {
    const auto declare = [&](const std::string& key, const std::string& names, const char* type,
                             const char* what) {
        return declare_term(command, filter, key, names, what)
            ->type_name(type)
            ->group(k_of_release);
    };
    constexpr const char* k_plain_formats = "vinyl|cd|digital|cassette|other";
    declare("format", format, k_plain_formats, "Of this plain format, or one of several")
        ->get_validator(0)
        ->name(k_plain_formats);  // for completions
    declare("country", "--country", "CC,...", "Released in this country (ISO 3166)");
    declare("status", "--status", "S,...", "With this status (official, bootleg, unknown, ...)");
    declare("label", "--label", "L", "On this label, by whole name or MBID");
    declare("catno", "--catno", "NUMBER", "With this catalogue number");
    declare("barcode", "--barcode", "DIGITS,...", "With this barcode");
    command
        .add_option("--exclude", filter.exclusions,
                    "None of these: the name of a filter, and values of it")
        ->type_name("KEY=VALUE,...")
        ->allow_extra_args(false)
        ->check(cli::without_fault(fault_of_exclusion))
        ->group(k_of_release);
}

void declare_since(CLI::App& command, FilterOptions& filter, const char* what) {
    command.add_option("--since", filter.since, what)->type_name("TIME|AGO");
}

void declare_removed(CLI::App& command, FilterOptions& filter) {
    command.add_flag("--removed", filter.removed, "Also releases that have left their album")
        ->group(k_of_release);
}

}  // namespace pressings
