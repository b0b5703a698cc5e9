#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include <CLI/App.hpp>

#include "base/time.hpp"
#include "cli/log.hpp"
#include "cli/output.hpp"
#include "cli/validators.hpp"
#include "store/open_store.hpp"

namespace pressings::cli {

/// The group of the options that all tools have; only they may stand at the top of a file.
inline constexpr const char* k_common_group = "Options of every tool";

/// What every tool can be told.
struct CommonOptions {
    std::string db;
    bool json = false;
    bool quiet = false;
    bool verbose = false;
    std::string log_format = "text";
    std::string color = "auto";
    std::string config;
    std::string busy_timeout = "30s";
    std::string db_pooler = "session";
    bool allow_network_filesystem = false;
    bool print_config = false;
    bool no_pager = false;
};

/// Declares the common options, --version and the tool's help on `app`. Sub-commands take the
/// common options behind their name as well.
void add_common_options(CLI::App& app, CommonOptions& options);

/// The catalogue that --db names, opened.
std::unique_ptr<store::Store> open_store(const CommonOptions& options);
/// The same for who only looks: needs no right to write, and makes nothing.
std::unique_ptr<store::Store> open_store_to_read(const CommonOptions& options);
/// How --busy-timeout and --allow-network-filesystem want it opened.
store::StoreOptions store_options(const CommonOptions& options);
/// The path or URI that --db names, or the default place.
std::string database_location(const CommonOptions& options);

/// " --db PATH" as it is to be typed again; nothing if the environment names it, or if it would
/// have to be quoted, as a URI with a password would.
std::string typed_database(const CommonOptions& options);

/// The terminal that standard output is, if it is one, coloured as --color wants it.
Screen screen_of(const CommonOptions& options);

/// What is to be read on a terminal, and is longer than that, is shown by a pager.
void page_if_long(Output& output, const CommonOptions& options);

/// Reads "30s"; UsageError names the option otherwise.
Millis duration_option(const std::string& option, const std::string& text);

}  // namespace pressings::cli
