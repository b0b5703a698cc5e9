#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "preload/control.h"

namespace pressings::test {

/// A change of a file or folder, or something said on standard output; preload_change says which
/// fields it has.
struct Change {
    preload_change kind = preload_written;
    std::string path{};
    std::uint64_t inode = 0;
    std::int64_t offset = 0;
    std::string data{};
};

/// What run_recorded() wrote into its log, in the order in which it happened.
std::vector<Change> read_recording(const std::string& log);

/// What the tool had said before the change number `cut`.
std::string said_before(const std::vector<Change>& recording, std::size_t cut);

}  // namespace pressings::test
