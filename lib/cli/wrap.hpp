#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "cli/output.hpp"

namespace pressings::cli {

/// `text` in lines of at most so many columns (0: as wide as it gets), parted at blanks; all but
/// the first are indented. A word that is longer than a line stays whole, to be copied.
std::string wrapped(std::string_view text, std::size_t columns, std::size_t indent = 0);

/// Writes a text for people, with a line end. It was made safe for a terminal already.
void write_wrapped(Output& output, const Screen& screen, std::string_view text,
                   std::size_t indent = 0);

}  // namespace pressings::cli
