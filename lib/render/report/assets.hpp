#pragma once

#include <span>
#include <string_view>

namespace pressings::render::report {

/// The files that stand in every report as they are. A script of ours is in parts, which follow
/// each other; no library, nothing made by a tool.
extern const std::span<const std::string_view> k_script;
extern const std::string_view k_styles;
extern const std::string_view k_icon;

}  // namespace pressings::render::report
