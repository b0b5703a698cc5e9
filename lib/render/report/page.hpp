#pragma once

#include <string>
#include <string_view>

#include "render/report/shards.hpp"

namespace pressings::render::report {

/// What all pages of a report have in common.
struct Frame {
    Millis written_at_ms = 0;
    std::string version;  ///< of the tool
    ShardCounts shards;
};

/// A page around `main`, which is markup of ours with text from outside escaped in it. `name` is
/// by what report.js and the menu know it: "start", "albums", "album", "artist", "label".
std::string page(const Frame& frame, std::string_view name, std::string_view title,
                 std::string_view main);

/// A page that report.js fills from the data.
std::string shell(const Frame& frame, std::string_view name, std::string_view title);

/// Text from outside, escaped and isolated from the reading direction beside it.
std::string shown(std::string_view outside);

/// A moment to the minute: <time datetime="…">2026-11-23 15:04</time>
std::string moment(Millis at_ms);

}  // namespace pressings::render::report
