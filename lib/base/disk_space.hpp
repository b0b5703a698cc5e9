#pragma once

#include <cstdint>
#include <string>

namespace pressings {

/// How large a file system is, and how much of it is left to this process.
struct DiskSpace {
    std::int64_t bytes = 0;
    std::int64_t free_bytes = 0;
};

/// Of the file system that `path` is on; nothing but zeros if that cannot be found out.
DiskSpace disk_space(const std::string& path);

}  // namespace pressings
