#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "cli/common_options.hpp"

namespace pressings {

/// Which albums and releases; see store::Filter. The values of an option are alternatives.
struct FilterOptions {
    std::string album;
    std::map<std::string, std::vector<std::string>> terms;  ///< by the option's name: see terms.hpp
    std::vector<std::string> exclusions;
    std::optional<std::string> since;
    std::optional<std::string> imported_since;
    bool missing = false;
    bool removed = false;
    std::optional<std::string> sort;
    bool reverse = false;
    std::int64_t limit = 0;
    std::int64_t offset = 0;
};

struct ExportOptions {
    std::string format;  ///< ndjson, csv or musicbrainz
    std::string what;    ///< albums, releases or tracks; empty: all of it, into several files
    std::string file = "-";
    std::optional<std::string> folder;
    std::optional<std::string> sqlite_file;
    bool with_releases = false;
    bool safe_csv = false;
    bool byte_order_mark = false;
};

struct PickOptions {
    std::vector<std::string> albums;  ///< empty: all
    std::optional<std::string> prefer;
    std::optional<std::string> exclude;
};

struct UpcomingOptions {
    std::optional<std::string> within;  ///< a duration
    std::optional<std::string> today;   ///< a day; nothing: by the clock
    bool ical = false;
    bool atom = false;
};

struct CopyTarget {
    std::string to;
    bool anew = false;
};

struct CatalogOptions {
    cli::CommonOptions common;
    std::string command;
    std::string album;  ///< of `album`
    FilterOptions filter;
    std::vector<std::string> columns;  ///< of `albums` and `releases`
    bool tracks = false;
    bool recordings = false;                   ///< of `stats`
    std::vector<std::string> words;            ///< of `search`
    std::optional<std::int64_t> search_limit;  ///< 0: all
    ExportOptions exported;
    PickOptions picked;
    UpcomingOptions upcoming;
    std::vector<std::string> compared;  ///< releases; empty: all of the album
    std::string report_folder;
    CopyTarget copied;
};

/// Nothing if help or version was asked for, and printed. UsageError if it is wrong.
std::optional<CatalogOptions> parse_catalog_options(int argc, char** argv);

}  // namespace pressings
