#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "cli/common_options.hpp"

namespace pressings {

struct MirrorOptions {
    cli::CommonOptions common;
    std::string command;
    std::string mirror;
    std::vector<std::string> dumps;  ///< of `load`
    bool incremental = false;
    bool allow_gap = false;
    std::string mbid;                       ///< of `get`
    std::string listen = "127.0.0.1:5000";  ///< of `serve`
    std::size_t connections = 1'000;        ///< of `serve`
    std::string client_timeout = "30s";     ///< of `serve`
};

/// Nothing if help or version was asked for, and printed. UsageError if it is wrong.
std::optional<MirrorOptions> parse_mirror_options(int argc, char** argv);

}  // namespace pressings
