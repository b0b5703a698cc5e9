#pragma once

#include <random>
#include <string>

#include "support/temporary_folder.hpp"
#include "torture/small_disk.hpp"

namespace pressings::test {

/// Where it all takes place, and the lots that are drawn. What the tools work on is on a disk that
/// can be full; what they report is not.
struct Scene {
    explicit Scene(unsigned seed) : random(seed) {}

    SmallDisk disk{};  ///< first, for it wants no threads
    TemporaryFolder folder{};
    std::mt19937 random;
    std::string db = disk.file("catalog.db");
    std::string link = disk.file("link.db");
    std::string second_name = disk.file("second-name.db");
    std::string backup = disk.file("copy.db");
    std::string reports = folder.file("reports.ndjson");  ///< of workers
    std::string imports = folder.file("imports.ndjson");  ///< of importers
    std::string unread = folder.file("unread");           ///< a pipe

    int pick(int least, int most) {
        return std::uniform_int_distribution<int>{least, most}(random);
    }
};

}  // namespace pressings::test
