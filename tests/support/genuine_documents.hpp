#pragma once

#include <string>
#include <vector>

namespace pressings::test {

/// Every genuine release under tests/data, each once, as a line of a dump: with a release group.
/// One that was recorded without gets one together with the others of its file.
std::vector<std::string> genuine_releases();

/// The release groups of these releases, as the lines of a dump.
std::vector<std::string> genuine_groups();

}  // namespace pressings::test
