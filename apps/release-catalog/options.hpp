#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "cli/common_options.hpp"

namespace pressings {

struct CatalogOptions {
    cli::CommonOptions common;
    std::string command;
    std::string album;  ///< of `album`, and of --album
    std::optional<std::string> artist;
    std::optional<std::string> title;
    std::optional<std::string> type;
    std::optional<int> year;
    std::optional<std::string> format;
    std::optional<std::string> country;
    std::optional<std::string> status;
    std::optional<std::string> label;
    bool removed = false;
    bool tracks = false;
    std::int64_t limit = 0;
    std::vector<std::string> words;
    Millis since_ms = 0;  ///< of `changes`
};

/// Nothing if help or version was asked for, and printed. UsageError if it is wrong.
std::optional<CatalogOptions> parse_catalog_options(int argc, char** argv);

}  // namespace pressings
