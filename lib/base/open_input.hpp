#pragma once

#include <string>
#include <string_view>

namespace pressings {

/// A descriptor of the file at `path` ("-": standard input), to read. Error by `name` if it cannot
/// be opened; if it is a folder, with what to name instead.
int open_input(const std::string& path, const std::string& name, std::string_view instead);

}  // namespace pressings
